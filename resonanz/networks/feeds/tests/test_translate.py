"""Feeds of all kinds become the same shapes."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.sniff import Found
from resonanz.networks.feeds.tests.world import ATOM, NOW, item, rss
from resonanz.networks.feeds.translate import NoFeed, Reading, Reason, fingerprint, read_feed

ADDRESS = "https://blog.example/feed"


def read(body: bytes, **more: str) -> Reading:
    return read_feed(body, address=more.pop("address", ADDRESS), now=NOW, **more)


def test_an_atom_entry_is_read_whole() -> None:
    reading = read(ATOM)
    first, second = reading.entries
    assert reading.profile.uid == ADDRESS
    assert reading.profile.name == "Brotgeflüster"
    assert reading.profile.handle == "blog.example"
    assert reading.profile.url == "https://blog.example/"
    assert first.uid == first.url == "https://blog.example/2026/rolls"
    assert first.title == "Brötchen & Zopf"
    assert first.said_at == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert first.edited_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert first.language == "de"
    assert first.tags == ("backen",)
    assert 'href="https://blog.example/2025/dough"' in first.html
    assert "script" not in first.html
    assert [(link.url, link.text) for link in first.links] == [
        ("https://blog.example/2025/dough", "Teig")
    ]
    assert [(p.url, p.kind, p.description) for p in first.pictures] == [
        ("https://blog.example/r.jpg", "image", "Korb")
    ]
    assert first.author.name == "Ada Ofen"
    assert first.author.uid == "https://blog.example/ada"
    assert second.author.name == "Bert"
    assert second.html == "<p>Kurz &lt;3</p>"


def test_an_id_that_says_little_does_not_collide_with_another_feeds() -> None:
    one = read(ATOM).entries[1]
    other = read(ATOM, address="https://other.example/feed").entries[1]
    assert one.uid == "https://blog.example/feed#id=1"
    assert other.uid == "https://other.example/feed#id=1"
    assert one.author.uid != other.author.uid


def test_a_feed_cannot_speak_under_the_name_of_somebody_elses_post() -> None:
    for claimed in ("https://blog.example/2026/rolls", "https://blog.example/ada"):
        told = [entry.uid for entry in read(ATOM, address="https://evil.example/feed").entries] + [
            entry.author.uid for entry in read(ATOM, address="https://evil.example/feed").entries
        ]
        assert claimed not in told
        assert all(uid.startswith("https://evil.example/feed#") for uid in told)


def test_names_stay_when_the_feed_moves() -> None:
    moved = read(ATOM, address="https://blog.example/new-feed", scope=ADDRESS)
    assert [entry.uid for entry in moved.entries] == [entry.uid for entry in read(ATOM).entries]


def test_the_rss_and_the_atom_feed_of_a_blog_name_the_same_post() -> None:
    entry = "<item><guid>https://www.blog.example/2026/rolls</guid><title>x</title></item>"
    assert read(rss(entry)).entries[0].uid == "https://www.blog.example/2026/rolls"


@pytest.mark.parametrize(
    ("given", "uid"),
    [
        ("<link>/a</link>", "https://blog.example/a"),
        ("<link>https://far.example/a</link>", f"{ADDRESS}#link=https%3A%2F%2Ffar.example%2Fa"),
        ("<guid isPermaLink='false'>tag:x,1</guid>", f"{ADDRESS}#id=tag%3Ax%2C1"),
    ],
)
def test_what_has_no_id_is_named_by_its_address(given: str, uid: str) -> None:
    assert read(rss(f"<item><title>t</title>{given}</item>")).entries[0].uid == uid


def test_what_has_neither_id_nor_address_is_named_by_its_words() -> None:
    one, other = read(rss("<item><title>a</title></item>", "<item><title>b</title></item>")).entries
    assert one.uid != other.uid
    assert read(rss("<item><title>a</title></item>")).entries[0].uid == one.uid
    assert one.url == ""


def test_ids_of_any_length_stay_short_enough() -> None:
    one, other = read(
        rss(
            f"<item><guid>{'x' * 9000}a</guid><title>a</title></item>",
            f"<item><guid>{'x' * 9000}b</guid><title>b</title></item>",
        )
    ).entries
    assert one.uid != other.uid
    assert len(one.uid) <= limits.UID_CHARACTERS


def test_the_same_id_on_different_posts_is_no_id() -> None:
    items = [f"<item><guid>same</guid><link>/{n}</link><title>{n}</title></item>" for n in range(3)]
    assert {entry.uid for entry in read(rss(*items)).entries} == {
        f"https://blog.example/{n}" for n in range(3)
    }


def test_why_entries_are_not_kept_is_counted() -> None:
    reading = read(rss(item(1), item(1), "<item><author>a@b.example</author></item>"))
    assert len(reading.entries) == 1
    assert {dropped.reason: dropped.count for dropped in reading.dropped} == {
        Reason.NOTHING_IN_IT: 1,
        Reason.REPEATED: 1,
    }


def test_only_the_newest_of_very_many_entries_are_taken() -> None:
    reading = read(rss(*(item(n, days_ago=n) for n in range(1, 501))))
    assert [entry.title for entry in reading.entries][:2] == ["Number 1", "Number 2"]
    assert len(reading.entries) == limits.ENTRIES_LOOKED_AT
    assert reading.dropped[0].reason is Reason.TOO_MANY
    assert reading.dropped[0].count == 200


@pytest.mark.parametrize(
    "date",
    ["", "soon", "0001-01-01T00:00:00Z", "Mon, 31 Feb 2026 99:00:00 GMT"],
)
def test_a_date_that_cannot_be_counts_as_none(date: str) -> None:
    first, second = read(
        rss(*(f"<item><title>{t}</title><pubDate>{date}</pubDate></item>" for t in "ab"))
    ).entries
    assert NOW - timedelta(minutes=1) < second.said_at < first.said_at <= NOW
    assert (first.title, second.title) == ("a", "b")


def test_a_date_in_the_future_is_now() -> None:
    assert read(rss(item(1, days_ago=-400))).entries[0].said_at == NOW


def test_admin_is_nobody() -> None:
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    entry = read(rss(f"<item><title>t</title><dc:creator {dc}>admin</dc:creator></item>")).entries[
        0
    ]
    assert entry.author.name == "Brotblog"
    assert entry.author.uid == ADDRESS


def test_a_mail_address_is_not_taken_over() -> None:
    entry = read(rss("<item><title>t</title><author>ada@blog.example</author></item>")).entries[0]
    assert "@" not in entry.author.name


def test_a_sound_file_is_attached() -> None:
    entry = read(
        rss("<item><title>t</title><enclosure url='/a.mp3' type='audio/mpeg'/></item>")
    ).entries[0]
    assert [(p.url, p.kind) for p in entry.pictures] == [("https://blog.example/a.mp3", "audio")]


def test_what_an_entry_answers_is_known() -> None:
    thr = 'xmlns:thr="http://purl.org/syndication/thread/1.0"'
    body = ATOM.replace(b"<id>1</id>", f"<id>1</id><thr:in-reply-to {thr} ref='tag:x,2'/>".encode())
    assert read(body).entries[1].answers_uid == "tag:x,2"


def test_how_long_a_feed_wants_to_be_left_alone_is_told() -> None:
    assert read(rss(item(1), channel="<ttl>60</ttl>")).pause == timedelta(hours=1)
    assert read(rss(item(1), channel="<ttl>999999</ttl>")).pause == limits.LONGEST_PAUSE
    assert read(rss(item(1), channel="<ttl>often</ttl>")).pause == timedelta(0)


JSON_FEED = b"""\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1.1", "title": "Korn",
 "home_page_url": "https://blog.example/", "language": "en-GB",
 "authors": [{"name": "Cleo", "url": "https://blog.example/cleo"}],
 "items": [
  {"id": 7, "url": "/seven", "content_text": "a < b\\n\\nc",
   "date_published": "2026-03-01T08:00:00Z",
   "tags": ["x", "x"], "attachments": [{"url": "/a.pdf", "mime_type": "application/pdf"}]},
  {"id": "8", "title": "Eight &amp; more", "content_html": "<p>e</p>", "author": {"name": "Dora"},
   "external_url": "https://far.example/", "date_published": "nonsense", "image": "/e.png"},
  {"id": {"not": "an id"}}, 5, {}
 ]}"""


def test_a_json_feed_is_read_with_its_faults() -> None:
    reading = read(JSON_FEED)
    by_title = {entry.title: entry for entry in reading.entries}
    seven, eight = by_title[""], by_title["Eight &amp; more"]
    assert seven.html == "<p>a &lt; b</p><p>c</p>"
    assert seven.url == "https://blog.example/seven"
    assert seven.uid == f"{ADDRESS}#id=7"
    assert seven.language == "en"
    assert seven.author.uid == "https://blog.example/cleo"
    assert seven.tags == ("x",)
    assert seven.pictures[0].kind == "other"
    assert eight.author.name == "Dora"
    assert eight.url == "https://far.example/"
    assert eight.links[0].url == "https://far.example/"
    assert eight.pictures[0].kind == "image"
    assert eight.said_at <= NOW
    assert {dropped.reason: dropped.count for dropped in reading.dropped} == {
        Reason.UNREADABLE: 2,
        Reason.NOTHING_IN_IT: 1,
    }


@pytest.mark.parametrize(
    ("body", "content_type", "found"),
    [
        (b"", "", Found.NOTHING),
        (b"  \n", "text/xml", Found.NOTHING),
        (b"<!doctype html><title>x</title>", "text/html", Found.WEB_PAGE),
        (b"<!-- hi --><html><body>x", "application/rss+xml", Found.WEB_PAGE),
        (b"\x89PNG\r\n", "application/rss+xml", Found.IMAGE),
        (b"\x00\x01", "video/mp4", Found.MEDIA),
        (b"%PDF-1.7", "", Found.DOCUMENT),
        (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "", Found.SUBSCRIPTIONS),
        (b'<?xml version="1.0"?><urlset xmlns="x"></urlset>', "", Found.SITEMAP),
        (b"<note>x</note>", "", Found.XML),
        (rss("<item/>" * 300_000), "", Found.TOO_LARGE),
        (b'{"type": "Note"}', "application/json", Found.JSON),
        (b'{"items": [1]}', "", Found.JSON),
        (b'{"broken', "", Found.JSON),
        (b"[1, 2]", "", Found.JSON),
        (b"just words", "text/plain", Found.OTHER),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, content_type: str, found: Found) -> None:
    with pytest.raises(NoFeed) as refused:
        read(body, content_type=content_type)
    assert refused.value.found is found
    assert str(refused.value).endswith(".")


def test_a_file_of_ours_is_not_read_whatever_the_bytes_say() -> None:
    with pytest.raises(NoFeed):
        read(b"/etc/hostname")
    with pytest.raises(NoFeed):
        read(b"https://blog.example/feed")


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<rss version='2.0'><channel><item><title>a&x;b</title></item></channel></rss>",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "'
        + b"ha" * 1000
        + b'"><!ENTITY b "'
        + b"&a;" * 1000
        + b'"><!ENTITY c "'
        + b"&b;" * 1000
        + b"\">]><rss version='2.0'><channel><item><title>a&c;b</title></item></channel></rss>",
    ],
)
def test_entities_are_neither_fetched_nor_multiplied(body: bytes) -> None:
    title = read(body).entries[0].title
    assert title.startswith("a")
    assert len(title) < 100
    with open("/etc/hostname", encoding="utf-8") as file:
        assert file.read().strip() not in title


@pytest.mark.usefixtures("no_hanging")
@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>x</title></item>" * 20_000),
        rss("<item>" * 20_000),
        rss("<item><description>" + "&lt;div&gt;" * 200_000 + "</description></item>"),
        rss("<item><description>" + "&amp;amp;" * 200_000 + "</description></item>"),
        b"<rss version='2.0'><channel><item><title>" + b"<b>" * 50_000,
        b"<rss version='2.0'>" + b"<!--" * 100_000,
        b"<rss " + b"a='b' " * 50_000,
        b"{" * 500_000,
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"[" * 500_000,
    ],
)
def test_ill_will_takes_no_long_time(body: bytes) -> None:
    with suppress(NoFeed):
        read(body)


def test_mark_up_alone_is_no_change_of_words() -> None:
    one, other, third = (
        read(rss(item(1, words=words))).entries[0]
        for words in (
            "&lt;p&gt;same words&lt;/p&gt;",
            "&lt;p class=x&gt;same  &lt;b&gt;words&lt;/b&gt;&lt;img src=/count&gt;&lt;/p&gt;",
            "other words",
        )
    )
    assert fingerprint(one) == fingerprint(other) != fingerprint(third)

"""Finding a feed, connecting it, reading it again and again: on a faked wire."""

from datetime import timedelta

import httpx
import pytest

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.connector import network
from resonanz.networks.feeds.discover import NO_ADDRESS, addresses_meant
from resonanz.networks.feeds.fetch import NEEDS_PASSWORD, NOT_REACHED
from resonanz.networks.feeds.sniff import Found
from resonanz.networks.feeds.tests.world import (
    ATOM,
    NOW,
    World,
    item,
    last_cursor,
    rss,
    titles,
)
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater

FEED = "https://blog.example/feed"


def page(head: str) -> httpx.Response:
    html = f"<!doctype html><html><head><title>x</title>{head}</head><body>Hello</body></html>"
    return httpx.Response(200, html=html)


def link(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("https://blog.example/feed", ["https://blog.example/feed"]),
        ("  blog.example/x ", ["https://blog.example/x", "http://blog.example/x"]),
        ("feed:https://blog.example/f", ["https://blog.example/f"]),
        ("feed://blog.example/f", ["https://blog.example/f", "http://blog.example/f"]),
        ("<https://blog.example>", ["https://blog.example"]),
        ("//blog.example", ["https://blog.example", "http://blog.example"]),
        ("localhost:8080/f", ["https://localhost:8080/f", "http://localhost:8080/f"]),
        ("@ada@town.example", ["https://town.example/@ada"]),
        ("ada@town.example", ["https://town.example/@ada"]),
        ("https://ada:pass@blog.example/f", ["https://blog.example/f"]),
    ],
)
def test_what_people_type_is_understood(typed: str, addresses: list[str]) -> None:
    assert addresses_meant(typed)[0] == addresses


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "bread",
        "two words.example",
        "ftp://blog.example/",
        "http://[",
        "javascript:x.y()",
        "https://",
        "https://blog.example:99999/",
        "file:///etc/passwd",
        "http://a\x00.example",
    ],
)
def test_what_is_no_address_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        World({}).connect(typed)
    assert refused.value.reason == NO_ADDRESS


def test_a_feed_is_connected_by_its_own_address() -> None:
    account = World({FEED: ATOM}).connect(FEED)
    assert account.address == account.profile.uid == FEED
    assert account.profile.name == "Brotgeflüster"
    assert account.facts.language == "de"
    assert account.credentials.value == "{}"


@pytest.mark.parametrize(
    ("head", "feed"),
    [
        (link("/feed"), FEED),
        (link("feed", "application/atom+xml; charset=utf-8"), FEED),
        (link("https://blog.example/feed", "application/feed+json"), FEED),
        ("<base href='https://blog.example/a/'>" + link("../feed"), FEED),
        ("<link rel=feed href=/feed>", FEED),
        (link("/comments/feed", title="Comments") + link("/feed"), FEED),
        (link("/wp-json/1", "application/json") + link("/feed"), FEED),
        (link("/broken") + link("/feed"), FEED),
        (link("feed://blog.example/feed"), FEED),
        ("", FEED),
    ],
)
def test_the_feed_of_a_page_is_found(head: str, feed: str) -> None:
    broken = httpx.Response(200, html="<html>no feed</html>")
    answers: dict[str, httpx.Response | bytes] = {
        "https://blog.example/": page(head),
        "https://blog.example/comments/feed": rss(item(1)),
        "https://blog.example/broken": broken,
        FEED: ATOM,
    }
    assert World(answers).connect("https://blog.example/").address == feed


def test_a_feed_of_comments_is_better_than_none() -> None:
    comments = "https://blog.example/comments/feed"
    world = World({"https://blog.example/": page(link(comments)), comments: rss(item(1))})
    assert world.connect("https://blog.example/").address == comments


def test_a_page_without_a_feed_is_asked_about_a_bounded_number_of_times() -> None:
    world = World({"https://blog.example/": page("".join(link(f"/{n}") for n in range(500)))})
    with pytest.raises(Refused) as refused:
        world.connect("https://blog.example/")
    assert refused.value.reason == Found.WEB_PAGE.value
    assert len(world.wire.requests) <= 1 + limits.CANDIDATES_TRIED + limits.USUAL_PLACES_TRIED


def test_where_nobody_speaks_https_http_is_tried() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    world = World({"https://blog.example/feed": refuse, "http://blog.example/feed": ATOM})
    assert world.connect("blog.example/feed").address == "http://blog.example/feed"
    with pytest.raises(TryLater) as later:
        world.connect("https://blog.example/feed")
    assert later.value.reason == NOT_REACHED


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (httpx.Response(200, content=b"\x89PNG\r\n"), Refused),
        (httpx.Response(401), SignInAgain),
        (httpx.Response(403), Refused),
        (httpx.Response(404), Gone),
        (httpx.Response(410), Gone),
        (httpx.Response(429, headers={"Retry-After": "30"}), TryLater),
        (httpx.Response(500), TryLater),
    ],
)
def test_every_trouble_is_told_in_a_sentence(
    answer: httpx.Response, trouble: type[Trouble]
) -> None:
    with pytest.raises(trouble) as told:
        World({FEED: answer}).connect(FEED)
    assert told.value.reason.endswith(".")
    assert told.value.reason[0].isupper()


def test_a_feed_behind_a_password_is_read_and_the_password_is_not_shown() -> None:
    def guarded(request: httpx.Request) -> httpx.Response:
        known = request.headers.get("authorization") == "Basic YWRhOnfDvHJ6ZQ=="
        return httpx.Response(200, content=ATOM) if known else httpx.Response(401)

    world = World({FEED: guarded})
    account = world.connect("https://ada:w%C3%BCrze@blog.example/feed")
    assert account.address == FEED
    assert "rze" not in repr(account)
    connector = network.open(account, world.surroundings)
    assert "rze" not in repr(list(connector.home("")))
    with pytest.raises(SignInAgain) as told:
        world.connect(FEED)
    assert told.value.reason == NEEDS_PASSWORD


def test_the_password_goes_to_its_own_host_only() -> None:
    world = World(
        {
            "https://blog.example/": page(link("https://feeds.example/blog") + link("/feed")),
            "https://feeds.example/blog": ATOM,
        }
    )
    world.connect("https://ada:secret@blog.example/")
    assert "authorization" in world.wire.requests[0].headers
    assert "authorization" not in world.wire.requests[1].headers


def test_the_first_look_is_backlog_and_bounded() -> None:
    world = World({FEED: rss(*(item(n, days_ago=n) for n in range(1, 251)))})
    pages = list(world.open(FEED).home(""))
    assert len(titles(pages, is_backlog=True)) == limits.ENTRIES_AT_FIRST
    assert titles(pages, is_backlog=False) == []
    assert [found.cursor is None for found in pages] == [True, True, False]
    assert titles(pages)[49] == "Number 51"


def test_the_next_look_gives_what_is_new_and_what_changed_and_nothing_else() -> None:
    world = World({FEED: rss(item(1), item(2))})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    assert titles(list(connector.home(cursor))) == []

    world.now += timedelta(hours=1)
    world.wire.answers[FEED] = rss(
        item(1, words="other bread"), item(2), item(3, days_ago=0), item(4, days_ago=-1)
    )
    pages = list(connector.home(cursor))
    posts = {post.title: post for found in pages for post in found.posts}
    assert sorted(titles(pages, is_backlog=False)) == ["Number 1", "Number 3", "Number 4"]
    assert posts["Number 1"].edited_at == world.now
    assert posts["Number 3"].edited_at is None
    assert titles(list(connector.home(last_cursor(pages)))) == []


def test_an_archive_that_is_dug_out_alarms_nobody() -> None:
    world = World({FEED: rss(item(1))})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    world.wire.answers[FEED] = rss(item(1), *(item(n, days_ago=n) for n in range(100, 200)))
    pages = list(connector.home(cursor))
    assert len(titles(pages, is_backlog=True)) == 100
    assert titles(pages, is_backlog=False) == []


def test_a_feed_that_did_not_change_is_not_sent_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == '"v1"':
            assert request.headers["if-modified-since"] == "Sun, 01 Mar 2026 08:00:00 GMT"
            return httpx.Response(304)
        headers = {"ETag": '"v1"', "Last-Modified": "Sun, 01 Mar 2026 08:00:00 GMT"}
        return httpx.Response(200, content=ATOM, headers=headers)

    world = World({FEED: answer})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    for _ in range(2):
        pages = list(connector.home(cursor))
        assert titles(pages) == []
        cursor = last_cursor(pages)


@pytest.mark.parametrize(("status", "is_kept"), [(301, True), (308, True), (302, False)])
def test_a_feed_that_moved_for_good_is_asked_at_its_new_place(status: int, is_kept: bool) -> None:
    new = "https://new.example/feed"
    world = World({FEED: ATOM, new: ATOM})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    world.wire.answers[FEED] = httpx.Response(status, headers={"Location": new})
    world.wire.answers[new] = ATOM.replace(b"<id>1</id>", b"<id>2</id>")
    pages = list(connector.home(cursor))
    assert titles(pages) == ["Gast"]
    assert pages[0].posts[0].uid == f"{FEED}#id=2"
    world.wire.requests.clear()
    assert titles(list(connector.home(last_cursor(pages)))) == []
    assert world.wire.asked[0] == (new if is_kept else FEED)
    fresh = connector.verify()
    assert fresh.profile.uid == FEED
    assert fresh.address == (new if is_kept else FEED)


def test_a_feed_that_wants_to_be_left_alone_is_left_alone() -> None:
    headers = {"Cache-Control": "public, max-age=3600"}
    world = World({FEED: httpx.Response(200, content=ATOM, headers=headers)})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    world.wire.requests.clear()
    world.now += timedelta(minutes=59)
    pages = list(connector.home(cursor))
    assert (titles(pages), last_cursor(pages), world.wire.asked) == ([], cursor, [])
    world.now += timedelta(minutes=1)
    list(connector.home(cursor))
    assert world.wire.asked == [FEED]


def test_failures_make_the_pause_longer_until_it_works_again() -> None:
    world = World({FEED: ATOM})
    connector = world.open(FEED)
    cursor = last_cursor(list(connector.home("")))
    world.wire.answers[FEED] = httpx.Response(500)
    pauses = []
    for _ in range(8):
        with pytest.raises(TryLater) as later:
            list(connector.home(cursor))
        # What a caller stores before the trouble: the page that came before it.
        reading = connector.home(cursor)
        cursor = next(reading).cursor or ""
        pauses.append(later.value.after)
    assert pauses[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
    assert pauses[-1] == limits.LONGEST_BACK_OFF
    world.wire.answers[FEED] = rss(item(9, days_ago=0))
    pages = list(connector.home(cursor))
    world.wire.answers[FEED] = httpx.Response(500)
    with pytest.raises(TryLater) as later:
        list(connector.home(last_cursor(pages)))
    assert later.value.after == timedelta(minutes=15)


def test_the_pause_that_a_server_asks_for_is_passed_on() -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7200"})
    world = World({FEED: busy})
    connector = network.open(World({FEED: ATOM}).connect(FEED), world.surroundings)
    with pytest.raises(TryLater) as later:
        list(connector.home(""))
    assert later.value.after == timedelta(hours=2)
    assert later.value.is_overload


def test_a_feed_that_became_a_page_is_told() -> None:
    world = World({FEED: ATOM})
    connector = world.open(FEED)
    world.wire.answers[FEED] = page("parked")
    with pytest.raises(Refused) as told:
        list(connector.home(""))
    assert told.value.reason == Found.WEB_PAGE.value


@pytest.mark.parametrize("cursor", ["nonsense", "[]", '{"seen": 5}', "\x00"])
def test_a_cursor_that_cannot_be_read_makes_everything_backlog_again(cursor: str) -> None:
    pages = list(World({FEED: ATOM}).open(FEED).home(cursor))
    assert len(titles(pages, is_backlog=True)) == 2


def test_a_cursor_stays_of_bounded_length() -> None:
    world = World({FEED: rss()})
    connector, cursor = world.open(FEED), ""
    for start in range(0, 2000, 250):
        world.now = NOW + timedelta(days=start)
        world.wire.answers[FEED] = rss(*(item(start + n) for n in range(250)))
        cursor = last_cursor(list(connector.home(cursor)))
    assert len(cursor) < 25_000

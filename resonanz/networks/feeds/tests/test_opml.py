"""Lists of subscriptions, in and out."""

from contextlib import suppress

import pytest

from resonanz.networks.feeds.limits import FEEDS_IN_A_LIST
from resonanz.networks.feeds.opml import NoSubscriptions, read_opml, write_opml

OPML = """<?xml version="1.0" encoding="{encoding}"?>
<opml version="2.0"><head><title>Lesen</title></head><body>
<outline text="Bäcker &amp; Brot">
  <outline type="rss" text="Ofen" xmlUrl="https://ofen.example/feed?a=1&amp;b=2" htmlUrl="https://ofen.example/"/>
  <outline title="Krume" xmlUrl="feed://krume.example/rss"/>
</outline>
<outline type="rss" text="again" xmlUrl="https://ofen.example/feed?a=1&amp;b=2"/>
<outline type="rss" text="bad" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="bad" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="bad" xmlUrl="http://["/>
<outline type="link" text="page" url="https://page.example/"/>
</body></opml>"""

FOUND = [("Ofen", "https://ofen.example/feed?a=1&b=2"), ("Krume", "https://krume.example/rss")]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "utf-8-sig"])
def test_a_list_is_read_in_its_encoding(encoding: str) -> None:
    data = OPML.format(encoding=encoding.removesuffix("-sig")).encode(encoding)
    assert read_opml(data) == FOUND


def test_what_is_written_is_read_again() -> None:
    feeds = [("A < \"B\" & 'C' ü 🍞", "https://a.example/?x=1&y=2"), ("", "https://b.example/")]
    data = write_opml([*feeds, ("odd\x00\x0b", "https://c.example/")])
    assert data.startswith(b"<?xml")
    assert read_opml(data) == [
        feeds[0],
        ("https://b.example/", "https://b.example/"),
        ("odd", "https://c.example/"),
    ]
    assert read_opml(write_opml([])) == []


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n", b"<html><body>x</body></html>"])
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NoSubscriptions, match=r"OPML.*\.$"):
        read_opml(data)


def test_a_broken_list_gives_what_it_has_or_a_sentence() -> None:
    whole = OPML.format(encoding="utf-8").encode()
    for end in range(0, len(whole), 7):
        try:
            found = read_opml(whole[:end])
        except NoSubscriptions:
            continue
        assert found == FOUND[: len(found)]
    assert read_opml(b"<opml></outline></outline></outline></body></opml></opml>") == []


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY x "' + "ha" * 10_000 + '">']
)
def test_entities_are_neither_fetched_nor_expanded(entity: str) -> None:
    data = f"<!DOCTYPE opml [{entity}]><opml version='2.0'><body>" + (
        "<outline text='a&x;b' xmlUrl='https://a.example/'/></body></opml>"
    )
    assert read_opml(data.encode()) == [("a&x;b", "https://a.example/")]


def test_an_address_or_a_file_name_instead_of_a_list_is_not_opened() -> None:
    for data in (b"https://list.example/opml", b"/etc/passwd"):
        with pytest.raises(NoSubscriptions):
            read_opml(data)


@pytest.mark.usefixtures("no_hanging")
@pytest.mark.parametrize(
    "data",
    [
        b"<opml>" + b"<outline text='x'>" * 20_000,
        b"<opml>" + b"<!--" * 50_000,
        b"<opml " + b"a='b' " * 50_000,
        b"<opml>" + b"&" * 300_000,
        b"<opml>" + b"<?" * 200_000,
        b"<opml>" + b"<outline a='" * 100_000,
        b"<opml>" + b"<!--" * 100_000 + b"<outline",
    ],
)
def test_ill_will_takes_no_long_time(data: bytes) -> None:
    with suppress(NoSubscriptions):
        read_opml(data)


def test_a_very_long_list_ends() -> None:
    many = [(f"n{number}", f"https://{number}.example/") for number in range(FEEDS_IN_A_LIST + 5)]
    assert len(read_opml(write_opml(many))) == FEEDS_IN_A_LIST

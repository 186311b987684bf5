"""Reads RSS, Atom, RDF and CDF by feedparser, which forgives nearly everything.

The bytes are handed over as a stream: feedparser would take a bare value for an address or a
file name. It neither cleans nor joins links inside texts here; `translate.py` does that once.
"""

import calendar
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser
from feedparser.api import SUPPORTED_VERSIONS
from feedparser.mixin import _FeedParserMixin

from resonanz.networks.feeds.raw import NotReadable, RawAuthor, RawEntry, RawFeed, RawPicture
from resonanz.plumbing.text import as_html, plain_text

# What a third-party reader of broken documents has been seen to raise.
READER_BREAKS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
PERIOD_SECONDS = {
    "hourly": 3600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
# An id is a name and not a link: "1" has to stay "1" when the feed moves. feedparser joins it to
# the feed's address like a link, and offers no other switch; this one is for the whole process.
_FeedParserMixin.can_be_relative_uri.discard("id")

Parsed = Mapping[str, Any]


def read_xml(body: bytes, address: str, content_type: str) -> RawFeed:
    """The feed that these bytes hold; `address` is where they came from. Raises `NotReadable`."""
    headers = {"content-location": address, "content-type": content_type or "application/xml"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except READER_BREAKS as cause:
        raise NotReadable from cause
    if not parsed["entries"] and not parsed.get("version"):
        raise NotReadable
    read = list(_entries(parsed["entries"], address))
    entries = tuple(entry for entry in read if entry is not None)
    return _feed(parsed["feed"], str(parsed.get("version") or "xml"), entries, len(read))


def _feed(feed: Parsed, version: str, entries: tuple[RawEntry, ...], read: int) -> RawFeed:
    image = feed.get("image")
    return RawFeed(
        format=SUPPORTED_VERSIONS.get(version) or version,
        title=_title(feed),
        site=_text(feed, "link"),
        description_html=_html(feed.get("subtitle_detail")),
        image=_text(image, "href") if isinstance(image, Mapping) else "",
        language=_text(feed, "language"),
        software=_text(feed, "generator"),
        author=_author(feed),
        updated=_moment(feed, "updated_parsed") or _moment(feed, "published_parsed"),
        pause_seconds=_pause_seconds(feed),
        entries=entries,
        unreadable=read - len(entries),
    )


def _entries(parsed: Sequence[Parsed], address: str) -> Iterator[RawEntry | None]:
    """Each entry in turn, None for one that breaks our reading."""
    for entry in parsed:
        try:
            yield _entry(entry, address)
        except READER_BREAKS:
            yield None


def _entry(entry: Parsed, address: str) -> RawEntry:
    body = _body(entry)
    answers = dict.get(entry, "thr_in-reply-to")  # type: ignore[call-overload]
    links = [link for link in _list(entry, "links") if isinstance(link, Mapping)]
    return RawEntry(
        id=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_title(entry),
        html=_html(body),
        base=_text(body, "base") or address,
        published=_moment(entry, "published_parsed") or _moment(entry, "created_parsed"),
        updated=_moment(entry, "updated_parsed"),
        author=_author(entry),
        language=_text(body, "language") or _text(entry, "language"),
        answers=_text(answers, "ref") if isinstance(answers, Mapping) else "",
        tags=tuple(_text(tag, "label") or _text(tag, "term") for tag in _list(entry, "tags")),
        links=tuple(_text(link, "href") for link in links if _text(link, "rel") == "related"),
        pictures=tuple(_pictures(entry, links)),
    )


def _body(entry: Parsed) -> Parsed:
    """The longest text the entry offers: its content, HTML before plain; else its summary."""
    contents = [part for part in _list(entry, "content") if _text(part, "value").strip()]
    contents.sort(key=lambda part: "html" not in _text(part, "type"))
    summary = dict.get(entry, "summary_detail")  # type: ignore[call-overload]
    return contents[0] if contents else summary if isinstance(summary, Mapping) else {}


def _html(detail: Parsed | None) -> str:
    value = _text(detail or {}, "value")
    # RSS does not say whether a text is HTML; feedparser looks, and says plain when in doubt.
    return as_html(value) if _text(detail or {}, "type") == "text/plain" else value


def _title(thing: Parsed) -> str:
    """The title as plain text, its entities decoded once."""
    detail = thing.get("title_detail")
    value = _text(detail, "value") if isinstance(detail, Mapping) else _text(thing, "title")
    is_plain = isinstance(detail, Mapping) and _text(detail, "type") == "text/plain"
    return " ".join((value if is_plain else plain_text(value)).split())


def _author(thing: Parsed) -> RawAuthor:
    """The first author, without the mail address."""
    detail = thing.get("author_detail")
    if not isinstance(detail, Mapping):
        return RawAuthor()
    name = plain_text(_text(detail, "name"))
    return RawAuthor(name="" if "@" in name else name, url=_text(detail, "href"))


def _pictures(entry: Parsed, links: Sequence[Parsed]) -> Iterator[RawPicture]:
    for link in links:
        if _text(link, "rel") == "enclosure":
            yield RawPicture(url=_text(link, "href"), type=_text(link, "type"))
    for media in _list(entry, "media_content"):
        kind = _text(media, "type") or f"{_text(media, 'medium')}/*"
        yield RawPicture(url=_text(media, "url"), type=kind)
    for media in _list(entry, "media_thumbnail"):
        yield RawPicture(url=_text(media, "url"), type="image/*")


def _pause_seconds(feed: Parsed) -> int:
    """What RSS `ttl` (minutes) or `sy:updatePeriod` and `sy:updateFrequency` ask for."""
    ttl = _text(feed, "ttl").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 8:
        return int(ttl) * 60
    period = PERIOD_SECONDS.get(_text(feed, "sy_updateperiod").strip().lower(), 0)
    frequency = _text(feed, "sy_updatefrequency").strip()
    is_number = frequency.isascii() and frequency.isdigit() and len(frequency) < 6
    return period // max(int(frequency) if is_number else 1, 1)


def _moment(thing: Parsed, key: str) -> datetime | None:
    # dict.get, because feedparser's own gives one date for another, with a warning.
    parsed = dict.get(thing, key)  # type: ignore[call-overload]
    if not isinstance(parsed, struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _text(thing: Parsed, key: str) -> str:
    value = thing.get(key) if isinstance(thing, Mapping) else None
    return value if isinstance(value, str) else ""


def _list(thing: Parsed, key: str) -> list[Any]:
    value = thing.get(key)
    return value if isinstance(value, list) else []

"""Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/, read 2026-11-22).

Lenient as feeds need it: one bad entry costs itself, not the feed; an id may be a number.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from resonanz.networks.feeds.raw import NotReadable, RawAuthor, RawEntry, RawFeed, RawPicture
from resonanz.plumbing.text import as_html

Part = TypeVar("Part")
NULL = msgspec.Raw(b"null")


class _Author(msgspec.Struct, frozen=True):
    name: str | None = None
    url: str | None = None


class _Attachment(msgspec.Struct, frozen=True):
    url: str = ""
    mime_type: str | None = None
    title: str | None = None


class _Item(msgspec.Struct, frozen=True):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    author: msgspec.Raw = NULL
    authors: msgspec.Raw = NULL
    language: str | None = None
    tags: msgspec.Raw = NULL
    attachments: msgspec.Raw = NULL


class _Feed(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw]
    version: str = ""
    title: str | None = None
    home_page_url: str | None = None
    description: str | None = None
    icon: str | None = None
    favicon: str | None = None
    author: msgspec.Raw = NULL
    authors: msgspec.Raw = NULL
    language: str | None = None


def read_json(body: bytes, address: str) -> RawFeed:
    """The feed that these bytes hold; `address` is where they came from. Raises `NotReadable`."""
    feed = _part(body.removeprefix(b"\xef\xbb\xbf"), _Feed)
    # Not everybody writes the version down; but somebody's list of anything is no feed.
    if feed is None or not ("jsonfeed" in feed.version or feed.title):
        raise NotReadable
    items = [_part(raw, _Item) for raw in feed.items]
    return RawFeed(
        format="JSON Feed",
        title=feed.title or "",
        site=feed.home_page_url or "",
        description_html=as_html(feed.description or ""),
        image=feed.icon or feed.favicon or "",
        language=feed.language or "",
        author=_author(feed.author, feed.authors),
        entries=tuple(_entry(item, address) for item in items if item is not None),
        unreadable=sum(1 for item in items if item is None),
    )


def _entry(item: _Item, address: str) -> RawEntry:
    text = item.content_text or item.summary or ""
    attachments = _part(item.attachments, list[_Attachment]) or []
    pictures = [
        RawPicture(url=file.url, type=file.mime_type or "", title=file.title or "")
        for file in attachments
    ]
    if item.image:
        pictures.insert(0, RawPicture(url=item.image, type="image/*"))
    return RawEntry(
        id="" if item.id is None else str(item.id),
        link=item.url or item.external_url or "",
        title=item.title or "",
        html=item.content_html or as_html(text),
        base=address,
        published=moment_of(item.date_published or ""),
        updated=moment_of(item.date_modified or ""),
        author=_author(item.author, item.authors),
        language=item.language or "",
        tags=tuple(_part(item.tags, list[str]) or ()),
        links=(item.external_url,) if item.external_url else (),
        pictures=tuple(pictures),
    )


def _author(one: msgspec.Raw, several: msgspec.Raw) -> RawAuthor:
    """The first author; `author` is of version 1.0, `authors` of 1.1."""
    authors: Sequence[_Author] = _part(several, list[_Author]) or ()
    author = next(iter(authors), None) or _part(one, _Author)
    return RawAuthor(name=author.name or "", url=author.url or "") if author else RawAuthor()


def _part(raw: msgspec.Raw | bytes, shape: type[Part]) -> Part | None:
    """A part of the document in its shape, or None where it has another one."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def moment_of(text: str) -> datetime | None:
    """A moment of RFC 3339, or of RFC 2822 as some write it; None for anything else."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(text.strip())
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None

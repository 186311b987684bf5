"""What the readers of XML and JSON both give: a feed as it was written, form already told apart.

Texts are as they came and untrusted. `translate.py` makes our shapes of these.
"""

from datetime import datetime

import msgspec


class RawPicture(msgspec.Struct, frozen=True, kw_only=True):
    """An attached file: its address, its type as it was told ("audio/mpeg"), its title."""

    url: str
    type: str = ""
    title: str = ""


class RawAuthor(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote it. `url` may be empty or relative. Mail addresses are not taken over."""

    name: str = ""
    url: str = ""


class RawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. Times are aware and unbounded; None where none was given or understood."""

    id: str = ""
    link: str = ""
    title: str = ""
    html: str = ""
    base: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: RawAuthor = RawAuthor()
    language: str = ""
    answers: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[RawPicture, ...] = ()


class RawFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A whole feed. `unreadable` counts entries that could not be read at all.

    `pause_seconds` is how long the feed says it stays as it is, or 0.
    """

    format: str
    title: str = ""
    site: str = ""
    description_html: str = ""
    image: str = ""
    language: str = ""
    software: str = ""
    author: RawAuthor = RawAuthor()
    updated: datetime | None = None
    pause_seconds: int = 0
    entries: tuple[RawEntry, ...] = ()
    unreadable: int = 0


class NotReadable(Exception):
    """These bytes are no feed of this kind."""

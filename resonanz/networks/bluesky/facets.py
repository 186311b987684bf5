"""Links, tags and mentions in a text of ours, found and marked by bytes. Pure.

The rules are those of Bluesky's own app: packages/api/src/rich-text/detection.ts in
github.com/bluesky-social/atproto (read 2026-11-22).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from resonanz.networks.bluesky.addresses import HANDLE
from resonanz.networks.bluesky.graphemes import graphemes
from resonanz.networks.bluesky.limits import (
    LINK_TAIL_CHARACTERS,
    LINK_TAIL_KEPT_CHARACTERS,
    TAG_LIMIT_GRAPHEMES,
)
from resonanz.networks.bluesky.rich_text import LINK, MENTION, TAG
from resonanz.understanding.written_links import without_what_follows

ADDRESS = re.compile(r"(?<![\w@/])https?://[^\s<>\"„“”»«]+", re.IGNORECASE)
NAMED = re.compile(rf"(?<![^\s(])@(?P<handle>{HANDLE})(?![\w@])")
TAGGED = re.compile(r"(?<!\S)[#＃](?P<tag>[^\s\u00ad\u2060\u200a-\u200d\u20e2]+)")


class What(StrEnum):
    """What a part of a text is."""

    LINK = "link"
    TAG = "tag"
    MENTION = "mention"


class Span(NamedTuple):
    """Characters of a text from `start` to before `end`: a whole address, a tag, a handle."""

    start: int
    end: int
    what: What
    value: str


class Laid(NamedTuple):
    """A text as it will stand there, and what is marked in it."""

    text: str
    spans: tuple[Span, ...]


def laid_out(text: str) -> Laid:
    """A text with its addresses shortened to be read, and everything in it that leads somewhere."""
    pieces: list[str] = []
    spans: list[Span] = []
    position, length = 0, 0
    for found in ADDRESS.finditer(text):
        address = without_what_follows(found.group())
        before = text[position : found.start()]
        spans += _names_in(before, length)
        shown = shown_as(address)
        start = length + len(before)
        spans.append(Span(start, start + len(shown), What.LINK, address))
        pieces += [before, shown]
        position, length = found.start() + len(address), start + len(shown)
    spans += _names_in(text[position:], length)
    return Laid("".join([*pieces, text[position:]]), tuple(spans))


def _names_in(text: str, offset: int) -> Iterator[Span]:
    """Handles and tags in a text without addresses, in its order."""
    found = [
        Span(one.start(), one.end(), What.MENTION, one["handle"]) for one in NAMED.finditer(text)
    ]
    for one in TAGGED.finditer(text):
        tag = _without_end_marks(one["tag"].removeprefix("\ufe0f"))
        if tag and not _is_number(tag) and graphemes(tag) <= TAG_LIMIT_GRAPHEMES:
            start = one.start("tag") + one["tag"].index(tag)
            found.append(Span(one.start(), start + len(tag), What.TAG, tag))
    for span in sorted(found):
        yield span._replace(start=span.start + offset, end=span.end + offset)


def _without_end_marks(tag: str) -> str:
    while tag and unicodedata.category(tag[-1]).startswith("P"):
        tag = tag[:-1]
    return tag


def _is_number(tag: str) -> bool:
    """“#1” is a number, and “#___” is nothing."""
    return all(sign.isdigit() or unicodedata.category(sign).startswith("P") for sign in tag)


def shown_as(address: str) -> str:
    """An address as people read it there: its host, and the beginning of what follows."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.netloc:
        return address
    tail = address.partition("://")[2][len(parts.netloc) :]
    tail = "" if tail == "/" else tail
    if len(tail) > LINK_TAIL_CHARACTERS:
        tail = f"{tail[:LINK_TAIL_KEPT_CHARACTERS]}..."
    return parts.netloc + tail


def handles_in(spans: Iterable[Span]) -> list[str]:
    """The handles that a text names, each once, in lower case."""
    found = (span.value.lower() for span in spans if span.what is What.MENTION)
    return list(dict.fromkeys(found))


def facets_of(laid: Laid, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of a text, as they go into a record.

    `dids` are the accounts behind handles; a handle that nobody has stays plain text.
    """
    offsets = _byte_offsets(laid.text, laid.spans)
    found = []
    for span, (start, end) in zip(laid.spans, offsets, strict=True):
        feature = _feature(span, dids)
        if feature:
            index = {"byteStart": start, "byteEnd": end}
            found.append({"index": index, "features": [feature]})
    return found


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str] | None:
    match span.what:
        case What.LINK:
            return {"$type": LINK, "uri": span.value}
        case What.TAG:
            return {"$type": TAG, "tag": span.value}
        case What.MENTION:
            did = dids.get(span.value.lower(), "")
            return {"$type": MENTION, "did": did} if did else None


def _byte_offsets(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(len(text[: span.start].encode()), len(text[: span.end].encode())) for span in spans]

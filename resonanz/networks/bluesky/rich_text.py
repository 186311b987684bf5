"""Plain text with facets, read: HTML, and what it links to and names. Pure.

A facet marks bytes of the UTF-8 text. What does not fit (behind the end, in the middle of a
letter, over another one) is passed over. Sources: lexicons/app/bsky/richtext/facet.json and
https://docs.bsky.app/docs/advanced-guides/post-richtext (read 2026-11-22).
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from resonanz.networks.bluesky.addresses import is_did, profile_page
from resonanz.networks.bluesky.limits import WEB
from resonanz.networks.bluesky.payloads import FacetPayload, FeaturePayload
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import Link, Mention

MENTION = "app.bsky.richtext.facet#mention"
LINK = "app.bsky.richtext.facet#link"
TAG = "app.bsky.richtext.facet#tag"


class Marked(NamedTuple):
    """Bytes of a text from `start` to before `end`, and what they are."""

    start: int
    end: int
    feature: FeaturePayload


class Words(NamedTuple):
    """What a text with its facets says."""

    html: str
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    tags: tuple[str, ...]


def words_of(text: str, facets: Iterable[object] | None) -> Words:
    """Read a text with its facets."""
    told = text.encode()
    marked = list(_marked(told, facets or ()))
    links: dict[str, Link] = {}
    mentions: dict[str, Mention] = {}
    tags: dict[str, None] = {}
    for start, end, feature in marked:
        shown = told[start:end].decode()
        if feature.kind == LINK:
            links.setdefault(feature.uri, Link(url=feature.uri, text=shown))
        elif feature.kind == MENTION:
            mentions.setdefault(feature.did, _mention(feature.did, shown))
        else:
            tags.setdefault(feature.tag)
    return Words(_html(told, marked), tuple(links.values()), tuple(mentions.values()), tuple(tags))


def _mention(did: str, shown: str) -> Mention:
    handle = shown if shown.startswith("@") else f"@{shown}"
    return Mention(uid=did, handle=handle, url=profile_page(did))


def plain_html(text: str) -> str:
    """Plain text as HTML that looks the same."""
    return escape(text).replace("\r\n", "\n").replace("\n", "<br>")


def _marked(told: bytes, facets: Iterable[object]) -> Iterator[Marked]:
    """The facets that fit, in the order of the text, none over another."""
    found = [facet for sent in facets if (facet := part_of(sent, FacetPayload))]
    behind = 0
    for facet in sorted(found, key=lambda facet: facet.index.byte_start):
        start, end = facet.index.byte_start, facet.index.byte_end
        feature = next((one for one in facet.features or () if _is_usable(one)), None)
        if feature is None or not behind <= start < end <= len(told):
            continue
        if _is_inside_a_letter(told, start) or _is_inside_a_letter(told, end):
            continue
        behind = end
        yield Marked(start, end, feature)


def _is_usable(feature: FeaturePayload) -> bool:
    if feature.kind == LINK:
        return is_web(feature.uri)
    if feature.kind == MENTION:
        return is_did(feature.did)
    return feature.kind == TAG and bool(feature.tag.strip())


def is_web(url: str) -> bool:
    """Whether an address leads to a page of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_inside_a_letter(told: bytes, at: int) -> bool:
    """Whether a letter of several bytes would be cut here: its later bytes begin with 10."""
    return at < len(told) and told[at] & 0b1100_0000 == 0b1000_0000


def _html(told: bytes, marked: list[Marked]) -> str:
    if not told:
        return ""
    ends = [(0, 0), *((one.start, one.end) for one in marked), (len(told), len(told))]
    between = [told[before[1] : after[0]].decode() for before, after in pairwise(ends)]
    pieces = [plain_html(between[0])]
    for one, rest in zip(marked, between[1:], strict=True):
        shown = plain_html(told[one.start : one.end].decode())
        pieces.append(f'<a href="{escape(_leads_to(one.feature))}">{shown}</a>')
        pieces.append(plain_html(rest))
    return f"<p>{''.join(pieces)}</p>"


def _leads_to(feature: FeaturePayload) -> str:
    if feature.kind == LINK:
        return feature.uri
    if feature.kind == MENTION:
        return profile_page(feature.did)
    return f"{WEB}/hashtag/{quote(feature.tag)}"

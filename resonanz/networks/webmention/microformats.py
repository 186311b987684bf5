"""What a page says about itself in microformats2, as far as a link to us needs it.

Read by mf2py (https://microformats.org/wiki/microformats2-parsing); who wrote it by the rules of
https://indieweb.org/authorship-spec and of the representative h-card
(https://microformats.org/wiki/representative-h-card-parsing), all read 2026-11-22.
"""

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import mf2py
import msgspec
from bs4 import BeautifulSoup

from resonanz.networks.webmention import limits
from resonanz.networks.webmention.addresses import same_page, web_address

# What a third-party reader of broken documents has been seen to raise.
READER_BREAKS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
ENTRIES = ("h-entry", "h-event", "h-review", "h-recipe", "h-cite", "h-product", "h-feed-item")
DEEPEST = 12

Item = Mapping[str, Any]


class Microformats(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says in microformats: its things, and the addresses it names by relation."""

    items: list[Any] = []
    rels: dict[str, list[str]] = {}


def microformats_of_html(page: BeautifulSoup, place: str) -> Microformats:
    """Read a page's microformats. Classes of old microformats are changed in the tree."""
    try:
        told = mf2py.Parser(doc=page, url=place).to_dict()
    except READER_BREAKS:
        return Microformats()
    return Microformats(items=told.get("items") or [], rels=told.get("rels") or {})


def microformats_of_json(told: Any) -> Microformats:
    """The same from a JSON document: parsed microformats, or one thing of them."""
    if not isinstance(told, dict):
        return Microformats()
    items = told.get("items") if isinstance(told.get("items"), list) else [told]
    found = [item for item in items or [] if _types(item)]
    rels = told.get("rels")
    return Microformats(items=found, rels=rels if isinstance(rels, dict) else {})


def entry_about(told: Microformats, target: str) -> Item | None:
    """The thing on the page that links to `target`; the innermost of nested ones.

    Where none does, the only one that there is.
    """
    entries = [item for item in things_in(told.items) if is_entry(item)]
    linking = [item for item in entries if _names(item, target)][: limits.ENTRIES]
    if linking:
        # Outer things come first and contain what the inner ones name.
        inner = [item for item in linking if not any(_contains(item, other) for other in linking)]
        return (inner or linking)[0]
    return entries[0] if len(entries) == 1 else None


def first_entry(told: Microformats) -> Item | None:
    """The thing that a page of one thing is about."""
    return next((item for item in told.items if is_entry(item)), None)


def things_in(items: Iterable[Any], depth: int = 0) -> Iterator[Item]:
    """All things, the outer ones first."""
    for item in items:
        if not _types(item):
            continue
        yield item
        if depth < DEEPEST:
            yield from things_in(item.get("children") or (), depth + 1)
            yield from things_in(_nested_entries(item), depth + 1)


def is_entry(item: Item) -> bool:
    """Whether a thing is something that somebody said."""
    return any(kind in ENTRIES for kind in _types(item))


def texts(item: Item, name: str) -> list[str]:
    """The values of a property as plain texts, in order; of a thing its address or its name."""
    return [text for value in values(item, name) if (text := text_of(value))]


def values(item: Item, name: str) -> list[Any]:
    """The values of a property as they are."""
    properties = item.get("properties")
    found = properties.get(name) if isinstance(properties, dict) else None
    return found if isinstance(found, list) else []


def text_of(value: Any) -> str:
    """One value as plain text."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return ""
    if _types(value):
        for name in ("url", "name"):
            if found := texts(value, name):
                return found[0]
    told = value.get("value")
    return told.strip() if isinstance(told, str) else ""


def addresses(item: Item, name: str, base: str) -> list[str]:
    """The values of a property as addresses; of a thing (h-cite) all that it goes by."""
    found = []
    for value in values(item, name):
        if isinstance(value, dict) and _types(value):
            found += [*texts(value, "url"), *texts(value, "uid")]
        found.append(text_of(value))
    return list(dict.fromkeys(a for told in found if told and (a := web_address(told, base))))


def author_told(entry: Item, told: Microformats, place: str) -> tuple[Item | None, str]:
    """Who wrote it: her card where the page has it, and the address of her page (either may miss).

    An author on the thing itself, then on the feed around it, then `rel=author`, then the card
    that stands for the page.
    """
    holders = [entry, *(feed for feed in told.items if _contains(feed, entry))]
    for holder in holders:
        for value in values(holder, "author"):
            if isinstance(value, dict) and _types(value):
                return value, ""
            text = text_of(value)
            if address := web_address(text, place) if text.startswith(("http", "/", ".")) else "":
                return card_at(told, address), address
            if text:
                return {"type": ["h-card"], "properties": {"name": [text]}}, ""
    for address in told.rels.get("author") or []:
        return card_at(told, address), address
    return representative_card(told, place), ""


def card_at(told: Microformats, address: str) -> Item | None:
    """The card on this page that goes by an address."""
    cards = [item for item in things_in(told.items) if "h-card" in _types(item)]
    return next((c for c in cards if _goes_by(c, address)), None)


def representative_card(told: Microformats, place: str) -> Item | None:
    """The card that stands for a page, by the three rules in their order."""
    cards = [item for item in things_in(told.items) if "h-card" in _types(item)]
    for card in cards:
        if _goes_by(card, place) and any(same_page(uid, place) for uid in texts(card, "uid")):
            return card
    me = told.rels.get("me") or []
    for card in cards:
        if any(same_page(url, other) for url in texts(card, "url") for other in me):
            return card
    return cards[0] if len(cards) == 1 and _goes_by(cards[0], place) else None


def _goes_by(card: Item, address: str) -> bool:
    return any(same_page(url, address) for url in texts(card, "url"))


def _names(item: Item, target: str) -> bool:
    """Whether a thing names an address in any property, also within its HTML."""
    for value in _strings(item.get("properties"), 0):
        if same_page(value, target):
            return True
        if "<" in value and target.partition("#")[0].rstrip("/") in html.unescape(value):
            return True
    return False


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < DEEPEST and isinstance(value, dict):
        for part in value.values():
            yield from _strings(part, depth + 1)
    elif depth < DEEPEST and isinstance(value, list):
        for part in value:
            yield from _strings(part, depth + 1)


def _contains(outer: Item, inner: Item) -> bool:
    inside = things_in([*(outer.get("children") or ()), *_nested_entries(outer)])
    return any(item is inner for item in inside)


def _nested_entries(item: Item) -> list[Any]:
    """Things that stand as a property of another: comments below an entry, items of a feed."""
    found = [value for name in ("comment", "entry", "item") for value in values(item, name)]
    return [value for value in found if _types(value)]


def _types(item: Any) -> list[str]:
    types = item.get("type") if isinstance(item, dict) else None
    return [kind for kind in types if isinstance(kind, str)] if isinstance(types, list) else []


def is_link_to(item: Item, name: str, target: str, base: str) -> bool:
    """Whether a property of a thing is the address of `target`."""
    return any(same_page(address, target) for address in addresses(item, name, base))

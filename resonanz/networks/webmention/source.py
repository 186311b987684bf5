"""Does a page really link to one of ours? HTML, JSON and plain text, each by its own rules.

https://www.w3.org/TR/webmention/#webmention-verification (read 2026-11-22): a link in HTML is an
element that names the address, in JSON a value that is it, in plain text the address itself.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from bs4 import BeautifulSoup, Tag

from resonanz.networks.webmention import limits
from resonanz.networks.webmention.addresses import same_page, web_address
from resonanz.networks.webmention.fetch import Fetched
from resonanz.networks.webmention.page import NO_PAGE, addresses_named, read_page
from resonanz.switchboard.trouble import Refused
from resonanz.switchboard.wording import N_
from resonanz.understanding.written_links import links_written_in

NO_LINK = N_("The page does not link to ours.")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A page that links to ours: its tree where it is HTML, its values where it is JSON.

    `link` is the element that names our page; None where the page is not HTML.
    """

    place: str
    html: BeautifulSoup | None = None
    json: Any = None
    text: str = ""
    link: Tag | None = None


def source_of(fetched: Fetched, target: str) -> Source:
    """What was fetched, once it is seen to link to `target`. Raises `Refused` with a sentence."""
    if fetched.is_html:
        page = read_page(fetched.text)
        link = next(
            (e for e, a in addresses_named(page, fetched.place) if same_page(a, target)), None
        )
        if link is None:
            raise Refused(NO_LINK)
        return Source(place=fetched.place, html=page, link=link)
    if fetched.is_json:
        told = _decoded(fetched)
        if not any(same_page(value, target) for value in values_of(told)):
            raise Refused(NO_LINK)
        return Source(place=fetched.place, json=told)
    if fetched.kind.startswith("text/") or not fetched.kind:
        text = fetched.text
        if not any(same_page(address, target) for address in links_written_in(text)):
            raise Refused(NO_LINK)
        return Source(place=fetched.place, text=text)
    raise Refused(NO_PAGE)


def values_of(told: Any) -> Iterator[str]:
    """Every text in a JSON document that is an address, up to a bound."""
    waiting, seen = [(told, 0)], 0
    while waiting and seen < limits.JSON_VALUES:
        seen += 1
        value, depth = waiting.pop()
        if isinstance(value, str):
            if address := web_address(value):
                yield address
        elif depth < limits.JSON_DEPTH and isinstance(value, dict):
            waiting += [(part, depth + 1) for part in value.values()]
        elif depth < limits.JSON_DEPTH and isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]


def _decoded(fetched: Fetched) -> Any:
    try:
        return msgspec.json.decode(fetched.body)
    except (msgspec.DecodeError, RecursionError) as cause:
        raise Refused(NO_PAGE) from cause

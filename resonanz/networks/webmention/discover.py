"""Finds where a page wants to be told of links to it.

Webmention: the Link headers first, then the first `<link>` or `<a>` with `rel=webmention` and an
`href`, in the order of the page (https://www.w3.org/TR/webmention/#sender-discovers-receiver).
Pingback: the X-Pingback header, then `<link rel="pingback">`. Read 2026-11-22.
"""

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup

from resonanz.networks.webmention.addresses import web_address
from resonanz.networks.webmention.fetch import Fetched
from resonanz.networks.webmention.page import base_of, read_page, rels_of
from resonanz.switchboard.shapes import Endpoints

WEBMENTION, PINGBACK = "webmention", "pingback"
LONGEST_HEADER_CHARACTERS = 20_000
# `<address>` and what follows it up to the next one; a parameter is `name=value` or `name="…"`.
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_PARAMETER = re.compile(r';\s*([\w!#$&+.^`|~-]++)\s*=\s*(?:"([^"]*+)"|([^\s;,"]++))')


def endpoints_of(fetched: Fetched) -> Endpoints:
    """Where this page wants to be told. A page that is no HTML may still say it in its head."""
    page = read_page(fetched.text) if fetched.is_html else None
    return Endpoints(
        webmention=_first(_told_of(WEBMENTION, fetched, page)),
        pingback=_first(_told_of(PINGBACK, fetched, page)),
    )


def _told_of(rel: str, fetched: Fetched, page: BeautifulSoup | None) -> Iterator[str]:
    if rel == PINGBACK and fetched.pingback:
        yield web_address(fetched.pingback, fetched.place)
    yield from (web_address(href, fetched.place) for href in linked_by_head(fetched.links, rel))
    if page is None:
        return
    base = base_of(page, fetched.place)
    for element in page.find_all(["link", "a"] if rel == WEBMENTION else ["link"]):
        href = element.get("href")
        # An empty href is the page itself; without one, the element names nothing.
        if isinstance(href, str) and rel in rels_of(element):
            yield web_address(href, base)


def linked_by_head(values: Sequence[str], rel: str) -> list[str]:
    """The addresses that Link headers give for a relation, in order (RFC 8288, section 3)."""
    found = []
    for value in values:
        for address, parameters in _LINK.findall(value[:LONGEST_HEADER_CHARACTERS]):
            for name, quoted, bare in _PARAMETER.findall(parameters):
                if name.lower() == "rel":
                    # The first one counts, whatever else stands there.
                    if rel in (quoted or bare).lower().split():
                        found.append(address)
                    break
    return found


def _first(addresses: Iterator[str]) -> str:
    return next((address for address in addresses if address), "")

"""Which pages a text of ours links to. Pure."""

import re
from collections.abc import Iterable

from resonanz.mentions.models import ADDRESS_CHARACTERS
from resonanz.plumbing.text import web_address
from resonanz.understanding.structure import host_of, is_own_host

# An article with more links than this is a list of links.
MOST_LINKS = 100
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\|^`]{1,1000}", re.IGNORECASE)
_ENDINGS = ".,;:!?…»“”’\"'*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def links_in(text: str) -> list[str]:
    """The addresses in a plain text (or Markdown), without what only stands behind them."""
    return [_trimmed(address) for address in _ADDRESS.findall(text)]


def _trimmed(address: str) -> str:
    while address and (address[-1] in _ENDINGS or _is_loose_bracket(address)):
        address = address[:-1]
    return address


def _is_loose_bracket(address: str) -> bool:
    """Whether the last sign closes a bracket that was opened before the address."""
    opening = _PAIRS.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])


def pages_of_others(addresses: Iterable[str], own: frozenset[str]) -> list[str]:
    """Those that lead to somebody else's pages, each once, in their order."""
    found = dict.fromkeys(
        address
        for told in addresses
        if (address := web_address(told))
        and len(address) <= ADDRESS_CHARACTERS
        and not is_own_host(host_of(address), own)
    )
    return list(found)[:MOST_LINKS]

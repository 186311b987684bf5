"""Which pages a text of ours links to. Pure."""

from collections.abc import Iterable

from resonanz.mentions.models import ADDRESS_CHARACTERS
from resonanz.plumbing.text import web_address
from resonanz.understanding.structure import host_of, is_own_host

# An article with more links than this is a list of links.
MOST_LINKS = 100


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

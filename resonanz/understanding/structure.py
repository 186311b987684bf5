"""What can be told of a post from its structure alone, before anybody reads its words."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host of a web address in lower case, without a leading www. "" for anything else."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return host.removeprefix("www.").rstrip(".")


def is_own_host(host: str, own_hosts: Iterable[str]) -> bool:
    """Whether a host is one of ours or lies below one (`shop.bakery.example`)."""
    return any(host == own or host.endswith(f".{own}") for own in own_hosts if own)


def links_to_own(addresses: Iterable[str], own_hosts: frozenset[str]) -> list[str]:
    """Those of the addresses that lead to us, in their order, each once."""
    found = (address for address in addresses if is_own_host(host_of(address), own_hosts))
    return list(dict.fromkeys(found))


_HANDLE = re.compile(r"(?<![\w@/.])@[\w-]+(?:[.@][\w-]+)*")


def handles_in(text: str) -> list[str]:
    """The handles that a text names (`@ada`, `@ada@town.example`, `@ada.town.example`), each once.

    In their order and as they are written; a mail address is no handle, and neither is a full
    stop behind one.
    """
    return list(dict.fromkeys(_HANDLE.findall(text)))

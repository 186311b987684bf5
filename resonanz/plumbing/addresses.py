"""Which network addresses may be asked: only those of the open internet.

Somebody else chooses many of the addresses that we fetch. None of them may lead into our own
machine or network (server-side request forgery). So a name is resolved here, every address it
resolves to is judged, and the connection is made to a judged address and to no other.

Sources, read 2026-11-22: the IANA special-purpose address registries for IPv4 and IPv6; RFC
6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6598 (shared address space of carriers);
the URL standard, "ends in a number", for the odd ways of writing an IPv4 address.
"""

import re
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the numeric addresses of a host and port. Raises `OSError` when there are none."""

FORBIDDEN_NETWORKS = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/9",
        "ff00::/8",
    )
)
NAT64 = IPv6Network("64:ff9b::/96")
LOOKS_LIKE_A_NUMBER = re.compile(r"^(0x[0-9a-f]*|[0-9]+)$", re.IGNORECASE)


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver (it has its own time limit). Raises `OSError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as cause:
        raise OSError(f"{host[:60]!r} is not a name") from cause
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_open_internet(address: str) -> bool:
    """Whether a numeric address belongs to the open internet.

    An IPv4 address that is wrapped into an IPv6 one (mapped, NAT64, 6to4) is judged by what is
    inside. What cannot be read as an address is not the open internet.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id:
            return False
        if (inner := _wrapped(found)) is not None:
            return is_open_internet(str(inner))
    if any(found in network for network in FORBIDDEN_NETWORKS if network.version == found.version):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one, if that is what it is."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_odd_number(host: str) -> bool:
    """Whether a host is an IPv4 address in disguise: octal, hexadecimal, one number, too short.

    Browsers and the system's resolver read `0177.1`, `0x7f.1` and `2130706433` as 127.0.0.1.
    Nobody writes them in good faith.
    """
    last = host.rstrip(".").rpartition(".")[2]
    if not LOOKS_LIKE_A_NUMBER.match(last):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False

"""Understands what people type when they are asked for their server."""

import re
from ipaddress import AddressValueError, IPv4Address
from urllib.parse import urlsplit

import idna

from resonanz.switchboard.trouble import Refused
from resonanz.switchboard.wording import N_

NOT_A_NAME = N_(
    "This does not look like the name of a server. It is the part after the last @ of your "
    "address there, for example town.example."
)

LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)\Z")
LONGEST_HOST_CHARACTERS = 253
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))


def server_address(typed: str) -> str:
    """The address of the server that somebody typed, like `https://town.example`, no slash.

    Understands `town.example`, `https://town.example/@ada`, `@ada@town.example`,
    `town.example@ada`, blanks, a full stop at the end, umlauts, and a port. It is https unless
    http: was typed. Raises `Refused` with a sentence for everything else.
    """
    text = "".join(typed.translate(INVISIBLE).split()).replace("＠", "@")
    scheme = "http" if text.lower().startswith("http:") else "https"
    text = re.sub(r"(?i)^(?:https?:/*|acct:|web\+\w+:/*)", "", text)
    authority = re.split(r"[/?#\\]", text.lstrip("/"), maxsplit=1)[0].strip("@").rstrip(".,;")
    return f"{scheme}://{_host_and_port(_server_part(authority))}"


def _server_part(authority: str) -> str:
    """The part that names a server in `name@server` and in the mistaken `server@name`."""
    parts = [part for part in authority.split("@") if part]
    if not parts or len(parts) > 2:
        raise Refused(NOT_A_NAME)
    if len(parts) == 1 or _is_like_a_host(parts[-1]) or not _is_like_a_host(parts[0]):
        return parts[-1]
    return parts[0]


def _is_like_a_host(part: str) -> bool:
    host = part.partition(":")[0]
    return "." in host.strip(".") or host.lower() == "localhost"


def _host_and_port(part: str) -> str:
    host, separator, port = part.partition(":")
    if separator and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Refused(NOT_A_NAME)
    host = ascii_host(host)
    if not host or not (_is_like_a_host(host)):
        raise Refused(NOT_A_NAME)
    return f"{host}:{int(port)}" if separator else host


def ascii_host(host: str) -> str:
    """A host name in lower case and in ASCII (`bücher.example` is `xn--bcher-kva.example`).

    Gives "" for what cannot be a host name.
    """
    try:
        found = idna.encode(host.rstrip("."), uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        return ""
    if len(found) > LONGEST_HOST_CHARACTERS or not all(map(LABEL.match, found.split("."))):
        return ""
    return "" if found.rpartition(".")[2].isdigit() and not _is_ip(found) else found


def _is_ip(host: str) -> bool:
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def host_of(address: str) -> str:
    """Host and port of an address, in ASCII and lower case; "" when there is none."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        port = parts.port
    except ValueError:
        return ""
    host = ascii_host(parts.hostname or "")
    return f"{host}:{port}" if host and port else host

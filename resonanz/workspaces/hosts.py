"""Understands what people type when they are asked for their own domains. Pure functions."""

import re
from ipaddress import ip_address

import idna

LONGEST_HOST_CHARACTERS = 253
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))


class NotAHost(ValueError):
    """What was typed names no domain; `typed` is what it was."""

    def __init__(self, typed: str) -> None:
        """Keep what was typed, shortened."""
        super().__init__(typed[:80])
        self.typed = typed[:80]


def clean_host(typed: str) -> str:
    """The host in what somebody typed: lower case, ASCII, without www., port or path.

    `https://www.Bäckerei.example/brot?x=1` gives `xn--bckerei-5wa.example`; blanks, an e-mail
    address of that domain and a full stop at the end are understood. Raises `NotAHost`.
    """
    text = "".join(typed.translate(INVISIBLE).split())
    text = re.sub(r"(?i)^[a-z][a-z0-9+.-]*:/*", "", text) if "/" in text else text
    authority = re.split(r"[/?#\\]", text.lstrip("/"), maxsplit=1)[0]
    host = authority.rpartition("@")[2].partition(":")[0].strip(".,;")
    try:
        found = idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError as cause:
        raise NotAHost(typed) from cause
    found = found.removeprefix("www.") if found.count(".") > 1 else found
    if not _is_name(found):
        raise NotAHost(typed)
    return found


def _is_name(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or len(host) > LONGEST_HOST_CHARACTERS:
        return host == "localhost"
    if labels[-1].isdigit():
        return _is_address(host)
    return all(map(LABEL.match, labels))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def clean_hosts(typed: str) -> tuple[list[str], list[str]]:
    """The hosts in a text with several (by line, comma or semicolon), and what named none.

    Each host is given once, in the order typed. Blanks separate too where every part is a host.
    """
    hosts: list[str] = []
    wrong: list[str] = []
    for entry in filter(None, map(str.strip, re.split(r"[\n,;]", typed))):
        found, bad = _hosts_of_entry(entry)
        hosts += found
        wrong += bad
    return list(dict.fromkeys(hosts)), wrong


def _hosts_of_entry(entry: str) -> tuple[list[str], list[str]]:
    parts = entry.split()
    # "bakery.example shop.example" names two; "bakery . example" is one with blanks in it.
    if len(parts) > 1 and all("." in part.strip(".") for part in parts):
        return clean_hosts("\n".join(parts))
    try:
        return [clean_host(entry)], []
    except NotAHost as wrong:
        return [], [wrong.typed]


def readable_host(host: str) -> str:
    """A stored host as people write it, with its umlauts."""
    try:
        return idna.decode(host)
    except idna.IDNAError:
        return host

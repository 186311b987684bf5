"""When two web addresses are the same place, told from how they are written. Asks nobody.

The same page is written in many ways: with and without a slash at its end, with the marks that
newsletters hang onto it, by http and by https. What stays after taking that away is the address
under which the house remembers where words stand. It is a key, not meant to be opened.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import SplitResult, quote, urlsplit

import idna

MOST_CHARACTERS = 1000
_DIGEST_CHARACTERS = 64
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Marks that tell where a reader came from, and nothing about what she reads. From the lists of
# uBlock Origin ("removeparam") and of Firefox ("query stripping"), read 2026-11-22.
_TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid"
    r"|mc_cid|mc_eid|mkt_tok|igshid|igsh|twclid|yclid|ttclid|li_fat_id|oly_anon_id|oly_enc_id"
    r"|ref_src|ref_url|vero_id|wt_mc|_ga|_gl|s_cid|__s)$",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# `#comment-12` is a comment of its own, `#comments` and `#respond` are places on the page, and
# `#more-12` is where WordPress lets a reader go on.
_NAMES_A_THING = re.compile(r"^(?!more-|:~:).*\d")


def same_address(address: str, *, is_name: bool = False) -> str:
    """What is left of an address when everything is taken away that makes no difference.

    At most 1000 characters of ASCII; what is no web address (`at://…`, `tag:…`) stays as it is. A
    fragment stays where it names a thing of its own, like a comment on a page; with `is_name` the
    address is the name of a thing, and its fragment always stays.
    """
    told = address.strip()
    try:
        parts = urlsplit(told)
        host, port = _host(parts), parts.port
    except ValueError:
        return _fitting(told)
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return _fitting(told)
    shown = f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
    query = "&".join(_meant(parts.query))
    fragment = parts.fragment if is_name or _NAMES_A_THING.match(parts.fragment) else ""
    return _fitting(
        f"https://{host}{shown}{_path(parts.path)}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if fragment else "")
    )


def page_at(address: str) -> str:
    """The page on which an address lies: the same without its fragment."""
    return same_address(address.partition("#")[0])


def is_front_door(address: str) -> bool:
    """Whether an address of `same_address` is that of a whole site, and so of no single thing."""
    return address.startswith("https://") and "/" not in address[8:] and "?" not in address


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def _path(path: str) -> str:
    """A path with its escapes written one way, without a slash at its end."""
    written = quote(path, safe="%/:@!$&'()*+,;=~-._")
    return _ESCAPE.sub(lambda found: found[0].upper(), written).rstrip("/")


def _meant(query: str) -> Iterator[str]:
    for pair in query.split("&"):
        if pair and not _TRACKING.match(pair.partition("=")[0]):
            yield pair


def _fitting(address: str) -> str:
    """Only ASCII, so that no index of a database finds it too long, and not endless."""
    address = _BEYOND_ASCII.sub(lambda found: quote(found[0], errors="replace"), address)
    if len(address) <= MOST_CHARACTERS:
        return address
    digest = sha256(address.encode("utf-8", "replace")).hexdigest()
    return f"{address[: MOST_CHARACTERS - _DIGEST_CHARACTERS - 1]}#{digest}"

"""Comparing addresses of pages. Pure."""

from urllib.parse import urljoin, urlsplit, urlunsplit

from resonanz.networks.webmention import limits
from resonanz.understanding.same_address import page_at
from resonanz.understanding.structure import host_of


def web_address(href: str, base: str = "") -> str:
    """The absolute http(s) address of a link, or "" if there is none or it is beyond measure.

    An empty link leads to `base` itself, as in a page.
    """
    try:
        address = urljoin(base, href.strip())
        parts = urlsplit(address)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if is_web and len(address) <= limits.ADDRESS_CHARACTERS else ""


def site_of(address: str) -> str:
    """The address of the site that a page is on: `https://host/`."""
    return f"https://{host_of(address)}/"


def without_fragment(address: str) -> str:
    """The address of the whole page."""
    return address.partition("#")[0]


def same_page(one: str, other: str) -> bool:
    """Whether two addresses mean the same page, however they are written."""
    return bool(one and other) and page_at(one) == page_at(other)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are on the same site: one host, or one below the other."""
    shorter, longer = sorted((host_of(one), host_of(other)), key=len)
    if not shorter:
        return False
    return longer == shorter or ("." in shorter and longer.endswith(f".{shorter}"))


def as_page(address: str) -> str:
    """An address as names are made of it: without fragment, host in lower case."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower()
    except ValueError:
        return address
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", parts.query, ""))

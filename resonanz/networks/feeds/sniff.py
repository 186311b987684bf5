"""What the bytes at an address are, when they are no feed: said in a sentence for a person."""

import re
from enum import Enum

from resonanz.switchboard.wording import N_

_ROOT = re.compile(rb"<\s*(?![?!])([a-zA-Z0-9_.-]+:)?([a-zA-Z0-9_.-]+)")
_HTML_START = re.compile(rb"\s*<!doctype\s+html\b", re.IGNORECASE)
_LOOKED_AT_BYTES = 2000


class Found(Enum):
    """What is there instead of a feed. The value is the sentence, and a message id."""

    NOTHING = N_("The answer from this address is empty, so there is no feed.")
    WEB_PAGE = N_(
        "There is a web page at this address, and no feed was found on it or beside it. Look on "
        "the page for a link named RSS, Atom or feed, and paste its address."
    )
    IMAGE = N_("There is a picture at this address and not a feed.")
    MEDIA = N_("There is a sound or a film at this address and not a feed.")
    DOCUMENT = N_("There is a document at this address and not a feed.")
    SUBSCRIPTIONS = N_(
        "There is a list of subscriptions (OPML) at this address and not a feed. Import it as a "
        "list."
    )
    SITEMAP = N_("There is a site map for search engines at this address and not a feed.")
    JSON = N_("There is JSON at this address that is not a feed.")
    XML = N_("There is XML at this address that is not a feed.")
    TOO_LARGE = N_("The feed at this address is larger than what Resonanz reads.")
    OTHER = N_("What is at this address is not a feed.")


def what_is(body: bytes, content_type: str) -> Found:
    """What these bytes are, given that they are no feed. Trusts the bytes before the header."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:_LOOKED_AT_BYTES]
    if not start:
        return Found.NOTHING
    kind = content_type.partition(";")[0].strip().lower()
    if binary := next((found for mark, found in _BINARY.items() if start.startswith(mark)), None):
        return binary
    if _HTML_START.match(start):
        return Found.WEB_PAGE
    if start[:1] in b"{[":
        return Found.JSON
    if start.startswith(b"<"):
        return _xml(start, kind)
    by_type = (found for prefix, found in _BY_TYPE.items() if kind.startswith(prefix))
    return next(by_type, Found.OTHER)


_BINARY = {
    b"\x89PNG": Found.IMAGE,
    b"GIF8": Found.IMAGE,
    b"\xff\xd8\xff": Found.IMAGE,
    b"RIFF": Found.IMAGE,
    b"%PDF": Found.DOCUMENT,
    b"PK\x03\x04": Found.DOCUMENT,
    b"ID3": Found.MEDIA,
    b"OggS": Found.MEDIA,
}
_BY_TYPE = {
    "text/html": Found.WEB_PAGE,
    "image/": Found.IMAGE,
    "audio/": Found.MEDIA,
    "video/": Found.MEDIA,
    "application/pdf": Found.DOCUMENT,
}


def _xml(start: bytes, kind: str) -> Found:
    root = _ROOT.search(start)
    name = root[2].lower() if root else b""
    if name == b"opml":
        return Found.SUBSCRIPTIONS
    if name in (b"urlset", b"sitemapindex"):
        return Found.SITEMAP
    is_page = "html" in kind or name in (b"html", b"head", b"body")
    return Found.WEB_PAGE if is_page else Found.XML

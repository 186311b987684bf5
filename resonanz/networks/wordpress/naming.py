"""The names that things of a blog have: for ever, and at this blog. Pure.

Comments and articles are both numbered, each from 1, so a local id says which it is: `p12` is an
article or a page, `c34` a comment, `u5` a user. A uid is made of the blog's address and WordPress's
own short form (`https://blog.example/?p=12#comment-34`): it stays when an article is published,
renamed or moved, and when the blog changes from http to https.
"""

import re
from hashlib import scrypt
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from resonanz.switchboard.shapes import Shape

LOCAL = re.compile(r"([pc])([1-9]\d{0,17})\Z")
ANCHOR = re.compile(r"comment-([1-9]\d{0,17})\Z")
ROUTE = re.compile(r"/(wp/v2/[a-z0-9_-]+/[1-9]\d{0,17})\Z")
OF_A_USER = "/?author="


class Local(NamedTuple):
    """A local id, taken apart."""

    kind: Literal["p", "c"]
    number: int


def local_of(local_id: str) -> Local | None:
    """`p12` as an article, `c34` as a comment; None for what is neither."""
    found = LOCAL.match(local_id)
    if not found:
        return None
    return Local("p" if found[1] == "p" else "c", int(found[2]))


def base_of(home: str) -> str:
    """The part that all names of a blog begin with: its address, always with https, no slash.

    "" for what is no address.
    """
    try:
        parts = urlsplit(home.strip())
        port, host = parts.port, parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = re.sub(r"/(?:index\.php)?/*\Z", "", parts.path + "/").rstrip("/")
    shown = f"[{host}]" if ":" in host else host
    return f"https://{shown}{f':{port}' if port else ''}{path}"


class Names(Shape):
    """The names of one blog; `base` as `base_of` gives it."""

    base: str

    @classmethod
    def of_profile(cls, uid: str) -> "Names":
        """The names at the blog of a connected user."""
        return cls(base=uid.rpartition(OF_A_USER)[0])

    @property
    def place(self) -> str:
        """The blog as people write it: `blog.example/laden`."""
        return self.base.removeprefix("https://")

    def user(self, number: int) -> str:
        """The uid of somebody who has a login there."""
        return f"{self.base}{OF_A_USER}{number}"

    def article(self, number: int) -> str:
        """The uid of an article or a page."""
        return f"{self.base}/?p={number}"

    def comment(self, article: int, number: int) -> str:
        """The uid of a comment."""
        return f"{self.base}/?p={article}#comment-{number}"

    def reader(self, email: str) -> str:
        """The uid of somebody who gave her e-mail address, which nobody can read from it.

        The blog is the salt, and finding an address by trying takes its time (RFC 7914). The
        same address gives the same name whenever the blog is connected.
        """
        told = email.strip().lower().encode("utf-8", "replace")
        digest = scrypt(told, salt=self.base.encode(), n=1024, r=8, p=1, dklen=12)
        return f"{self.base}/#reader={digest.hex()}"

    def site(self, host: str) -> str:
        """The uid of a page elsewhere that pinged us, or of a reader who left nothing but it."""
        return f"{self.base}/#site={quote(host, safe='/')}"

    def called(self, name: str) -> str:
        """The uid of a reader who left nothing but a name."""
        return f"{self.base}/#name={quote(' '.join(name.casefold().split()), safe='')}"

    def nobody(self, comment: int) -> str:
        """The uid of a reader who left nothing at all."""
        return f"{self.base}/#nobody={comment}"

    def local_in(self, address: str) -> str:
        """The local id that a uid or address at this blog tells by itself, or ""."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if not self.is_here(address):
            return ""
        if found := ANCHOR.match(parts.fragment):
            return f"c{found[1]}"
        told = parse_qs(parts.query)
        numbers = [*told.get("p", []), *told.get("page_id", [])]
        return f"p{numbers[0]}" if numbers and local_of(f"p{numbers[0]}") else ""

    def is_here(self, address: str) -> bool:
        """Whether an address leads to this blog, with or without www."""
        own, other = base_of(self.base), base_of(address.partition("?")[0].partition("#")[0])
        own, other = own.replace("//www.", "//", 1), other.replace("//www.", "//", 1)
        return bool(own) and (other == own or other.startswith(f"{own}/"))


def route_in(href: str) -> str:
    """The route of the API that an address of it leads to (`wp/v2/pages/7`), or ""."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    told = (parse_qs(parts.query).get("rest_route") or [parts.path])[0]
    found = ROUTE.search(told.rstrip("/"))
    return found[1] if found else ""

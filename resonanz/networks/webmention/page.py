"""Reads HTML within bounds: a tree of at most so many tags, by a reader without bad surprises.

lxml, because its work grows with the length of a page and nothing else: it neither nests without
end (256 levels) nor opens again, in every paragraph, what was never closed.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from resonanz.networks.webmention import limits
from resonanz.networks.webmention.addresses import web_address
from resonanz.plumbing.text import plain_text
from resonanz.switchboard.trouble import Refused
from resonanz.switchboard.wording import N_

NO_PAGE = N_("What is there is no page that can be read.")
_OPENING = re.compile(r"<[a-zA-Z]")
# Where elements name an address that is shown, followed or embedded.
NAMES_AN_ADDRESS = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "blockquote": ("cite",),
    "data": ("value",),
    "del": ("cite",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "href"),
    "ins": ("cite",),
    "link": ("href",),
    "object": ("data",),
    "q": ("cite",),
    "source": ("src",),
    "video": ("src", "poster"),
}


def read_page(html: str) -> BeautifulSoup:
    """The tree of a page, of its beginning where it is very long. Raises `Refused`."""
    try:
        return BeautifulSoup(_beginning(html), "lxml")
    except (ParserRejectedMarkup, AssertionError) as cause:
        raise Refused(NO_PAGE) from cause


def _beginning(html: str) -> str:
    for count, tag in enumerate(_OPENING.finditer(html)):
        if count == limits.TAGS_A_PAGE:
            return html[: tag.start()]
    return html


def base_of(page: BeautifulSoup, place: str) -> str:
    """The address that relative links of a page are joined to."""
    base = page.find("base", href=True)
    return (web_address(_told(base, "href"), place) if isinstance(base, Tag) else "") or place


def addresses_named(page: BeautifulSoup, place: str) -> Iterator[tuple[Tag, str]]:
    """Every address that the page names, with the element that does, in order."""
    base = base_of(page, place)
    for count, element in enumerate(page.find_all(list(NAMES_AN_ADDRESS))):
        if count == limits.LINKS_A_PAGE:
            return
        for attribute in NAMES_AN_ADDRESS[element.name]:
            if (told := _told(element, attribute)) and (address := web_address(told, base)):
                yield element, address


def rels_of(element: Tag) -> set[str]:
    """The values of `rel`, in lower case."""
    told = element.get("rel") or []
    return {value.lower() for value in (told.split() if isinstance(told, str) else told)}


def title_of(page: BeautifulSoup) -> str:
    """What the page calls itself, on one line."""
    title = page.find("title")
    return _short(title.get_text(" ") if title else "", limits.TITLE_CHARACTERS)


def language_of(page: BeautifulSoup) -> str:
    """The primary language of the page: "de" for "de-AT"; "" where it tells none."""
    root = page.find("html")
    told = _told(root, "lang") if isinstance(root, Tag) else ""
    primary = told.strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else ""


def words_around(element: Tag) -> str:
    """The words in which a link stands, with a little of what is before and behind it."""
    words, block = _words(element), element
    while block.parent is not None and block.name not in ("body", "[document]"):
        if len(_words(block)) > len(words) + limits.AROUND_CHARACTERS:
            break
        block = block.parent
    whole = _words(block)
    at = max(whole.find(words), 0)
    start = max(at - limits.AROUND_CHARACTERS, 0)
    end = at + len(words) + limits.AROUND_CHARACTERS
    before, behind = ("… " if start else ""), (" …" if end < len(whole) else "")
    return f"{before}{whole[start:end].strip()}{behind}"


def _words(element: Tag) -> str:
    """What an element says, on one line."""
    return " ".join(plain_text(element.decode()).split())


def _told(element: Tag | None, attribute: str) -> str:
    value = element.get(attribute) if element is not None else None
    return value if isinstance(value, str) else ""


def _short(text: str, most: int) -> str:
    return " ".join(text.split())[:most].rstrip()

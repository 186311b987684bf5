"""Whether a post that stands there is the text that we sent. Pure.

Between sending and reading a server adds HTML, shortens links, leaves the host out of handles,
turns asterisks into bold type and `:-)` into a picture. What is left are letters and digits.
"""

import re
import unicodedata
from difflib import SequenceMatcher

from bs4 import BeautifulSoup

NAMED = re.compile(r"(?<![\w/=@])@([\w-]+(?:\.[\w-]+)*)(?:@[\w.-]+(?::\d+)?)?")
LINE_BREAKING = ("br", "p", "div", "li", "blockquote", "pre", "h1", "h2", "h3")


def plain_text(html: str) -> str:
    """The text of a post as it is read, with blanks where lines break."""
    soup = BeautifulSoup(html, "html.parser")
    for added in soup.select(".quote-inline"):
        added.decompose()
    for tag in soup.find_all(LINE_BREAKING):
        tag.insert_before("\n")
        tag.insert_after("\n")
    return soup.get_text()


def essence(text: str) -> str:
    """What no server changes: letters and digits, handles without their host.

    A text without any (only pictograms) is compared by everything but blanks.
    """
    text = NAMED.sub(r" \1 ", unicodedata.normalize("NFC", text))
    words = "".join(sign for sign in text if sign.isalnum())
    return words.casefold() or "".join(text.split())


def is_same_text(sent: str, html: str) -> bool:
    """Whether the HTML that stands there shows what was sent."""
    return essence(sent) == essence(plain_text(html))


def likeness(sent: str, html: str) -> float:
    """How much of the HTML that stands there is what was sent: 0 nothing, 1 all of it."""
    return SequenceMatcher(None, essence(sent), essence(plain_text(html)), autojunk=False).ratio()

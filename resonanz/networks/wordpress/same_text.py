"""Whether a text that stands there is the one that we sent. Pure.

A blog adds blocks, turns quotes and dashes, and takes tags out. What is left are letters and
digits.
"""

import unicodedata
from difflib import SequenceMatcher

from resonanz.networks.wordpress.limits import ALIKE_ENOUGH
from resonanz.plumbing.text import plain_text


def essence(text: str) -> str:
    """What no blog changes. A text without letters or digits is compared by all but blanks."""
    text = unicodedata.normalize("NFC", text)
    words = "".join(sign for sign in text if sign.isalnum())
    return words.casefold() or "".join(text.split())


def is_same_text(sent: str, html: str) -> bool:
    """Whether HTML shows exactly what was sent."""
    return essence(sent) == essence(plain_text(html))


def is_alike(sent: str, html: str) -> bool:
    """Whether HTML shows what was sent, with a little more or less: a plugin may add to it."""
    ratio = SequenceMatcher(None, essence(sent), essence(plain_text(html)), autojunk=False).ratio()
    return ratio >= ALIKE_ENOUGH

"""The words by which somebody is found: what a person types is compared with these."""

import re
import unicodedata
from collections.abc import Iterable

from resonanz.people.models import WORD_CHARACTERS

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")


def words_of(*names: str) -> list[str]:
    """The words of names and handles: without accents, in one case, each once, twelve at most.

    "@Zoë@town.example" gives zoe, town, example; "Jonas Lindqvist" gives jonas, lindqvist.
    """
    found = dict.fromkeys(word for name in names for word in _words(name))
    return list(found)[:MOST_WORDS]


def _words(name: str) -> Iterable[str]:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return [word[:WORD_CHARACTERS] for word in _WORD.findall(plain)]

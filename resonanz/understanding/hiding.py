"""Words behind which a text is hidden until somebody asks to see it."""

import re
import unicodedata
from collections.abc import Iterable

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_BLANK = re.compile(r"\s+")
# More than anybody reads at once. One sign can stand for eighteen, and every list looks again.
MOST_CHARACTERS = 50_000


class Hider:
    """Finds any of some words or phrases in a text, as whole words.

    Case, accents, marks between the letters that nobody sees, and the two ways of writing an
    umlaut (ä and ae) make no difference: “Blödmann” is found in “BLOEDMANN” and “blodmann”.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; blank ones are left out."""
        wanted = {form for word in words for form in _forms(word.strip()) if form}
        found = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(wanted))
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)") if wanted else None

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return self._pattern is not None

    def hides(self, *texts: str) -> bool:
        """Whether one of the texts holds one of the words."""
        if self._pattern is None:
            return False
        pattern = self._pattern
        return any(pattern.search(form) for text in texts if text for form in _forms(text))


def _forms(text: str) -> set[str]:
    """A text as it is compared: with umlauts as plain vowels, and spelt out."""
    composed = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS])[:MOST_CHARACTERS]
    return {_folded(composed), _folded(composed.translate(_SPELT_OUT))}


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(
        sign
        for sign in decomposed
        if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf"
    )
    return _BLANK.sub(" ", plain)

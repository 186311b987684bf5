"""Words that mean nothing, as often as people use theirs: a few always, most of them hardly ever.

Frequencies follow Zipf's law (word `n` of the list is said about 1/n as often as the first), so
that a search for a frequent word, a rare one and none at all find what they find in real texts.
"""

import random
from itertools import accumulate

from resonanz.understanding.search_words import index_words

FREQUENT = (
    "harbour light morning bread tide letter garden engine river market window lamp station "
    "chorus winter ferry paper kettle bridge school apple thunder bicycle meadow library"
)
HEADS = "Brot Kuchen Markt Fest Sommer Hafen Kaffee Garten Stadt Haus Morgen Abend Apfel"
TAILS = "preis zeiten laden platz straße dienst wagen karte tasche weg brücke stimme schule"
SYLLABLES = [first + second for first in "bdfgklmnprstw" for second in "aeiouäöü"]
RARE = 20_000
EXPONENT = 0.95
WORDS_A_TEXT = 24


class Language:
    """Texts and the search words they have."""

    def __init__(self, dice: random.Random) -> None:
        """Invent the words and the texts."""
        self.dice = dice
        compounds = [head + tail for head in HEADS.split() for tail in TAILS.split()]
        rare = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 5))) for _ in range(RARE)]
        self.rare = rare
        self.words = [*FREQUENT.split(), *compounds, *rare]
        self.weights = list(
            accumulate(1 / (rank + 2) ** EXPONENT for rank in range(len(self.words)))
        )
        self.known: dict[tuple[str, str], list[str]] = {}

    def some(self, count: int) -> str:
        """A few words with a full stop."""
        return _sentence(self._choose(count))

    def _choose(self, count: int) -> list[str]:
        return self.dice.choices(self.words, cum_weights=self.weights, k=count)

    def text(self, tongue: str) -> tuple[str, list[str]]:
        """A text, and the tokens it is found by where it is said to be in this language."""
        words = self._choose(WORDS_A_TEXT)
        tokens: dict[str, None] = {}
        for word in words:
            tokens.update(dict.fromkeys(self._tokens(word, tongue)))
        return _sentence(words), list(tokens)

    def _tokens(self, word: str, tongue: str) -> list[str]:
        """What `index_words` gives for a word; of a text it gives those of all its words."""
        known = self.known.get((word, tongue))
        if known is None:
            known = self.known[(word, tongue)] = index_words([word], language=tongue)
        return known


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."

"""How long a text is as this network counts: what a reader sees as one sign. Pure.

Source: Unicode Annex 29, extended grapheme clusters. The package `regex` is kept with it.
"""

import regex

SIGN = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """How many signs a reader sees: accents, flags and composed pictograms count once."""
    return sum(1 for _ in SIGN.finditer(text))

"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"(?:\w+|[^\w\s])\s*|\s+")
# Comparing takes time that grows with the square of what is left after the common beginning and
# end. Beyond this, what differs is shown as a whole.
MOST_WORDS_COMPARED = 1500


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words in a row with what became of them."""

    kind: Kind
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """The two texts as one row of pieces.

    Those that are the same or gone give `before`, those that are the same or new give `after`.
    Takes bounded time for any two texts.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [
        Piece(Kind.SAME, "".join(old[:start])),
        *middle,
        Piece(Kind.SAME, "".join(old[len(old) - end :])),
    ]
    return [piece for piece in pieces if piece.text]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words are the same from the beginning."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if len(old) + len(new) > MOST_WORDS_COMPARED:
        yield Piece(Kind.GONE, "".join(old))
        yield Piece(Kind.NEW, "".join(new))
        return
    # Words that come again and again are no anchors: they would cost the square of their number.
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(old[i:j]))
            continue
        yield Piece(Kind.GONE, "".join(old[i:j]))
        yield Piece(Kind.NEW, "".join(new[k:m]))

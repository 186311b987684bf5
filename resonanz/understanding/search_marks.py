"""The piece of a text that shows why it was found, with the words that were looked for marked.

Places are counted in the text as it stands, never in its folded form, which may be shorter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from resonanz.understanding.compounds import SHORTEST_COMPOUND
from resonanz.understanding.search_query import Query
from resonanz.understanding.search_words import (
    Piece,
    fold,
    host_token,
    mark_tokens,
    number_forms,
    pieces_of,
    stems_of,
)

EXCERPT_CHARACTERS = 240
BEFORE_CHARACTERS = 60
# A word that stands further back is found, and the excerpt is the beginning of the text.
LOOKED_AT_CHARACTERS = 20_000
SHORTEST_PART = 3


@dataclass(frozen=True)
class Run:
    """Some text of an excerpt, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Wanted:
    """The tokens of a query that are worth marking."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    @classmethod
    def by(cls, query: Query) -> "Wanted":
        """What a query wants."""
        terms = [term for group in query.groups for some in group for term in some]
        return cls(
            frozenset(term.token for term in terms if not term.is_prefix),
            tuple(dict.fromkeys(term.token for term in terms if term.is_prefix)),
        )

    def has(self, piece: Piece) -> bool:
        """Whether a piece of a text is one that was looked for."""
        match piece.kind:
            case "emoji":
                return piece.text in self.whole
            case "number":
                return not self.whole.isdisjoint(number_forms(piece.text))
            case "address":
                host = piece.text.split("://", 1)[1].split("/", 1)[0]
                return host_token(host) in self.whole
            case "handle" | "tag":
                marks = mark_tokens(piece.text)
                begins = any(mark.startswith(begun) for mark in marks for begun in self.begun)
                return begins or not self.whole.isdisjoint(marks) or self._has_word(piece.text[1:])
        return self._has_word(piece.text)

    def _has_word(self, word: str) -> bool:
        folded = fold(word)
        if self.begun and folded.startswith(self.begun):
            return True
        # Stems share their beginning with the word, so most words need not be stemmed at all.
        if not any(token[:SHORTEST_PART] in folded for token in self.whole):
            return False
        stems = stems_of(word)
        if not self.whole.isdisjoint(stems):
            return True
        return len(folded) >= SHORTEST_COMPOUND and any(
            stem.startswith(token) or stem.endswith(token)
            for stem in stems
            for token in self.whole
            if len(token) >= SHORTEST_PART
        )


def excerpt_of(text: str, query: Query, *, length: int = EXCERPT_CHARACTERS) -> tuple[Run, ...]:
    """About `length` characters around the first word that was looked for, on one line."""
    line = " ".join(text.split())
    wanted = Wanted.by(query)
    marks = [
        (piece.start, piece.end)
        for piece in pieces_of(line[:LOOKED_AT_CHARACTERS])
        if wanted.has(piece)
    ]
    start = _begin(line, marks[0][0] if marks else 0)
    end = _end(line, start + length)
    runs = list(_runs(line, marks, start, end))
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return tuple(run for run in (Run(before), *runs, Run(after)) if run.text)


def _begin(line: str, first: int) -> int:
    if first <= BEFORE_CHARACTERS:
        return 0
    begin = first - BEFORE_CHARACTERS
    blank = line.find(" ", begin, first)
    return blank + 1 if blank >= 0 else begin


def _end(line: str, end: int) -> int:
    if end >= len(line):
        return len(line)
    blank = line.rfind(" ", end - BEFORE_CHARACTERS, end)
    return blank if blank > 0 else end


def _runs(line: str, marks: list[tuple[int, int]], start: int, end: int) -> Iterator[Run]:
    at = start
    for first, last in marks:
        if first < at or first >= end:
            continue
        yield Run(line[at:first])
        yield Run(line[first : min(last, end)], is_marked=True)
        at = min(last, end)
    yield Run(line[at:end])

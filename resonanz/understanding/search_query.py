"""What somebody typed into the search field, read so that nothing can be wrong with it.

    bäckerei öffnungszeiten     both words, in any order and form
    "guten morgen"              exactly these words in this order („…“ and “…” as well)
    -reklame                    without this word
    brot*                       words that begin like this

A query holds groups of alternatives: every group has to be found, and of a group one
alternative, which is a set of tokens as `search_words` makes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from resonanz.understanding.search_words import (
    Piece,
    camel_parts,
    fold,
    host_token,
    joined,
    mark_tokens,
    number_forms,
    pieces_of,
    stems_of,
)

MOST_WORDS = 12
QUERY_CHARACTERS = 300
SHORTEST_PREFIX = 3

_QUOTES = str.maketrans("„“”«»‟″", '"' * 7)
_CHUNK = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """One token, or the beginning of one."""

    token: str
    is_prefix: bool = False


# Every term of an alternative has to be there.
Alternative = tuple[Term, ...]
Group = tuple[Alternative, ...]
# A phrase: its words, folded.
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What has to be there, what must not, and which words in their order."""

    groups: tuple[Group, ...] = ()
    without: tuple[Group, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without_phrases: tuple[Phrase, ...] = field(default=())

    def __bool__(self) -> bool:
        """Whether there is anything to look for; what must not be there is not enough."""
        return bool(self.groups)

    @property
    def asks_for_order(self) -> bool:
        """Whether the tokens alone do not decide."""
        return bool(self.phrases or self.without_phrases)


def read_query(typed: str, *, is_typing: bool = False) -> Query:
    """Read what was typed; `is_typing` takes the last word as the beginning of one."""
    text = typed.translate(_QUOTES)[:QUERY_CHARACTERS]
    chunks = list(_CHUNK.finditer(text))[:MOST_WORDS]
    groups: list[Group] = []
    without: list[Group] = []
    phrases: list[Phrase] = []
    without_phrases: list[Phrase] = []
    for chunk in chunks:
        is_last = is_typing and chunk is chunks[-1] and not text.endswith((" ", '"'))
        found = tuple(_groups(chunk, is_last=is_last))
        order = phrase_of(chunk["phrase"] or "")
        if chunk["minus"] and len(order) > 1:
            without_phrases.append(order)
        elif chunk["minus"]:
            without += found
        else:
            groups += found
            if len(order) > 1:
                phrases.append(order)
    return Query(tuple(groups), tuple(without), tuple(phrases), tuple(without_phrases))


def _groups(chunk: re.Match[str], *, is_last: bool) -> Iterator[Group]:
    text = chunk["phrase"] if chunk["phrase"] is not None else chunk["words"]
    pieces = list(pieces_of(text))[:MOST_WORDS]
    for piece in pieces:
        is_begun = text[piece.end : piece.end + 1] == "*" or (is_last and piece is pieces[-1])
        group = _group(piece, is_begun=is_begun)
        if group:
            yield group


def _group(piece: Piece, *, is_begun: bool) -> Group:
    """The alternatives by which one piece is found."""
    match piece.kind:
        case "emoji":
            return _one(piece.text)
        case "number":
            return _number(piece.text)
        case "address":
            return _one(host_token(re.sub(r"^https?://([^/?#]*).*", r"\1", piece.text, flags=re.S)))
        case "handle" | "tag":
            # The longest form: a handle with its host, else the name alone.
            return _one(mark_tokens(piece.text)[0], is_prefix=is_begun)
        case _:
            return _words(piece.text, is_begun=is_begun)


def _one(token: str, *, is_prefix: bool = False) -> Group:
    return ((Term(token, is_prefix),),) if token else ()


def _number(text: str) -> Group:
    found = number_forms(text)
    if found:
        return _one(found[0])
    return (tuple(Term(part) for part in re.findall(r"\d+", fold(text))),)


def _words(text: str, *, is_begun: bool) -> Group:
    """A word by any of its stems; one of several parts whole, or all its parts."""
    whole = joined(text)
    if "." in whole:
        return _one(whole)
    parts = [piece for piece in re.split(r"[-‐‑'’.:*_·]", text) if fold(piece)]
    if len(parts) < 2:
        return _word(parts[0], is_begun=is_begun) if parts else ()
    apart = tuple(Term(stems_of(part)[0]) for part in parts)
    return (*(_word(whole, is_begun=is_begun) if whole else ()), apart)


def _word(word: str, *, is_begun: bool) -> Group:
    folded = fold(word)
    begun = ((Term(folded, True),),) if is_begun and len(folded) >= SHORTEST_PREFIX else ()
    return (*((Term(stem),) for stem in stems_of(word)), *begun)


def phrase_of(text: str) -> Phrase:
    """The words of a text, folded, in their order, for comparing phrases."""
    found: list[str] = []
    for piece in pieces_of(text):
        if piece.kind == "tag":
            found += [fold(part) for part in camel_parts(piece.text)] or [fold(piece.text[1:])]
        else:
            found += [folded for part in re.split(r"[^\w]+", piece.text) if (folded := fold(part))]
    return tuple(found)


def keeps_order(query: Query, text: str) -> bool:
    """Whether a text that has all the tokens has the phrases too, and none of those without."""
    if not query.asks_for_order:
        return True
    told = f" {' '.join(phrase_of(text))} "
    return all(f" {' '.join(phrase)} " in told for phrase in query.phrases) and not any(
        f" {' '.join(phrase)} " in told for phrase in query.without_phrases
    )

"""The words by which a text is found: what is written and what is typed become the same tokens.

Case, accents and umlauts are folded, whichever way they are spelt: Bäckerei, Baeckerei and
Backerei are one word, and so are Straße and Strasse. Of every word its German and its English
stem are kept, because nobody knows for certain in which language a word of a post is; a word
that is searched for is found by either (https://snowballstem.org, read 2026-11-22). Compounds
are found by their parts, as `compounds.py` says.

A token has no blank in it. Besides words there are: `@name`, `@name@host` and `#tag` as they
were written, hosts (`bakery.example`), numbers (`2.50`, `1200`) and single emoji.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import Stemmer

from resonanz.understanding.compounds import parts_of

# Rises with every change that makes the same text give other tokens: then all is indexed anew.
RULES = 1
TOKEN_CHARACTERS = 60
# Of one text; the longest articles hold about half as many.
MOST_TOKENS = 8000
WORDS_REMEMBERED = 30_000
SHORTEST_WITH_INNEN = 8

# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th"}
)
# ae, oe, ue as umlauts; not in “neue”, “Quelle”, “Bauer”, where the u belongs to what precedes.
_SPELT_OUT = re.compile(r"(?<![aeiouq])([aou])e")
# Invisible signs that stand in words: soft hyphens, joiners, marks of direction.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_SIGN = "(?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060])"
_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
)
_TOKEN = re.compile(
    rf"""
      (?P<address>https?://[^\s<>"']+)
    | (?P<handle>(?<![\w@/.])@[\w-]+(?:[.@][\w-]+)*)
    | (?P<tag>\#(?:{_SIGN}|_)+)
    | (?P<number>\d+(?:[.,]\d+)*(?!{_SIGN}))
    | (?P<word>{_SIGN}+(?:[-‐‑'’.:*_·]{_SIGN}+)*)
    | (?P<emoji>{_EMOJI})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PART = re.compile(rf"{_SIGN}+")
_CAMEL = re.compile(r"[^\W\d_]?[^\W\d_A-ZÄÖÜ]+|[A-ZÄÖÜ]+(?![a-zäöüß])|\d+")
_HOST = re.compile(r"https?://(?:[^/@?#\s]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
# A text in which one of these stands is German, whatever its language is said to be.
_GERMAN_WORDS = """
    aber auch auf aus bei das dem den der des die ein eine einen es für habe haben ich ihr ist
    mein mit nicht noch nur oder schon sehr sich sie sind über um und uns von vor war was wenn wer
    wie wir zu zum zur
"""
_GERMAN = frozenset(_GERMAN_WORDS.split())


@dataclass(frozen=True)
class Piece:
    """Something in a text that can be searched for: where it stands, and what it is."""

    start: int
    end: int
    kind: str
    text: str


def pieces_of(text: str) -> Iterator[Piece]:
    """The words, handles, tags, numbers, addresses and emoji of a text, in order."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "word"
        yield Piece(found.start(), found.end(), kind, found.group())


def fold(word: str) -> str:
    """A word in one spelling: case, accents, umlauts and their ae, oe, ue are gone."""
    return _remembered_fold(word) if len(word) <= TOKEN_CHARACTERS else _fold(word)


def _fold(word: str) -> str:
    lower = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)).casefold()
    apart = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _SPELT_OUT.sub(r"\1", plain.translate(_LETTERS))[:TOKEN_CHARACTERS]


# What phrases are looked for in is folded anew for each search; people use the same words.
_remembered_fold = lru_cache(WORDS_REMEMBERED)(_fold)


# A stemmer must not be used by two threads at once.
_own = threading.local()


def _stem(language: str, word: str) -> str:
    stemmer: Any = getattr(_own, language, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(language)
        setattr(_own, language, stemmer)
    stem: str = stemmer.stemWord(word)
    return stem


@lru_cache(WORDS_REMEMBERED)
def stems_of(word: str) -> tuple[str, ...]:
    """The German and the English stem of a word, first the German; each once."""
    folded = fold(word)
    if len(folded) <= 2 or not folded.isalpha():
        return (folded,) if folded else ()
    found = [_stem("german", folded), _stem("english", folded)]
    if folded.endswith("innen") and len(folded) >= SHORTEST_WITH_INNEN:
        # Freundinnen are found by Freundin, which the stemmer keeps apart.
        found.append(folded.removesuffix("nen"))
    return tuple(dict.fromkeys(found))


@lru_cache(WORDS_REMEMBERED)
def parts_stemmed(word: str) -> tuple[str, ...]:
    """The German stems of what a word may be made of."""
    lower = unicodedata.normalize("NFC", _INVISIBLE.sub("", word)).casefold()
    whole = unicodedata.normalize("NFC", word).lower() if "ß" in word else lower
    return tuple(dict.fromkeys(_stem("german", fold(part)) for part in parts_of(whole)))


def index_words(texts: Iterable[str], *, language: str = "") -> list[str]:
    """The tokens by which these texts are found, each once, at most eight thousand.

    `language` is what the post says of itself; only an English text in which no German word
    stands is not searched for compounds.
    """
    pieces = [piece for text in texts for piece in pieces_of(text)]
    is_german = not language.lower().startswith("en") or any(
        piece.text.lower() in _GERMAN for piece in pieces if piece.kind == "word"
    )
    found: dict[str, None] = {}
    for piece in pieces:
        found.update(dict.fromkeys(_tokens(piece, with_parts=is_german)))
        if len(found) > MOST_TOKENS:
            break
    return [token for token in found if token][:MOST_TOKENS]


def _tokens(piece: Piece, *, with_parts: bool) -> Iterator[str]:
    """Every token by which a piece is found."""
    if piece.kind == "emoji":
        yield piece.text
    elif piece.kind == "number":
        yield from number_forms(piece.text)
        yield from re.findall(r"\d+", fold(piece.text))
    elif piece.kind == "address":
        yield from _host_tokens(piece.text)
    else:
        if piece.kind in ("handle", "tag"):
            yield from mark_tokens(piece.text)
            yield host_token(piece.text.rpartition("@")[2]) if "." in piece.text else ""
        yield from _word_tokens(piece, with_parts=with_parts)


def _word_tokens(piece: Piece, *, with_parts: bool) -> Iterator[str]:
    words = _PART.findall(piece.text)
    whole = joined(piece.text)
    if whole:
        words.append(whole)
        yield whole if "." in whole else ""
    if piece.kind in ("handle", "tag"):
        words += camel_parts(piece.text)
    for word in words:
        yield from stems_of(word)
        if with_parts:
            yield from parts_stemmed(word)


def joined(text: str) -> str:
    """A word of several parts as one: e-mail as email, Kolleg:innen as Kolleginnen.

    What has a full stop in it is a host, and keeps it. "" for what has only one part.
    """
    parts = _PART.findall(text)
    if len(parts) < 2 or text.startswith(("@", "#")):
        return ""
    if "." in text:
        is_host = all(len(part) > 1 for part in parts[-2:]) and parts[-1].isalpha()
        return ".".join(fold(part) for part in parts) if is_host else ""
    return "" if all(part.isdigit() for part in parts) else "".join(parts)


def mark_tokens(text: str) -> list[str]:
    """A handle whole and without its host, or a tag: `@Ada@town.example` gives two tokens."""
    folded = unicodedata.normalize("NFKC", text).casefold()[: TOKEN_CHARACTERS * 2]
    if folded.startswith("#"):
        return [f"#{fold(folded[1:])}"]
    name = folded[1:].split("@", 1)[0].split(".", 1)[0]
    return list(dict.fromkeys((folded, f"@{name}")))


def camel_parts(text: str) -> list[str]:
    """The words of `#BrotUndButter`; none where there is only one."""
    parts = _CAMEL.findall(text)
    return parts if len(parts) > 1 else []


def number_forms(text: str) -> list[str]:
    """A number as it is compared: "2,50" and "2.50" as 2.50, "1.200" as 1200, else nothing."""
    parts = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    if len(parts) == 1:
        return parts
    *front, last = parts
    if len(last) == 3 and all(len(part) == 3 for part in front[1:]):
        return ["".join(parts)]
    if len(last) <= 2 and all(len(part) == 3 for part in front[1:]):
        return [f"{''.join(front)}.{last}"]
    return []


def _host_tokens(address: str) -> Iterator[str]:
    found = _HOST.match(address)
    if found is None:
        return
    names = [fold(part) for part in _PART.findall(found[1])]
    yield host_token(found[1])
    for name in names[:-1]:
        yield from stems_of(name)


def host_token(host: str) -> str:
    """The token of a host, without www."""
    return ".".join(fold(part) for part in _PART.findall(host.lower().removeprefix("www.")))

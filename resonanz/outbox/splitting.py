"""A text that is too long for one post, as several posts in a row. Pure.

Between two posts stands a line of three dashes. Whoever writes can set such lines; `with_breaks`
sets them where a part would be too long: at the end of a paragraph if possible, else of a
sentence, else of a word. Links are never cut.
"""

import re
from collections.abc import Callable

BREAK = "---"
# A paragraph or sentence end counts as a good place when it leaves at least this much of a part.
WORTH_IT = 0.4
MOST_PARTS = 25

# Told the text of a part, its place (from 0) and whether it is the last: does it fit?
Fits = Callable[[str, int, bool], bool]

_BREAK_LINE = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
# Two letters or a digit before the full stop: “z. B.” and “e. g.” end no sentence.
_SENTENCE_END = re.compile(r"(?<=[^\W_][^\W_][.!?…])[\"”“’»)]*\s+(?=[^\Wa-zäöüß])")
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"https?://\S+")
_JOINS_BEFORE = re.compile(r"[\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def parts_at_breaks(text: str) -> list[str]:
    """The parts between lines of three dashes, empty ones left out."""
    parts = (part.strip() for part in _BREAK_LINE.split(text.replace("\r\n", "\n")))
    return [part for part in parts if part]


def without_breaks(text: str) -> str:
    """The text as one, with an empty line where a break was."""
    return "\n\n".join(parts_at_breaks(text)) if _BREAK_LINE.search(text) else text


def with_breaks(text: str, fits: Fits) -> str:
    """The text with lines of three dashes so that each part fits, as far as that is possible."""
    wanted, found = parts_at_breaks(text), list[str]()
    for at, part in enumerate(wanted):
        is_end = at == len(wanted) - 1
        found += _cut(part, len(found), lambda *told, end=is_end: _fits(fits, *told, end=end))
    return f"\n\n{BREAK}\n\n".join(found)


def _fits(fits: Fits, text: str, position: int, is_last: bool, *, end: bool) -> bool:
    return fits(text, position, is_last and end)


def _cut(text: str, position: int, fits: Fits) -> list[str]:
    parts: list[str] = []
    while not fits(text, position + len(parts), True) and position + len(parts) < MOST_PARTS:
        at = _best_cut(text, position + len(parts), fits)
        if at is None:
            break
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text else parts


def _best_cut(text: str, position: int, fits: Fits) -> int | None:
    """Where to cut so that the beginning fits; None where nothing can be cut."""
    words = [found.start() for found in _SPACE.finditer(text)]
    longest = _longest(words, text, position, fits)
    if longest is None:
        return _inside_word(words, text, position, fits)
    for end in (_PARAGRAPH_END, _SENTENCE_END):
        good = [found.end() for found in end.finditer(text, 0, longest + 2) if found.start()]
        good = [at for at in good if len(text[:at].rstrip()) <= longest]
        if good and good[-1] >= longest * WORTH_IT:
            return good[-1]
    return longest


def _longest(ends: list[int], text: str, position: int, fits: Fits) -> int | None:
    """The last of the ends up to which the text still fits, by halving."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if fits(text[: ends[middle]], position, False):
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else None


def _inside_word(words: list[int], text: str, position: int, fits: Fits) -> int | None:
    """A cut within a first word that is too long for itself; a link stands alone, whole."""
    first = words[0] if words else len(text)
    if _LINK.search(text, 0, first):
        return first if first < len(text) else None
    joined = [at for at in range(1, first) if not _is_joined(text, at)]
    return _longest(joined, text, position, fits) or (words[0] if words else None)


def _is_joined(text: str, at: int) -> bool:
    return bool(_JOINS_BEFORE.match(text[at])) or text[at - 1] == "\u200d"

"""Templates obey the floors too, bring no style and no script of their own, and escape."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.house_rules.findings import ROOMS, Finding

URL = re.compile(r"""{%\s*url\s+(["'])([^"']+)\1""")
PART = re.compile(r"""{%\s*(include|extends|piece)\s+(["'])([^"']+)\2""")
ANY_PART = re.compile(r"{%\s*(include|extends|piece)\s+(?![\"'])(\S+)")
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:"""
)
UNESCAPED = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off|\|\s*safeseq\b")
# `include … only` keeps the CSRF token away, and a test client does not miss it.
FORM_WITHOUT_TOKEN = re.compile(
    r"""{%\s*include\s+["']plumbing/pieces/(?:act|confirm|reply)\.html["'][^%]*\bonly\b"""
)
BLOCK = re.compile(r"{%\s*block\b")
PAGE = re.compile(r"<!doctype|<html\b|<body\b", re.IGNORECASE)

FRAMES = ("plumbing/base.html", "plumbing/bare.html")
# Layouts and elements that allauth looks up by name; they stand on the ground floor.
OUTSIDE = ("allauth", "account", "mfa", "socialaccount")
# Where a fragment is chosen at run time, by a panel of a room.
CHOSEN_AT_RUN_TIME: Mapping[str, str] = {
    "resonanz/people/templates/people/person.html": "passages of the rooms above",
}
MAY_BE_UNESCAPED: Mapping[str, str] = {}

RoomOfUrl = Mapping[str, str]


def room_of(path: Path) -> str:
    """The room (or floor) that a template belongs to: the folder below `resonanz`."""
    return path.parts[path.parts.index("templates") - 1]


def floor_of(path: Path) -> int:
    """How many rooms lie above a template's own."""
    room = room_of(path)
    return ROOMS.index(room) if room in ROOMS else len(ROOMS)


def lint(path: Path, text: str, room_of_url: RoomOfUrl) -> Iterator[Finding]:
    """Every breach in one template. `room_of_url` names the room of each address."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for rule in (inline, unescaped, without_token, unframed, strange_parts):
        yield from rule(path, text)
    yield from strange_urls(path, text, room_of_url)


def _found(
    rule: str, path: Path, text: str, pattern: re.Pattern[str], what: Callable[[re.Match[str]], str]
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(rule, path, text.count("\n", 0, match.start()) + 1, what(match))


def inline(path: Path, text: str) -> Iterator[Finding]:
    """Style and script belong in files: the content security policy forbids them here."""
    yield from _found("inline", path, text, INLINE, lambda found: found[0].strip())


def unescaped(path: Path, text: str) -> Iterator[Finding]:
    """Text from outside is escaped by default; whoever switches that off is listed."""
    if not path.as_posix().endswith(tuple(MAY_BE_UNESCAPED)):
        yield from _found("unescaped", path, text, UNESCAPED, lambda found: found[0].strip())


def without_token(path: Path, text: str) -> Iterator[Finding]:
    """A piece with a form is taken by `piece`, which hands it the CSRF token."""
    yield from _found("without-token", path, text, FORM_WITHOUT_TOKEN, lambda found: found[0])


def unframed(path: Path, text: str) -> Iterator[Finding]:
    """A page extends a frame; whatever does not is a fragment without blocks of its own."""
    place = path.as_posix().split("/templates/")[1]
    if place in FRAMES or place.startswith(OUTSIDE) or path.suffix != ".html":
        return
    if any(found[1] == "extends" for found in PART.finditer(text)):
        return
    if BLOCK.search(text) or PAGE.search(text):
        yield Finding("unframed", path, 1, place)


def strange_parts(path: Path, text: str) -> Iterator[Finding]:
    """A template takes parts from its own room and those below, by their names."""
    below = (*ROOMS[floor_of(path) :], "plumbing", *OUTSIDE)
    allowed = tuple(f"{folder}/" for folder in below)
    for match in PART.finditer(text):
        if not match[3].startswith(allowed):
            line = text.count("\n", 0, match.start()) + 1
            yield Finding("strange-part", path, line, match[3])
    if not path.as_posix().endswith(tuple(CHOSEN_AT_RUN_TIME)):
        yield from _found("part-by-variable", path, text, ANY_PART, lambda found: found[2])


def strange_urls(path: Path, text: str, room_of_url: RoomOfUrl) -> Iterator[Finding]:
    """A room's template leads to pages of its own or lower rooms; only the house names all."""
    floor = floor_of(path)
    for match in URL.finditer(text):
        target, line = room_of_url.get(match[2], ""), text.count("\n", 0, match.start()) + 1
        if not target:
            yield Finding("unknown-url", path, line, match[2])
        elif target in ROOMS and ROOMS.index(target) < floor:
            yield Finding("url-upstairs", path, line, match[2])

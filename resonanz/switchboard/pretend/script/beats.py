"""The shapes that the script is written in."""

import re
from datetime import timedelta

from resonanz.switchboard.shapes import Audience, Kind, ReactionKind, Shape, Standing

UNITS = {"d": "days", "h": "hours", "m": "minutes"}
PART = re.compile(r"(\d+)([dhm])")


class Words(Shape):
    """The same words in the two languages of the town. Neither may be empty."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in `de` or `en`."""
        return self.de if language == "de" else self.en


SILENCE = Words(de="", en="")


class Drawing(Shape):
    """A picture in a post: what is drawn (a name in `drawing.py`), and what its description says.

    Without words nobody has described it.
    """

    motif: str
    words: Words = SILENCE


class Ballot(Shape):
    """A poll: the choices with the votes that they have in the end, and when that is."""

    choices: tuple[tuple[Words, int], ...]
    ends: timedelta
    is_multiple: bool = False


class Leaflet(Shape):
    """What is shown of a page that a post links to. Of its address the post has to tell, too."""

    url: str
    title: Words
    words: Words
    provider: str
    motif: str = ""


class Line(Shape):
    """What somebody says when we have answered. `is_bare` leaves our name out of it."""

    words: Words
    is_bare: bool = False


class Beat(Shape):
    """Something said, at a time relative to entering the town.

    `by` is a person's slug, `us` for ourselves. `answers` is the slug of another beat. `then`
    is what the person says when we answer, one line for each of our answers, after which she
    only nods. `goes` is when the post is deleted again, `changed_at` when its words become
    `changed`, both on the same scale as `at`. `quotes` is the slug of another beat.
    `is_elsewhere` says that our server never heard of it: only the one where it was said did.
    What has a `title` is an article on our page in the town, and its `kind` says so; comments
    there may have to wait for us (`standing`).

    The words may hold `{us}` (our handle), `{name}`, `{domain}` and every person's slug
    (`{frieda}`), which becomes her handle.
    """

    slug: str
    by: str
    at: timedelta
    words: Words
    answers: str = ""
    audience: Audience = Audience.PUBLIC
    warning: Words = SILENCE
    then: tuple[Line, ...] = ()
    goes: timedelta | None = None
    changed_at: timedelta | None = None
    changed: Words = SILENCE
    quotes: str = ""
    pictures: tuple[Drawing, ...] = ()
    ballot: Ballot | None = None
    leaflet: Leaflet | None = None
    is_elsewhere: bool = False
    title: Words = SILENCE
    kind: Kind = Kind.POST
    standing: Standing = Standing.PUBLISHED


class Nod(Shape):
    """Something done without words. `on` is a beat's slug, "" for a follow.

    On a beat of ours it is a reaction to us; a boost of a neighbour's beat passes it on.
    """

    by: str
    at: timedelta
    kind: ReactionKind
    on: str = ""


def when(text: str) -> timedelta:
    """`-3d 2h` as a span of time. Raises ValueError when nothing can be read."""
    parts = PART.findall(text)
    if not parts:
        raise ValueError(f"{text!r} is no time of the script.")
    span = timedelta(**{UNITS[unit]: int(number) for number, unit in parts})
    return -span if text.startswith("-") else span


def said(slug: str, by: str, at: str, de: str, en: str, **more: object) -> Beat:
    """A beat, written short. `more` is what `Beat` takes."""
    return Beat(slug=slug, by=by, at=when(at), words=Words(de=de, en=en), **more)  # type: ignore[arg-type]


def line(de: str, en: str, *, is_bare: bool = False) -> Line:
    """A line, written short."""
    return Line(words=Words(de=de, en=en), is_bare=is_bare)


def nod(by: str, at: str, kind: ReactionKind, on: str = "") -> Nod:
    """A nod, written short."""
    return Nod(by=by, at=when(at), kind=kind, on=on)

"""Reads a list that the server gives from new to old, down to what was seen last time.

The list may be longer than one look may read, the line may break in the middle, things may
have been deleted, a thing may appear late below the newest one, and a server may ignore
where it was asked to go on. So a cursor holds the ids of what was newest (not only one), and
where a look that was not finished has to go on. Pure, apart from calling `fetch`.
"""

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

import msgspec

from resonanz.switchboard.shapes import Shape

Item = TypeVar("Item")


class Mark(Shape):
    """What a cursor holds. `seen` are ids, newest first.

    A look that was not finished left `top`, the ids it began with, and `before`, the id below
    which it has to go on.
    """

    seen: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    before: str = ""


class Fetched(NamedTuple, Generic[Item]):
    """One page of a list: entries with their ids, newest first, and where the next one begins.

    `next_before` is "" when the server says that there is no further page.
    """

    entries: list[tuple[str, Item]]
    next_before: str


class Step(NamedTuple, Generic[Item]):
    """What is new on one page, and the cursor once it is kept (None: not yet)."""

    items: list[Item]
    cursor: str | None
    is_backlog: bool


def mark_of(cursor: str) -> Mark:
    """Read a cursor. One that cannot be read is as good as a first look."""
    try:
        return msgspec.json.decode(cursor, type=Mark)
    except msgspec.DecodeError:
        return Mark()


def walk(
    cursor: str,
    fetch: Callable[[str], Fetched[Item]],
    *,
    most_pages: int,
    first_pages: int,
    remembered: int,
) -> Iterator[Step[Item]]:
    """Steps from the newest entry down to what is known, at most `most_pages` pages.

    A first look takes `first_pages`; a cursor holds `remembered` ids, more than a page has.
    `fetch` takes where to go on, "" for the newest.
    """
    mark, is_first = mark_of(cursor), not cursor
    top, before = mark.top, mark.before
    handed_over: set[str] = set()
    for number in range(1, (first_pages if is_first else most_pages) + 1):
        page = fetch(before)
        ids = [name for name, _ in page.entries]
        top = top or tuple(ids)
        fresh = [
            (name, item)
            for name, item in page.entries
            if name not in handed_over and not is_known(mark, name)
        ]
        handed_over.update(ids)
        ended = len(fresh) < len(ids) or not ids or not page.next_before
        ended = ended or (is_first and number == first_pages)
        before = page.next_before
        yield Step(
            [item for _, item in fresh],
            _cursor_after(mark, top, before, ended=ended, is_first=is_first, remembered=remembered),
            is_first,
        )
        if ended:
            return


def _cursor_after(
    mark: Mark,
    top: tuple[str, ...],
    before: str,
    *,
    ended: bool,
    is_first: bool,
    remembered: int,
) -> str | None:
    if ended:
        after = Mark(seen=tuple(dict.fromkeys((*top, *mark.seen)))[:remembered])
    elif is_first:
        # A first look that breaks off begins anew: it is short.
        return None
    else:
        after = Mark(seen=mark.seen, top=top, before=before)
    return msgspec.json.encode(after).decode()


def is_known(mark: Mark, name: str) -> bool:
    """Whether an entry was handed over by an earlier look.

    An entry between known ones that is not among them came late, and is new. Below the lowest
    known one everything is old, which can only be told where ids are numbers.
    """
    if name in mark.seen:
        return True
    numbers = [int(seen) for seen in mark.seen if seen.isdecimal()]
    return bool(numbers) and name.isdecimal() and int(name) < min(numbers)

"""Reads a list of a blog down to what is known, and notices what changed in what is known.

WordPress tells nobody what was changed or taken away, and its comments carry no time of their
last change. So a cursor holds, for the newest thousand, what each looked like (its *print*). A
look compares the newest hundred, and a hundred of the others in turn; what is missing where it
should stand is asked for by its number: it lies in the trash or among spam then, or it is gone.

Pages of a list shift while things are inserted and taken away. What is inserted makes the next
page repeat some; what is taken away makes it leave some out, which the next look finds, since
what stands between known ones and is not known is new. Pure, apart from asking the list.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from resonanz.networks.wordpress.limits import (
    ASIDE_LOOKED_AT_EVERY,
    FIRST_LOOK_PAGES,
    PAGES_PER_LOOK,
    PER_PAGE,
    WATCHED,
)
from resonanz.switchboard.shapes import Shape

Item = TypeVar("Item")
Key = tuple[str, int]
# In front of the print of what is in no list any more, but still there: trash, spam, drafts.
ASIDE = "~"
LOWEST: Key = ("", -1)


class Entry(NamedTuple, Generic[Item]):
    """One thing of a list; `item` is None for what takes a place in it and is not wanted."""

    id: str
    print: str
    item: Item | None


class Fetched(NamedTuple, Generic[Item]):
    """One page, newest first. `is_whole` says that every entry of it could be read."""

    entries: list[Entry[Item]]
    is_last: bool
    is_whole: bool


class Watchable(Protocol[Item]):
    """A list that can be watched."""

    def page(self, number: int) -> Fetched[Item]:
        """A page of the list, from 1."""
        ...

    def look_up(self, ids: Sequence[str]) -> Fetched[Item]:
        """Those of these things that are still there, in whatever standing."""
        ...

    def key(self, id: str, print: str) -> Key:
        """What the list is ordered by."""
        ...


class Memory(Shape):
    """What a cursor holds: prints by id.

    A look that was not finished left what it had handed over in `pending`, and the `page` from
    which it has to go on. `missing` are still to be asked for. `turn` counts the looks.
    """

    known: dict[str, str] = msgspec.field(default_factory=dict)
    pending: dict[str, str] = msgspec.field(default_factory=dict)
    missing: tuple[str, ...] = ()
    page: int = 0
    turn: int = 0


class Step(NamedTuple, Generic[Item]):
    """What is new or other than before, what is gone, and the cursor once it is kept.

    `before` are the prints of those items that were known and are other than before, by id.
    """

    items: list[Item]
    gone: list[str]
    cursor: str | None
    is_backlog: bool
    before: dict[str, str]


def memory_of(cursor: str) -> Memory:
    """Read a cursor. One that cannot be read is as good as a first look."""
    try:
        return msgspec.json.decode(cursor, type=Memory)
    except msgspec.DecodeError:
        return Memory()


def cursor_of(memory: Memory) -> str:
    """Write a cursor."""
    return msgspec.json.encode(memory).decode()


def walk(cursor: str, listing: Watchable[Item]) -> Iterator[Step[Item]]:
    """Steps from the newest down to what is known; then what changed further below."""
    look = _Look(cursor, listing)
    yield from look.downwards()
    if not look.is_first and look.is_done:
        yield from look.aside()


class _Look(Generic[Item]):
    """One look at one list."""

    def __init__(self, cursor: str, listing: Watchable[Item]) -> None:
        self._listing = listing
        self._memory = memory_of(cursor)
        self.is_first = not self._memory.known and not self._memory.pending and not cursor
        self.is_done = False
        self._known = dict(self._memory.known)
        self._pending = dict(self._memory.pending)
        # Things below the lowest known one are older than our first look.
        keys = [self._key(id, print) for id, print in self._known.items()]
        self._lowest = min(keys, default=LOWEST)
        # The lowest entry of each page that was read in this look.
        self._read: dict[int, Key] = {}
        self._missing = list(self._memory.missing)

    def downwards(self) -> Iterator[Step[Item]]:
        """The newest pages, until something known is reached."""
        start = self._memory.page or 1
        most = FIRST_LOOK_PAGES if self.is_first else PAGES_PER_LOOK
        for number in range(start, start + most):
            page = self._listing.page(number)
            fresh = self._fresh(page)
            reached = any(self._is_reached(entry) for entry in page.entries)
            repeats = number > start and all(e.id in self._pending for e in page.entries)
            self._note(page, number)
            self._pending |= {entry.id: entry.print for entry in page.entries}
            is_bound = self.is_first and number == start + most - 1
            self.is_done = reached or page.is_last or not page.entries or repeats or is_bound
            yield self._step(fresh, number)
            if self.is_done:
                return

    def aside(self) -> Iterator[Step[Item]]:
        """One of the older pages, and what is missing where it should stand."""
        fresh: list[Entry[Item]] = []
        listed = sum(1 for print in self._known.values() if not print.startswith(ASIDE))
        pages = min(-(-listed // PER_PAGE), WATCHED // PER_PAGE)
        number = 2 + self._memory.turn % (pages - 1) if pages > 1 else 1
        if number not in self._read:
            page = self._listing.page(number)
            fresh = self._fresh(page)
            self._note(page, number)
            self._known |= {e.id: e.print for e in page.entries if self._is_watched(e)}
        if self._memory.turn % ASIDE_LOOKED_AT_EVERY == 0:
            lying = [id for id, print in self._known.items() if print.startswith(ASIDE)]
            self._missing += [id for id in lying if id not in self._missing]
        gone: list[str] = []
        if asked := self._missing[:PER_PAGE]:
            answer = self._listing.look_up(asked)
            fresh += [e for e in answer.entries if self._known.get(e.id) != e.print]
            there = {entry.id: entry.print for entry in answer.entries}
            self._known |= there
            gone = [id for id in asked if id not in there] if answer.is_whole else []
        before = self._memory.known
        self._known = {id: print for id, print in self._known.items() if id not in gone}
        yield Step(
            [entry.item for entry in fresh if entry.item is not None],
            gone,
            cursor_of(
                Memory(
                    known=self._trimmed(self._known),
                    missing=tuple(self._missing[PER_PAGE:]),
                    turn=self._memory.turn + 1,
                )
            ),
            False,
            {entry.id: before[entry.id] for entry in fresh if entry.id in before},
        )

    def _key(self, id: str, print: str) -> Key:
        return self._listing.key(id, print.removeprefix(ASIDE))

    def _fresh(self, page: Fetched[Item]) -> list[Entry[Item]]:
        return [
            entry
            for entry in page.entries
            if entry.item is not None
            and self._known.get(entry.id) != entry.print
            and self._pending.get(entry.id) != entry.print
            and self._is_watched(entry)
        ]

    def _is_watched(self, entry: Entry[Item]) -> bool:
        return entry.id in self._known or self._key(entry.id, entry.print) > self._lowest

    def _is_reached(self, entry: Entry[Item]) -> bool:
        """Whether an entry is as we know it, or older than everything we know."""
        if not self._known:
            return False
        is_known = self._known.get(entry.id) == entry.print
        return is_known or self._key(entry.id, entry.print) < self._lowest

    def _note(self, page: Fetched[Item], number: int) -> None:
        """Note that a page was read, and which known things are missing on it."""
        keys = [self._key(entry.id, entry.print) for entry in page.entries]
        lowest, highest = min(keys, default=LOWEST), max(keys, default=LOWEST)
        ceiling = self._read.get(number - 1, highest)
        self._read[number] = lowest
        if not page.is_whole or (number > 1 and not page.entries):
            return
        here = {entry.id for entry in page.entries} | self._pending.keys()
        for id, print in self._memory.known.items():
            if print.startswith(ASIDE) or id in here or id in self._missing:
                continue
            key = self._key(id, print)
            if (number == 1 or key < ceiling) and (page.is_last or key > lowest):
                self._missing.append(id)

    def _step(self, fresh: list[Entry[Item]], number: int) -> Step[Item]:
        known = self._memory.known
        return Step(
            [entry.item for entry in fresh if entry.item is not None],
            [],
            self._cursor(number),
            self.is_first,
            {e.id: known[e.id] for e in fresh if e.id in known},
        )

    def _cursor(self, number: int) -> str | None:
        if self.is_done:
            self._known = self._trimmed({**self._known, **self._pending})
            return self._kept(known=self._known)
        if self.is_first:
            # A first look that breaks off begins anew: it is short.
            return None
        # The next look reads this page once more, since it may have shifted.
        pending = self._trimmed(self._pending)
        return self._kept(known=self._memory.known, pending=pending, page=number)

    def _kept(self, **more: Any) -> str:
        """The cursor of this look, before it has looked aside."""
        missing = tuple(self._missing)
        return cursor_of(Memory(missing=missing, turn=self._memory.turn, **more))

    def _trimmed(self, prints: dict[str, str]) -> dict[str, str]:
        """The newest thousand."""
        newest = sorted(prints, key=lambda id: self._key(id, prints[id]), reverse=True)
        return {id: prints[id] for id in newest[:WATCHED]}

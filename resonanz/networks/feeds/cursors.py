"""What is remembered of a feed between two looks, as a string that only this network reads.

An entry is remembered by twenty characters: twelve of its name's hash and eight of its words'.
A cursor that cannot be read counts as none: then everything is backlog once more, and nobody is
alarmed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.translate import fingerprint
from resonanz.switchboard.shapes import Said

NAME_CHARACTERS = 12


class Memory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A feed as we last saw it.

    `address` is where it moved for good ("" for nowhere), `first_look` when it was first read
    (None: never yet), `not_before` until when it asked to be left alone, `failures` how often in
    a row it could not be read, `seen` the entries, newest first.
    """

    address: str = ""
    etag: str = ""
    modified: str = ""
    body: str = ""
    first_look: datetime | None = None
    not_before: datetime | None = None
    failures: int = 0
    seen: tuple[str, ...] = ()

    def wording_of(self, said: Said) -> str | None:
        """The fingerprint under which an entry was last seen, or None if it is new."""
        return self._by_name.get(_name(said))

    @property
    def _by_name(self) -> dict[str, str]:
        return {mark[:NAME_CHARACTERS]: mark[NAME_CHARACTERS:] for mark in self.seen}

    def back_off(self) -> timedelta:
        """How long to wait after the failure that is counted last."""
        doublings = min(max(self.failures - 1, 0), 20)
        return min(limits.FIRST_BACK_OFF * (1 << doublings), limits.LONGEST_BACK_OFF)


def remembered(cursor: str) -> Memory:
    """The memory in a cursor; an empty one for an empty or foreign cursor."""
    try:
        return msgspec.json.decode(cursor, type=Memory)
    except msgspec.DecodeError:
        return Memory()


def cursor_of(memory: Memory) -> str:
    """The memory as a cursor."""
    return msgspec.json.encode(memory).decode()


def seen_now(entries: Iterable[Said], before: Memory) -> tuple[str, ...]:
    """The entries of this look, and behind them those of earlier looks, bounded."""
    marks = {_name(entry): fingerprint(entry) for entry in entries}
    for name, wording in before._by_name.items():
        marks.setdefault(name, wording)
    return tuple(f"{name}{wording}" for name, wording in marks.items())[: limits.ENTRIES_REMEMBERED]


def changed_since(
    entries: Iterable[Said], memory: Memory, now: datetime
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """The entries that are new, and those whose words changed, which get `edited_at`."""
    new, edited, known = [], [], memory._by_name
    for entry in entries:
        wording = known.get(_name(entry))
        if wording is None:
            new.append(entry)
        elif wording != fingerprint(entry):
            edited.append(msgspec.structs.replace(entry, edited_at=entry.edited_at or now))
    return tuple(new), tuple(edited)


def _name(said: Said) -> str:
    return sha256(said.uid.encode("utf-8", "replace")).hexdigest()[:NAME_CHARACTERS]

"""What a programme on Today is made of: kinds of things to do, each told by the room that knows it.

    ERRANDS.add(20, Errand(name="waiting", minutes=4, due=…, look=…, waits=…))

Nothing here is kept: a programme holds names and keys, and asks the rooms how they stand.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from resonanz.plumbing.panels import Place
from resonanz.workspaces.models import Member


@dataclass(frozen=True)
class Task:
    """One thing to do as a programme shows it.

    `by` names the colleague who did it, where it was not the reader.
    """

    name: str
    what: str
    url: str
    seed: str = ""
    is_done: bool = False
    by: str = ""


@dataclass(frozen=True)
class Errand:
    """Things to do of one kind.

    `minutes` is an honest estimate for one of them. `due(member, most)` gives the keys of what
    is to be done, what comes first in front; `look(member, keys)` tells how these stand now, in
    one query, and leaves out what is no longer there. `share` is how many of them a programme
    takes in one round. `waits(count)` says in a sentence that so many are left for another day
    ("7", "100+"); without it nothing waits. `is_giving` marks what nobody asks for.
    """

    name: str
    minutes: int
    due: Callable[[Member, int], list[str]]
    look: Callable[[Member, Collection[str]], dict[str, Task]]
    waits: Callable[[str], str] | None = None
    share: int = 1
    is_giving: bool = False


ERRANDS: Place[Errand] = Place("errands of a programme")


def ids_of(keys: Collection[str]) -> list[int]:
    """Keys that are ids of rows, as numbers."""
    return [int(key) for key in keys if key.isdecimal()]


def by_somebody_else(member: Member, pk: int | None, name: str | None) -> str:
    """The colleague's name, empty where it was the member herself or nobody is known."""
    return name or "" if pk is not None and pk != member.pk else ""

"""Places that belong to the whole workspace, filled by the rooms above.

TODAY.add(10, our_sections)     # our_sections(member: Member) -> [Section, …], one panel a room
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from resonanz.plumbing.panels import Place
from resonanz.workspaces.models import Invitation, Member, User


@dataclass(frozen=True)
class Section:
    """One part of the Today page: what it is about, its rows, and the template that shows a row.

    `rows` are at most a handful; `total` says how many there are in all and `more_url` leads to
    them. `is_more` says that there are more than `total`, uncounted: a count costs a query. A
    section without rows is not shown. `row_template` gets one row as `row`, and what is in
    `extra`. Titles are translated sentences or words. `headline` is one sentence for the top
    of the page (“Jonas has been waiting for six days.”); the first section with one gives it.
    Sections stand in their `order`.
    """

    name: str
    title: str
    row_template: str
    rows: list[Any]
    total: int
    more_url: str = ""
    lede: str = ""
    headline: str = ""
    is_more: bool = False
    order: int = 50
    extra: dict[str, Any] = field(default_factory=dict)


TODAY: Place[Callable[[Member], Iterable[Section]]] = Place("on Today")


def sections_of(member: Member) -> list[Section]:
    """What stands on Today for a member: the sections that have rows, in order."""
    found = [section for panel in TODAY for section in panel(member) if section.rows]
    return sorted(found, key=lambda section: section.order)


@dataclass(frozen=True)
class Door:
    """A way on from the welcome page; all doors are of equal size."""

    url: str
    icon: str
    title: str
    text: str


WELCOME: Place[Callable[[], Door]] = Place("on the welcome page")

# Pages of settings that rooms above bring; every member may open them.
MORE_SETTINGS: Place[Callable[[], Door]] = Place("more settings")


# Somebody was invited: whoever can bring the link to her does so, and says whether it is on its
# way. The link stands on the page as well.
INVITED: Place[Callable[[Invitation, str], bool]] = Place("somebody is invited")

# Somebody forgot her password: whoever can bring the link to her does so, and says whether it is
# on its way. It is told nowhere else.
FORGOTTEN: Place[Callable[[User, str], bool]] = Place("a password is forgotten")


@dataclass(frozen=True)
class Leaving:
    """A member leaves: who takes over what is open (None: everybody), and who does it."""

    member: Member
    successor: Member | None
    by: Member


# Each room hands over what is hers and gives how many things that were. Called in one transaction.
LEAVING: Place[Callable[[Leaving], int]] = Place("a member leaves")

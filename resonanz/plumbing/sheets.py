"""Pages of long lists, cut by where one stands and never by counting rows.

What comes next is asked from the last row shown, so the thousandth page costs what the first
one does, and rows that arrive meanwhile move nothing.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from resonanz.plumbing.keyset import Mark

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """One page of a list; `onward` is the mark in the address of the next one, or empty."""

    rows: list[Row]
    onward: str = ""


def sheet_of(
    found: QuerySet[Row], column: str, mark: Mark | None, *, size: int, oldest_first: bool = False
) -> Sheet[Row]:
    """The next `size` rows after a mark, sorted by a time column that is not null, and by id."""
    after, sign = ("gt", "") if oldest_first else ("lt", "-")
    if mark is not None:
        further = Q(**{f"{column}__{after}": mark.moment})
        same = Q(**{column: mark.moment, f"pk__{after}": mark.pk})
        # The plain bound lets the database begin in the middle of its index.
        found = found.filter(Q(**{f"{column}__{after}e": mark.moment}), further | same)
    rows = list(found.order_by(f"{sign}{column}", f"{sign}pk")[: size + 1])
    if len(rows) <= size:
        return Sheet(rows)
    last = rows[size - 1]
    return Sheet(rows[:size], str(Mark(getattr(last, column), last.pk)))

"""Where a page of a list goes on: behind a row's time and id, never at an offset.

Two rows of the same moment are told apart by their ids. The mark stands in addresses, so
whatever somebody makes of it is read without harm.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MARK = re.compile(r"([0-9]{1,16})_([0-9]{1,18})")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mark:
    """A row's moment (aware) and id, as "1795327200000000_42": microseconds since 1970, UTC."""

    moment: datetime
    pk: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{(self.moment - _BEGINNING) // timedelta(microseconds=1)}_{self.pk}"


def read_mark(told: str) -> Mark | None:
    """Read a mark from an address. None for anything that is none."""
    found = _MARK.fullmatch(told)
    if found is None:
        return None
    return Mark(_BEGINNING + timedelta(microseconds=int(found[1])), int(found[2]))

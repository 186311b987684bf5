"""Claiming rows that are due, so that each is worked on by one worker at a time.

Every table with work in it has four columns: `due_at`, `leased_until`, `nudged_at` (times, UTC)
and `attempts`. A row may be worked on when both its due time and its lease have passed. Whoever
changes the lease first, in one UPDATE, has claimed it; a worker that dies lets it run out.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
NUDGE_AGAIN_AFTER = timedelta(seconds=30)
# A queue that is behind must not grow by our asking again.
SHORTEST_NUDGE_PAUSE = timedelta(seconds=5)


def claim(rows: Any, pk: int, *, lease: timedelta, now: datetime) -> Any | None:
    """Claim one row of a queryset for `lease`. Gives the row, or None when it is not to be had.

    Not to be had: gone, not due, no longer in the queryset, or claimed by somebody else.
    """
    row = rows.filter(pk=pk, due_at__lte=now, leased_until__lte=now).first()
    if row is None:
        return None
    until = now + lease
    # On the bare table: with a join, PostgreSQL would decide by a snapshot and let two win.
    table = type(row)._base_manager
    won = table.filter(pk=pk, leased_until=row.leased_until, attempts=row.attempts).update(
        leased_until=until, attempts=row.attempts + 1
    )
    if not won:
        return None
    row.leased_until, row.attempts = until, row.attempts + 1
    return row


def nudgeable(rows: Any, *, now: datetime, most: int) -> list[int]:
    """The ids of up to `most` rows that are due, and notes that they were nudged.

    A row is given again after 30 seconds (at the usual pace), in case the nudge was lost.
    """
    free = rows.filter(due_at__lte=now, leased_until__lte=now, nudged_at__lte=now)
    found = cast(Iterable[int], free.order_by("due_at").values_list("pk", flat=True)[:most])
    ids = list(found)
    if ids:
        rows.filter(pk__in=ids).update(
            nudged_at=now + max(NUDGE_AGAIN_AFTER * settings.RESONANZ_PACE, SHORTEST_NUDGE_PAUSE)
        )
    return ids


def pause_after(attempts: int, *, asked: timedelta | None = None, pace: float = 1.0) -> timedelta:
    """How long to wait after the nth failed attempt: 5 s doubled up to an hour, spread by a fifth.

    `pace` stretches our own pauses; what the network asked for is a lower bound, never shortened.
    """
    doubled = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 12)
    pause: timedelta = min(doubled, LONGEST_PAUSE) * random.uniform(0.8, 1.2) * pace  # noqa: S311 (no secret)
    return max(pause, asked) if asked else pause

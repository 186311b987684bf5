"""Holding a claimed row for as long as the work takes.

A lease is short and renewed while the process that holds it lives, so that work of any length
keeps its row, and what a killed process held is free again soon. `docs/decisions/0009` says why.

    with claimed(rows, pk, lease=reading_lease()) as row:
        if row is None:
            return
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from resonanz.clockwork.rows import claim

log = logging.getLogger(__name__)

# Work that has not ended by then hangs: its row is given to somebody else.
HELD_FOR_AT_MOST = timedelta(minutes=15)
RENEWALS_PER_LEASE = 3
# What a process said before it was killed may still lie with a slow server, unheard. Whoever
# looks for it too early does not find it and says it again.
SENDING_WAITS_LONGER = 5

_held: set[tuple[str, int]] = set()
_lock = Lock()


def reading_lease() -> timedelta:
    """How long a row that is read through stays taken after its process was killed."""
    return timedelta(seconds=settings.RESONANZ_LEASE_SECONDS)


def sending_lease() -> timedelta:
    """How long a row that is being sent stays taken after its process was killed."""
    return reading_lease() * SENDING_WAITS_LONGER


@contextmanager
def claimed(
    rows: Any, pk: int, *, lease: timedelta, at_most: timedelta = HELD_FOR_AT_MOST
) -> Iterator[Any | None]:
    """Claim one row of a queryset and hold it until the work is done. None: not to be had.

    Within one process a row is held once, even if its lease could not be renewed in time; after
    `at_most` its work counts as hanging, and the row is free.
    The row is not let go here: what the work writes says when it is due again.
    """
    key = (rows.model._meta.label, pk)
    with _lock:
        is_free = key not in _held
        _held.add(key)
    if not is_free:
        yield None
        return
    done = Event()
    try:
        row = claim(rows, pk, lease=lease, now=timezone.now())
        if row is not None:
            ends_at = timezone.now() + at_most
            keep = Thread(target=_renew, args=(row, lease, ends_at, done), daemon=True)
            keep.start()
        yield row
    finally:
        done.set()
        _let_go(key)


def _let_go(key: tuple[str, int]) -> None:
    with _lock:
        _held.discard(key)


def _renew(row: Any, lease: timedelta, ends_at: datetime, done: Event) -> None:
    """Renew the lease until the work is done, somebody changed it, or it takes too long."""
    table, until = type(row)._base_manager, row.leased_until
    try:
        while not done.wait(lease.total_seconds() / RENEWALS_PER_LEASE):
            now = timezone.now()
            if now > ends_at:
                log.warning("%s %s is let go: its work hangs", table.model.__name__, row.pk)
                _let_go((table.model._meta.label, row.pk))
                return
            try:
                kept = table.filter(pk=row.pk, leased_until=until).update(leased_until=now + lease)
            except DatabaseError:
                # Somebody else writes for long, or the database is away. There are more turns.
                log.warning("%s %s could not be held", table.model.__name__, row.pk)
                continue
            if not kept:
                return
            until = now + lease
    finally:
        connection.close()

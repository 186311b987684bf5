"""SQLite whose open files go from one thread to the next.

The web server answers each request in a thread of its own, and Django opens the file once for
each thread. Opening it reads the whole schema and forgets every statement that was prepared:
at a hundred tables that is a sixth of a page. PostgreSQL has a pool in Django itself; this is the
same for SQLite, as small as it can be.

Django looks for the name `DatabaseWrapper` in the module `base` of a backend
(https://docs.djangoproject.com/en/5.2/ref/databases/#subclassing-the-built-in-database-backends,
read 2026-11-22).
"""

import os
import sqlite3
from collections import deque
from typing import Any, ClassVar
from weakref import WeakSet

from django.db.backends.sqlite3 import base

# As many as rest at once; whoever comes while all are in use opens one more.
RESTING = 4
# Those of some thirty pages, at about 27 KB each; the default of 128 forgets them on the way.
STATEMENTS_KEPT = 400

# Device and number of a file, which a copy put in its place does not share.
WhichFile = tuple[int, int]


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes an open file that rests, and lays it back when it is done with it."""

    resting: ClassVar[deque[tuple[WhichFile, sqlite3.Connection]]] = deque()

    def __init__(self, *told: Any, **more: Any) -> None:
        """Nothing is asked yet."""
        super().__init__(*told, **more)
        self.asked: WeakSet[sqlite3.Cursor] = WeakSet()
        self.opened: WhichFile | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them, with room for more statements."""
        return {"cached_statements": STATEMENTS_KEPT} | super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """One that rests, if it has the file open that is there now; else a new one."""
        self.opened = which_file(conn_params["database"])
        while (rested := self._next_resting()) is not None:
            opened, connection = rested
            if opened == self.opened:
                return connection
            # A copy was put in its place since.
            connection.close()
        fresh: sqlite3.Connection = super().get_new_connection(conn_params)
        return fresh

    def _next_resting(self) -> tuple[WhichFile, sqlite3.Connection] | None:
        try:
            return self.resting.pop()
        except IndexError:
            return None

    def create_cursor(self, name: str | None = None) -> sqlite3.Cursor:
        """As Django makes it; remembered while somebody holds it."""
        cursor: sqlite3.Cursor = super().create_cursor(name)
        self.asked.add(cursor)
        return cursor

    def _close(self) -> None:
        connection = self.connection
        if connection is None:
            return
        with self.wrap_database_errors:
            # A question that was not read to its end would hold on to the rows of this moment,
            # and the next request would see no later ones.
            for cursor in list(self.asked):
                cursor.close()
            if connection.in_transaction:
                connection.rollback()
            connection.isolation_level = None
            if self.opened and len(self.resting) < RESTING:
                self.resting.append((self.opened, connection))
            else:
                connection.close()


def which_file(path: str | os.PathLike[str]) -> WhichFile | None:
    """The file that a path leads to now; None where there is none yet."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino

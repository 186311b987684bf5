"""Signs of life: every process of the house says once a minute that it is there.

Each has a row among the routines, named for its part, machine and process, which is never due.
So all machines see all processes, and one that was killed is missed after a few minutes.
"""

import logging
import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from resonanz.workspaces.actions import note_routine_done
from resonanz.workspaces.models import Routine

log = logging.getLogger(__name__)

PREFIX = "alive "
SIGN_EVERY_SECONDS = 60.0
# Three missed signs are more than a busy moment.
SILENT_AFTER = timedelta(minutes=4)
FORGOTTEN_AFTER = timedelta(days=1)
HOST_CHARACTERS = 30


@dataclass(frozen=True)
class Sign:
    """A process: its part (`web`, `listen`, `work`), its machine, and when it was last heard of."""

    part: str
    machine: str
    process: int
    heard_at: datetime

    @property
    def is_alive(self) -> bool:
        """Whether it has given a sign of late."""
        return self.heard_at > timezone.now() - SILENT_AFTER


def give_signs(part: str) -> None:
    """Give signs of life from now on, in a thread that ends with the process."""
    name = f"{PREFIX}{part} {socket.gethostname()[:HOST_CHARACTERS]} {os.getpid()}"
    threading.Thread(target=_go_on, args=(name, threading.Event()), daemon=True).start()


def _go_on(name: str, stop: threading.Event) -> None:
    while True:
        try:
            note_routine_done(name=name)
        except DatabaseError:
            log.warning("no sign of life: the database cannot be written at the moment")
        finally:
            connection.close()
        if stop.wait(SIGN_EVERY_SECONDS):
            return


def signs() -> list[Sign]:
    """All processes of the last day, by part, the one that was heard of last first."""
    rows = Routine.objects.filter(name__startswith=PREFIX).exclude(last_done_at=None)
    found = [_sign_of(row) for row in rows.order_by("-last_done_at")]
    return sorted((sign for sign in found if sign), key=lambda sign: sign.part)


def _sign_of(row: Routine) -> Sign | None:
    part, _, rest = row.name.removeprefix(PREFIX).partition(" ")
    machine, _, process = rest.rpartition(" ")
    if not process.isdigit() or row.last_done_at is None:
        return None
    return Sign(part=part, machine=machine, process=int(process), heard_at=row.last_done_at)


def forget_the_silent() -> None:
    """Throw away the rows of processes that ended long ago."""
    old = timezone.now() - FORGOTTEN_AFTER
    Routine.objects.filter(name__startswith=PREFIX, last_done_at__lt=old).delete()

"""The daily backup: taken by the worker, a number of them kept, and an alarm when it fails.

When the last good one was taken stands in a row of its own among the routines, so that every
machine knows it; that row is never due.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from resonanz.house.backup.passphrase import passphrase_of_settings
from resonanz.house.backup.taking import Taken, take_backup, throw_old_away
from resonanz.house.backup.trouble import CannotBackUp
from resonanz.house.everywhere import end_alarm_everywhere, raise_alarm_everywhere
from resonanz.workspaces.actions import note_routine_done
from resonanz.workspaces.models import Routine

log = logging.getLogger(__name__)

LAST_BACKUP = "last backup"
MATTER = "house:backup"
EVERY = timedelta(days=1)
# The routine comes round every hour; a little early is better than an hour late.
EARLY = timedelta(minutes=30)
MISSED_AFTER = 2 * EVERY + timedelta(hours=2)


def back_up_now(target: Path, *, passphrase: str) -> Taken:
    """Take a backup and remember that. Raises `CannotBackUp`."""
    taken = take_backup(target, passphrase=passphrase)
    note_routine_done(name=LAST_BACKUP)
    end_alarm_everywhere(matter=MATTER)
    return taken


def backups() -> QuerySet[Routine]:
    """The row that remembers when the last good backup was taken, if there was one."""
    return Routine.objects.filter(name=LAST_BACKUP)


def last_backup_at() -> datetime | None:
    """When the last good backup was taken, None where there was none yet."""
    row = backups().first()
    return row.last_done_at if row else None


def back_up_daily() -> None:
    """Take today's backup if it is time, and keep the newest few. Does nothing without a folder.

    A failure is told to everybody who looks after the house, and it is tried again in an hour.
    """
    if not settings.RESONANZ_BACKUP_FOLDER:
        return
    last, now = last_backup_at(), timezone.now()
    if last is not None and now - last < EVERY - EARLY:
        return
    folder = Path(settings.RESONANZ_BACKUP_FOLDER)
    try:
        taken = back_up_now(folder, passphrase=passphrase_of_settings())
        throw_old_away(folder, kept=settings.RESONANZ_BACKUPS_KEPT)
    except (CannotBackUp, OSError) as reason:
        log.warning("the daily backup was not made: %s", reason)
        raise_alarm_everywhere(matter=MATTER, code="backup_failed", detail=str(reason))
        return
    log.info("daily backup: %s, %s bytes", taken.path.name, taken.size)


def watch_backups() -> None:
    """Raise an alarm when two daily backups in a row are missing, for whatever reason.

    The first look makes the row from which they are counted.
    """
    if not settings.RESONANZ_BACKUP_FOLDER:
        return
    row, _ = Routine.objects.get_or_create(name=LAST_BACKUP)
    if timezone.now() - (row.last_done_at or row.due_at) > MISSED_AFTER:
        raise_alarm_everywhere(matter=MATTER, code="backup_missed")

"""Duties that come back: each has a row with its due time, so that a restart forgets none.

ROUTINES["prune finished tasks"] = (timedelta(hours=1), prune_tasks)
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from resonanz.channels.renewing import renew_channels
from resonanz.channels.watching import watch_rhythms
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.clockwork.rows import nudgeable
from resonanz.conversations.presence import forget_presences
from resonanz.house.alive import forget_the_silent
from resonanz.house.backup.daily import back_up_daily, watch_backups
from resonanz.house.disk import watch_disk
from resonanz.letters.asking import ask_sources, throw_away_old_letters
from resonanz.outbox.actions import throw_away_pictures
from resonanz.pictures.actions import forget_unseen
from resonanz.workspaces.actions import schedule_routine
from resonanz.workspaces.models import Routine
from resonanz.workspaces.sign_in_actions import forget_ended_sessions

log = logging.getLogger(__name__)

FINISHED_TASKS_KEPT = timedelta(hours=6)
LOST_TASKS_KEPT = timedelta(days=1)


def prune_tasks() -> None:
    """Throw away nudges that are done with, and those whose worker died: the rows know better."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - FINISHED_TASKS_KEPT).delete()
    DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - LOST_TASKS_KEPT).delete()
    forget_the_silent()


def give_sign_of_life() -> None:
    """Nothing: that a worker came round to it is what the status page wants to know."""


def watch_the_house() -> None:
    """See whether the disk has room, channels are silent, or backups are missing."""
    watch_disk()
    watch_rhythms()
    watch_backups()


def forget_unknown_nudges() -> None:
    """Throw away nudges for jobs that have another name now; their rows are nudged anew."""
    waiting = DBTaskResult.objects.filter(status="READY")
    for path in set(waiting.values_list("task_path", flat=True)):
        try:
            import_string(path)
        except ImportError:
            log.info("nudges of %s are thrown away: there is no such job any more", path)
            waiting.filter(task_path=path).delete()


ROUTINES: dict[str, tuple[timedelta, Callable[[], object]]] = {
    "sign of life": (timedelta(minutes=1), give_sign_of_life),
    "prune finished tasks": (timedelta(hours=1), prune_tasks),
    "who had what open": (timedelta(days=1), forget_presences),
    "sessions that are over": (timedelta(days=1), forget_ended_sessions),
    "pictures of ours": (timedelta(days=1), throw_away_pictures),
    "pictures nobody looks at": (timedelta(days=1), forget_unseen),
    "what channels can do": (timedelta(days=1), renew_channels),
    "watch the house": (timedelta(minutes=10), watch_the_house),
    "daily backup": (timedelta(hours=1), back_up_daily),
    "letters": (timedelta(minutes=1), ask_sources),
    "old letters": (timedelta(days=1), throw_away_old_letters),
}


def schedule_routines() -> None:
    """Give every routine its row. Safe to run again."""
    for name in ROUTINES:
        schedule_routine(name=name)


def due_routines(now: datetime, most: int) -> list[int]:
    """Routines whose time has come."""
    return nudgeable(Routine.objects.filter(name__in=ROUTINES), now=now, most=most)


@task(queue_name="reading")
def run_routine(routine_id: int) -> None:
    """Run one routine and say when it is due again."""
    rows = Routine.objects.filter(name__in=ROUTINES)
    with claimed(rows, routine_id, lease=reading_lease()) as routine:
        if routine is not None:
            _do(routine)


def _do(routine: Routine) -> None:
    now = timezone.now()
    every, run = ROUTINES[routine.name]
    run()
    Routine.objects.filter(pk=routine.pk).update(
        due_at=now + every, leased_until=now, attempts=0, last_done_at=timezone.now()
    )
    log.info("routine “%s”: done", routine.name)


def register() -> None:
    """Put the routines into the sweep."""
    DUTIES.add(90, Duty(name="routines", find=due_routines, nudge=run_routine))

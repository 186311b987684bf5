"""Giving everything that is there its words: in batches, the newest first, begun again anywhere."""

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django_tasks import task

from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.clockwork.rows import nudgeable
from resonanz.conversations.models import Note, Post, SearchRun
from resonanz.conversations.search.entries import index_notes, index_posts
from resonanz.understanding.search_words import RULES

log = logging.getLogger(__name__)

# Small, because on SQLite nobody else writes meanwhile.
POSTS_PER_BATCH = 100
SECONDS_PER_TURN = 10.0
# Between two turns, others come to work and to write.
PAUSE = timedelta(seconds=2)


def begin_run() -> SearchRun:
    """Begin to give everything its words anew; what was begun before and is not done is dropped."""
    with transaction.atomic():
        SearchRun.objects.filter(done_at=None).delete()
        return SearchRun.objects.create(
            rules=RULES,
            post_below=(Post.objects.aggregate(last=Max("pk"))["last"] or 0) + 1,
            note_below=(Note.objects.aggregate(last=Max("pk"))["last"] or 0) + 1,
        )


def open_runs() -> "QuerySet[SearchRun]":
    """Runs that are not done: at most one."""
    return SearchRun.objects.filter(done_at=None)


def due_runs(now: datetime, most: int) -> list[int]:
    """The run that goes on now, if there is one."""
    return nudgeable(open_runs(), now=now, most=most)


@task(queue_name="reading")
def go_on(run_id: int) -> None:
    """Do some batches of a run, and say when it goes on."""
    with claimed(open_runs(), run_id, lease=reading_lease()) as run:
        if run is not None:
            _turn(run)


def _turn(run: SearchRun) -> None:
    ends = monotonic() + SECONDS_PER_TURN
    while monotonic() < ends and do_batch(run):
        pass
    now = timezone.now()
    SearchRun.objects.filter(pk=run.pk).update(due_at=now + PAUSE, leased_until=now, attempts=0)
    log.info("search run %s: below post %s", run.pk, run.post_below)


def do_batch(run: SearchRun) -> bool:
    """Give the next posts, or notes, their words. False when there are none left."""
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("post_below", Post.objects.all(), index_posts),
        ("note_below", Note.objects.select_related("conversation"), index_notes),
    )
    for column, things, index in kinds:
        below: int = getattr(run, column)
        ids = _next_ids(things, below)
        if ids:
            with transaction.atomic():
                index(things.filter(pk__in=ids).select_for_update(of=("self",)))
                _move(run, column, ids[-1])
            return True
    SearchRun.objects.filter(pk=run.pk, done_at=None).update(done_at=timezone.now())
    return False


def _next_ids(things: Any, below: int) -> list[int]:
    found = things.filter(pk__lt=below).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:POSTS_PER_BATCH])


def _move(run: SearchRun, column: str, to: int) -> None:
    setattr(run, column, to)
    SearchRun.objects.filter(pk=run.pk).update(**{column: to})

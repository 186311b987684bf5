"""Rows that are due: claimed once, nudged again, and kept over a restart."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resonanz.clockwork.rows import LONGEST_PAUSE, claim, nudgeable, pause_after
from resonanz.house.routines import (
    ROUTINES,
    forget_unknown_nudges,
    prune_tasks,
    run_routine,
    schedule_routines,
)
from resonanz.workspaces.models import Routine

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=1)


@pytest.fixture
def routine() -> Routine:
    """A routine that is due now."""
    now = timezone.now()
    return Routine.objects.create(
        name="prune finished tasks", due_at=now, leased_until=now, nudged_at=now
    )


def test_a_row_is_claimed_by_one_worker_only(routine: Routine) -> None:
    now = timezone.now()
    claimed = claim(Routine.objects.all(), routine.pk, lease=LEASE, now=now)
    assert claimed is not None
    assert claimed.attempts == 1
    assert claim(Routine.objects.all(), routine.pk, lease=LEASE, now=now) is None


def test_a_row_whose_worker_died_is_free_after_its_lease(routine: Routine) -> None:
    now = timezone.now()
    claim(Routine.objects.all(), routine.pk, lease=LEASE, now=now)
    later = now + LEASE + timedelta(seconds=1)
    claimed = claim(Routine.objects.all(), routine.pk, lease=LEASE, now=later)
    assert claimed is not None
    assert claimed.attempts == 2


def test_a_row_that_is_not_due_is_not_claimed(routine: Routine) -> None:
    early = routine.due_at - timedelta(seconds=1)
    assert claim(Routine.objects.all(), routine.pk, lease=LEASE, now=early) is None


def test_a_row_outside_the_queryset_is_not_claimed(routine: Routine) -> None:
    others = Routine.objects.filter(name="something else")
    assert claim(others, routine.pk, lease=LEASE, now=timezone.now()) is None


def test_a_lost_nudge_is_given_again_after_half_a_minute(routine: Routine) -> None:
    now = timezone.now()
    rows = Routine.objects.all()
    assert nudgeable(rows, now=now, most=10) == [routine.pk]
    assert nudgeable(rows, now=now + timedelta(seconds=5), most=10) == []
    assert nudgeable(rows, now=now + timedelta(seconds=31), most=10) == [routine.pk]


def test_no_more_rows_are_nudged_than_asked_for(routine: Routine) -> None:
    Routine.objects.create(name="another", due_at=routine.due_at - timedelta(hours=1))
    found = nudgeable(Routine.objects.all(), now=timezone.now(), most=1)
    assert found == [Routine.objects.get(name="another").pk]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (4, 40)])
def test_pauses_double_and_are_spread_by_a_fifth(attempts: int, seconds: float) -> None:
    pauses = {pause_after(attempts).total_seconds() for _ in range(50)}
    assert min(pauses) >= seconds * 0.8
    assert max(pauses) <= seconds * 1.2
    assert len(pauses) > 1


def test_a_pause_never_grows_beyond_an_hour_and_a_fifth() -> None:
    assert pause_after(500) <= LONGEST_PAUSE * 1.2


def test_what_the_network_asked_for_is_not_shortened_by_a_faster_pace() -> None:
    asked = timedelta(minutes=10)
    assert pause_after(1, asked=asked, pace=0.01) == asked


def test_a_routine_runs_once_and_is_due_again_after_its_time(routine: Routine) -> None:
    run_routine.call(routine.pk)
    routine.refresh_from_db()
    every, _ = ROUTINES[routine.name]
    assert routine.last_done_at is not None
    assert timedelta(0) < routine.due_at - timezone.now() <= every
    done_at = routine.last_done_at
    run_routine.call(routine.pk)
    routine.refresh_from_db()
    assert routine.last_done_at == done_at


def test_a_restart_keeps_the_due_time_of_a_routine(routine: Routine) -> None:
    Routine.objects.update(due_at=timezone.now() + timedelta(minutes=40))
    before = Routine.objects.get().due_at
    schedule_routines()
    assert Routine.objects.get(name=routine.name).due_at == before


def test_nudges_of_jobs_that_were_renamed_are_thrown_away() -> None:
    """After an upgrade they could only fail; the rows they meant are nudged under the new name."""
    columns: dict[str, Any] = {
        "args_kwargs": {"args": [1], "kwargs": {}},
        "queue_name": "reading",
        "backend_name": "default",
        "status": "READY",
        "exception_class_path": "",
        "traceback": "",
    }
    known = "resonanz.house.routines.run_routine"
    DBTaskResult.objects.create(**columns, task_path=known)
    DBTaskResult.objects.create(**columns, task_path="resonanz.house.routines.old_name")
    DBTaskResult.objects.create(**columns, task_path="resonanz.old_room.jobs.read")
    forget_unknown_nudges()
    assert [row.task_path for row in DBTaskResult.objects.all()] == [known]


def test_nudges_of_workers_that_died_are_thrown_away_after_a_day() -> None:
    now = timezone.now()
    columns: dict[str, Any] = {
        "args_kwargs": {"args": [1], "kwargs": {}},
        "task_path": "resonanz.house.routines.run_routine",
        "queue_name": "reading",
        "backend_name": "default",
        "status": "RUNNING",
        "exception_class_path": "",
        "traceback": "",
    }
    lost = DBTaskResult.objects.create(**columns, started_at=now - timedelta(days=2))
    working = DBTaskResult.objects.create(**columns, started_at=now - timedelta(minutes=1))
    prune_tasks()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {working.pk}
    assert lost.pk != working.pk

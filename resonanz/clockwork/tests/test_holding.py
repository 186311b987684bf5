"""Rows that are held: as long as the work takes, and not longer."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import close_old_connections
from django.utils import timezone

from resonanz.clockwork.holding import claimed, reading_lease, sending_lease
from resonanz.clockwork.rows import claim
from resonanz.workspaces.models import Routine

pytestmark = pytest.mark.django_db(transaction=True)

SHORT = timedelta(seconds=0.3)


@pytest.fixture
def routine() -> Iterator[Routine]:
    now = timezone.now()
    yield Routine.objects.create(name="a duty", due_at=now, leased_until=now, nudged_at=now)
    close_old_connections()


def leased_until(routine: Routine) -> datetime:
    return Routine.objects.get(pk=routine.pk).leased_until


def test_work_that_takes_longer_than_its_lease_keeps_its_row(routine: Routine) -> None:
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as row:
        assert row is not None
        time.sleep(0.8)
        assert claim(Routine.objects.all(), row.pk, lease=SHORT, now=timezone.now()) is None
        assert leased_until(routine) > row.leased_until


def test_what_the_work_wrote_about_the_lease_is_not_undone(routine: Routine) -> None:
    """The row may be due again at once while the holder has not gone yet."""
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT):
        now = timezone.now()
        Routine.objects.filter(pk=routine.pk).update(leased_until=now)
        time.sleep(0.4)
    assert leased_until(routine) == now


def test_one_process_holds_a_row_once_even_when_its_lease_has_lapsed(routine: Routine) -> None:
    """A database that cannot be written for a while keeps nobody from finishing first."""
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as first:
        Routine.objects.filter(pk=routine.pk).update(leased_until=timezone.now())
        with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as second:
            assert (first is not None, second) == (True, None)
        with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as third:
            assert third is None


def test_a_row_that_was_let_go_can_be_held_again(routine: Routine) -> None:
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT):
        pass
    Routine.objects.filter(pk=routine.pk).update(leased_until=timezone.now())
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as row:
        assert row is not None


def test_work_that_hangs_loses_its_row(routine: Routine) -> None:
    with claimed(Routine.objects.all(), routine.pk, lease=SHORT, at_most=timedelta(0)):
        time.sleep(0.5)
        with claimed(Routine.objects.all(), routine.pk, lease=SHORT) as row:
            assert row is not None


def test_sending_waits_longer_after_a_death_than_reading() -> None:
    """A request may still lie with a slow server, unheard."""
    assert sending_lease() > reading_lease()

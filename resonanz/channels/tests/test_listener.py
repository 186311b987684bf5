"""How long a stream is left alone after its line broke, and what the listener outlives."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError
from django.utils import timezone

from resonanz.channels import listener
from resonanz.channels.listener import Listener, listen
from resonanz.channels.models import Channel, Lane
from resonanz.channels.tests.toy import Toy
from resonanz.workspaces.models import Alarm

pytestmark = pytest.mark.django_db(transaction=True)

BROKEN_BEFORE = 40


@pytest.fixture
def stream(ours: Channel) -> Lane:
    """The stream of our account, whose line has broken often."""
    return Lane.objects.create(channel=ours, kind="stream", attempts=BROKEN_BEFORE)


def test_a_line_that_held_is_held_again_soon_however_often_it_broke(
    stream: Lane, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers end all lines with each new version of theirs: that is nobody's trouble."""
    monkeypatch.setattr(listener, "NOTE_SIGN_OF_LIFE_EVERY", timedelta(0))
    toy.signs = 2
    listen(stream.pk, Event())
    stream.refresh_from_db()
    assert stream.due_at - timezone.now() < timedelta(seconds=10)
    assert not Alarm.objects.exists()


def test_a_server_that_breaks_every_line_at_once_is_asked_less_and_less(
    stream: Lane, toy: Toy
) -> None:
    toy.signs = 1
    listen(stream.pk, Event())
    stream.refresh_from_db()
    assert stream.attempts == BROKEN_BEFORE + 1
    assert stream.due_at - timezone.now() > timedelta(minutes=30)
    assert stream.last_ok_at is not None


def test_what_was_missed_is_read_as_soon_as_the_line_is_open(stream: Lane, toy: Toy) -> None:
    later = timezone.now() + timedelta(hours=1)
    stream.channel.lanes.exclude(pk=stream.pk).update(due_at=later, nudged_at=later)
    toy.signs = 1
    listen(stream.pk, Event())
    assert stream.channel.lanes.get(kind="notifications").due_at <= timezone.now()


def test_the_listener_outlives_a_database_that_is_away(
    stream: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Listener()
    looks = 0

    def due_streams(_now: object) -> object:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise OperationalError("The database is away.")
        found.stop.set()
        return Lane.objects.none()

    monkeypatch.setattr(listener, "due_streams", due_streams)
    monkeypatch.setattr(listener, "LOOK_FOR_CHANNELS_SECONDS", 0.0)
    found.run()
    assert looks == 2

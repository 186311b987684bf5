"""A channel's own rhythm: learnt from pauses, forgotten slowly, told when it is broken."""

from datetime import timedelta

import pytest
from django.utils import translation

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.channels.rhythm import longest_silence_after, rhythm_of
from resonanz.channels.watching import watch_rhythms
from resonanz.switchboard.contract import Can
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import Page
from resonanz.workspaces.models import Alarm, Member

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOMETHING = Page(gone=("somebody:1",))


def test_the_longest_pause_is_kept_and_fades() -> None:
    """What comes at once is one breath, and says nothing."""
    assert longest_silence_after(timedelta(0), HOUR) == HOUR
    assert longest_silence_after(DAY, HOUR) == DAY * 0.95
    assert longest_silence_after(HOUR, timedelta(seconds=3)) == HOUR


@pytest.mark.parametrize(
    ("longest", "silent_for", "is_unusual"),
    [
        (HOUR, 20 * HOUR, False),
        (HOUR, 25 * HOUR, True),
        (DAY, 2 * DAY, False),
        (DAY, 4 * DAY, True),
    ],
)
def test_a_silence_is_measured_by_the_longest_one_and_at_least_a_day(
    longest: timedelta, silent_for: timedelta, is_unusual: bool, clock: HandClock
) -> None:
    channel = Channel(
        arrived=50,
        longest_silence_seconds=longest.total_seconds(),
        last_arrival_at=clock() - silent_for,
    )
    assert rhythm_of(channel, clock()).is_unusual is is_unusual


def test_a_channel_of_which_little_is_known_is_not_judged(clock: HandClock) -> None:
    new = Channel(arrived=3, longest_silence_seconds=60, last_arrival_at=clock() - 90 * DAY)
    assert not rhythm_of(new, clock()).is_unusual
    with translation.override("en"):
        assert "not known yet" in str(rhythm_of(new, clock()).words)
        assert "Nothing has arrived" in str(rhythm_of(Channel(), clock()).words)


def test_the_rhythm_is_learnt_from_what_arrives(pretend_channel: Channel, clock: HandClock) -> None:
    """Not from answers that are looked through again and again."""
    for lane in (Can.HOME, Can.HOME, Can.REPLIES):
        take_in(channel=pretend_channel, lane=lane.value, page=SOMETHING)
        clock.advance(hours=5)
    pretend_channel.refresh_from_db()
    assert pretend_channel.longest_silence_seconds == 5 * 3600
    assert pretend_channel.last_arrival_at == clock() - timedelta(hours=10)


def test_an_unusual_silence_is_told_once_and_is_over_with_the_next_word(
    alice: Member, pretend_channel: Channel, clock: HandClock
) -> None:
    Channel.objects.update(arrived=50, last_arrival_at=clock(), longest_silence_seconds=3600)
    watch_rhythms()
    assert not Alarm.objects.exists()
    clock.advance(days=3)
    watch_rhythms()
    watch_rhythms()
    assert Alarm.objects.get().subject == pretend_channel.handle
    take_in(channel=pretend_channel, lane=Can.HOME.value, page=SOMETHING)
    watch_rhythms()
    assert Alarm.objects.get().over_at is not None


def test_a_paused_channel_is_silent_on_purpose(pretend_channel: Channel, clock: HandClock) -> None:
    Channel.objects.update(
        arrived=50, last_arrival_at=clock(), longest_silence_seconds=60, state="paused"
    )
    clock.advance(days=9)
    watch_rhythms()
    assert not Alarm.objects.exists()

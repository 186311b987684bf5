"""Our own limit for a channel: a pause, and nobody's fault."""

from datetime import timedelta

from django.utils import timezone

from resonanz.channels.actions import note_trouble_on_lane
from resonanz.channels.models import Channel, Lane
from resonanz.channels.opening import OwnLimit, attempts_that_count, pause_for
from resonanz.switchboard.trouble import TryLater
from resonanz.workspaces.models import Alarm, Member

MINUTE = timedelta(minutes=1)


def test_our_own_limit_never_waits_longer_than_the_budget_needs() -> None:
    """However often it was reached; a network that fails is left alone for longer each time."""
    assert pause_for(OwnLimit(), 10) == MINUTE
    assert pause_for(TryLater(after=MINUTE), 10) > 10 * MINUTE
    assert attempts_that_count(OwnLimit(), 3) == 2
    assert attempts_that_count(TryLater(), 3) == 3


def test_our_own_limit_is_no_trouble_of_the_channel(alice: Member) -> None:
    """A lane that has to wait for the budget raises no alarm, however often."""
    channel = Channel.objects.create(
        workspace=alice.workspace, network="pretend", uid="a", handle="@a", credentials=b""
    )
    lane = Lane.objects.create(channel=channel, kind="home", attempts=7)
    note_trouble_on_lane(lane=lane, trouble=OwnLimit())
    lane.refresh_from_db()
    channel.refresh_from_db()
    assert (lane.attempts, channel.trouble_code) == (6, "")
    assert timezone.now() < lane.due_at <= timezone.now() + MINUTE
    assert not Alarm.objects.exists()

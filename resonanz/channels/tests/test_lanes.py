"""What a lane's reading says about its channel: our own limit, a token that has ended."""

from datetime import timedelta

from django.utils import timezone

from resonanz.channels.actions import note_good_reading, note_trouble_on_lane
from resonanz.channels.listener import due_streams
from resonanz.channels.models import Channel, Lane
from resonanz.channels.opening import OwnLimit, attempts_that_count, pause_for
from resonanz.switchboard.trouble import Refused, SignInAgain, TryLater
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


def test_a_token_that_has_ended_is_one_alarm_though_another_lane_still_reads(alice: Member) -> None:
    """Some servers show our own posts to everybody, whatever the token."""
    channel = Channel.objects.create(
        workspace=alice.workspace, network="pretend", uid="a", handle="@a", credentials=b""
    )
    home = Lane.objects.create(channel=channel, kind="home")
    replies = Lane.objects.create(channel=channel, kind="replies")
    note_trouble_on_lane(lane=home, trouble=SignInAgain("The token has ended."))
    note_good_reading(lane=replies, rest=MINUTE)
    note_trouble_on_lane(lane=home, trouble=SignInAgain("The token has ended."))
    alarm = Alarm.objects.get()
    channel.refresh_from_db()
    assert (alarm.over_at, channel.trouble_code) == (None, "sign_in_again")


def test_nobody_listens_before_the_first_look_is_over(alice: Member) -> None:
    """Else a house that fell and came back would not know from where to catch up."""
    channel = Channel.objects.create(
        workspace=alice.workspace, network="pretend", uid="a", handle="@a", credentials=b""
    )
    stream = Lane.objects.create(channel=channel, kind="stream")
    notifications = Lane.objects.create(channel=channel, kind="notifications")
    assert not due_streams(timezone.now()).exists()
    note_good_reading(lane=notifications, rest=MINUTE)
    assert due_streams(timezone.now()).get() == stream


def test_a_first_look_that_fails_keeps_nobody_from_listening(alice: Member) -> None:
    """What is heard now is better than nothing."""
    channel = Channel.objects.create(
        workspace=alice.workspace, network="pretend", uid="a", handle="@a", credentials=b""
    )
    stream = Lane.objects.create(channel=channel, kind="stream")
    notifications = Lane.objects.create(channel=channel, kind="notifications")
    note_trouble_on_lane(lane=notifications, trouble=TryLater("Nobody answers."))
    assert due_streams(timezone.now()).get() == stream


def test_a_first_look_that_is_refused_keeps_nobody_from_listening(alice: Member) -> None:
    """Not even after another lane was read well."""
    channel = Channel.objects.create(
        workspace=alice.workspace, network="pretend", uid="a", handle="@a", credentials=b""
    )
    stream = Lane.objects.create(channel=channel, kind="stream")
    refused = Lane.objects.create(channel=channel, kind="notifications")
    home = Lane.objects.create(channel=channel, kind="home")
    note_trouble_on_lane(lane=refused, trouble=Refused("This is not for you."))
    note_good_reading(lane=home, rest=MINUTE)
    assert due_streams(timezone.now()).get() == stream

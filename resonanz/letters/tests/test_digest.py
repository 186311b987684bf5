"""The morning digest."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.letters.asking import ask_sources
from resonanz.letters.models import Letter
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import ScriptedPost
from resonanz.switchboard.contract import Can
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Absence, Member

ZONE = ZoneInfo("Europe/Berlin")


def come_to(clock: HandClock, hour: int, minute: int = 0, *, weekday: int = 3) -> date:
    """Let time pass until an hour of a weekday in Berlin (1: Monday)."""
    now = timezone.now().astimezone(ZONE)
    ahead = (weekday - now.isoweekday()) % 7 or 7
    day = now.date() + timedelta(days=ahead)
    then = datetime.combine(day, time(hour, minute), tzinfo=ZONE)
    clock.advance(minutes=(then - now) / timedelta(minutes=1))
    return day


@pytest.fixture
def waiting(alice: Member, pretend_channel: Channel, clock: HandClock) -> None:
    """Somebody waits for an answer."""
    read_lane.call(pretend_channel.lanes.get(kind=Can.NOTIFICATIONS.value).pk)
    assert Conversation.objects.waiting().exists()


@pytest.mark.usefixtures("waiting")
def test_it_says_in_the_morning_what_stands_on_today(
    post: ScriptedPost, alice: Member, bob: Member, clock: HandClock, send_due: SendDue
) -> None:
    """At 7:30 where no hours are set, to each in her language, once."""
    come_to(clock, 7, 29)
    assert ask_sources() == 0
    for _ in range(3):
        clock.advance(minutes=1)
        ask_sources()
        send_due()
    letters = {letter["To"].addresses[0].display_name: letter for letter in post.letters}
    assert sorted(letters) == ["Alice", "Bob"]
    assert len(post.letters) == 2
    assert letters["Alice"]["Subject"] == "Today at Daybreak Bakery"
    assert letters["Bob"]["Subject"] == "Heute bei Daybreak Bakery"
    assert "· Who is waiting for us: more than 5" in letters["Alice"].get_content()
    assert "· Wer auf uns wartet: mehr als 5" in letters["Bob"].get_content()


@pytest.mark.usefixtures("waiting")
def test_it_says_nothing_that_anybody_wrote(
    post: ScriptedPost, alice: Member, clock: HandClock, send_due: SendDue
) -> None:
    come_to(clock, 7, 31)
    ask_sources()
    send_due()
    text = " ".join(post.letters[0].get_content().split())
    openings = Conversation.objects.exclude(opening="").values_list("opening", flat=True)
    assert [words for words in openings if words[:25] in text] == []


@pytest.mark.usefixtures("waiting")
def test_it_comes_when_her_work_begins_on_her_days(
    post: ScriptedPost, alice: Member, clock: HandClock
) -> None:
    alice.works_from, alice.work_days = time(10), "12345"
    alice.save()
    come_to(clock, 9, 59)
    assert ask_sources() == 0
    clock.advance(minutes=2)
    assert ask_sources() == 1
    come_to(clock, 10, 1, weekday=6)
    assert ask_sources() == 0


@pytest.mark.usefixtures("waiting")
def test_who_is_away_or_does_not_want_it_gets_none(
    post: ScriptedPost, alice: Member, bob: Member, gustav: Member, clock: HandClock
) -> None:
    """A guest has no Today."""
    day = come_to(clock, 7, 31)
    Absence.objects.create(member=alice, from_day=day, until_day=day)
    Member.objects.filter(pk=bob.pk).update(wants_digest=False)
    assert ask_sources() == 0


@pytest.mark.usefixtures("waiting")
def test_a_house_that_was_down_does_not_say_good_morning_at_noon(
    post: ScriptedPost, alice: Member, clock: HandClock, send_due: SendDue
) -> None:
    """Nor does a letter of yesterday go today."""
    come_to(clock, 12)
    assert ask_sources() == 0
    come_to(clock, 7, 31)
    assert ask_sources() == 1
    clock.advance(days=1)
    send_due()
    assert post.letters == []
    assert Letter.objects.filter(kind="digest", state="dropped").count() == 1


def test_nothing_on_today_is_no_letter(
    post: ScriptedPost, alice: Member, clock: HandClock, send_due: SendDue
) -> None:
    come_to(clock, 7, 31)
    ask_sources()
    send_due()
    assert post.letters == []
    assert Letter.objects.get().state == Letter.State.DROPPED

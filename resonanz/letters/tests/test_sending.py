"""Letters on their way: what they look like, and what becomes of them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings

from resonanz.letters.asking import ask_sources
from resonanz.letters.jobs import send_letter
from resonanz.letters.models import Letter
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import CUT, ScriptedPost
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Absence, Alarm, Member

pytestmark = pytest.mark.usefixtures("no_morning")

DISK = {"matter": "disk", "code": "disk_low", "detail": "12 MB"}


@pytest.fixture
def alarm(alice: Member, clock: HandClock) -> Alarm:
    """The disk runs full since five minutes."""
    raise_alarm(workspace=alice.workspace, **DISK)
    clock.advance(minutes=5)
    return Alarm.objects.get()


def test_an_alarm_is_told_once_to_each_owner_in_her_language(
    post: ScriptedPost, alice: Member, berta: Member, bob: Member, alarm: Alarm, send_due: SendDue
) -> None:
    """However often sources are asked and letters nudged; colleagues are not woken."""
    for _ in range(3):
        ask_sources()
        send_due()
    texts = {letter["To"]: letter.get_content() for letter in post.letters}
    assert set(texts) == {"Alice <alice@bakery.example>", "Berta <berta@bakery.example>"}
    assert "There is little room left on the disk" in texts["Alice <alice@bakery.example>"]
    german = texts["Berta <berta@bakery.example>"]
    assert "Auf der Platte des Servers ist nur noch wenig Platz." in german
    assert "https://resonanz.example/status/" in german
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_what_is_over_before_it_went_is_not_told(
    post: ScriptedPost, alice: Member, alarm: Alarm, send_due: SendDue
) -> None:
    ask_sources()
    end_alarm(workspace=alice.workspace, matter="disk")
    send_due()
    assert post.letters == []
    assert Letter.objects.get().state == Letter.State.DROPPED


def test_an_alarm_of_a_minute_is_none(post: ScriptedPost, alice: Member, clock: HandClock) -> None:
    raise_alarm(workspace=alice.workspace, **DISK)
    clock.advance(minutes=1)
    assert ask_sources() == 0


def test_a_matter_that_comes_and_goes_is_told_again_only_after_hours(
    post: ScriptedPost, alice: Member, alarm: Alarm, clock: HandClock, send_due: SendDue
) -> None:
    ask_sources()
    send_due()
    for hours in (1, 6):
        end_alarm(workspace=alice.workspace, matter="disk")
        raise_alarm(workspace=alice.workspace, **DISK)
        clock.advance(hours=hours)
        ask_sources()
        send_due()
    assert len(post.letters) == 2


def test_the_head_says_what_programs_want_to_know(
    post: ScriptedPost, alice: Member, alarm: Alarm, send_due: SendDue
) -> None:
    ask_sources()
    send_due()
    letter = post.letters[0]
    assert letter["From"] == "Resonanz <resonanz@bakery.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<https://resonanz.example/letters/stop/")
    assert letter["Message-ID"].endswith("@bakery.example>")
    assert letter["Content-Language"] == "en"
    assert letter.get_content_type() == "text/plain"
    assert "mail FROM:<resonanz@bakery.example>" in " ".join(post.said)


def test_a_name_adds_no_line_to_the_head(
    post: ScriptedPost, alice: Member, alarm: Alarm, send_due: SendDue
) -> None:
    """Newlines, separators, umlauts, quotes and commas in a name and a workspace."""
    alice.name = "Älice, “the\r\nBcc: charlie@cutlery.example\u2028boss”"
    alice.save()
    alice.workspace.name = "Bäckerei\nSubject: Geld"
    alice.workspace.save()
    ask_sources()
    send_due()
    letter = post.letters[0]
    assert letter["Bcc"] is None
    assert [name for name in letter if name == "Subject"] == ["Subject"]
    assert letter["Subject"] == "Bäckerei Subject: Geld: something needs a look"
    [to] = letter["To"].addresses
    assert to.addr_spec == "alice@bakery.example"
    # Where a long name is folded, a blank may come twice.
    assert " ".join(to.display_name.split()) == "Älice, “the Bcc: charlie@cutlery.example boss”"
    assert all(byte < 128 for byte in post.raw[0])
    assert max(len(line) for line in post.raw[0].splitlines()) <= 998


def test_patience_is_asked_for_and_given(
    post: ScriptedPost, alice: Member, alarm: Alarm, clock: HandClock, send_due: SendDue
) -> None:
    post.answers = {"RCPT": ["451 greylisted, come back later"]}
    ask_sources()
    send_due()
    letter = Letter.objects.get()
    assert (letter.state, letter.trouble) == ("waiting", "451 greylisted, come back later")
    assert timezone.now() < letter.due_at < timezone.now() + timedelta(minutes=1)
    clock.advance(minutes=5)
    send_due()
    assert len(post.letters) == 1
    assert Letter.objects.get().trouble == ""


def test_a_line_cut_after_the_letter_brings_the_same_letter_again(
    post: ScriptedPost, alice: Member, alarm: Alarm, clock: HandClock, send_due: SendDue
) -> None:
    """Nobody knows whether it was taken, so it says by its id that it is the same."""
    post.answers = {"TEXT": [CUT]}
    ask_sources()
    send_due()
    clock.advance(minutes=5)
    send_due()
    assert len(post.letters) == 2
    assert len({letter["Message-ID"] for letter in post.letters}) == 1


def test_an_address_that_is_refused_is_told_on_status_and_not_by_mail(
    post: ScriptedPost,
    alice: Member,
    berta: Member,
    alarm: Alarm,
    clock: HandClock,
    send_due: SendDue,
) -> None:
    """And the next letter that is taken ends it."""
    post.answers = {"RCPT": ["550 no such user here"]}
    ask_sources()
    send_due()
    refused = Letter.objects.get(member=alice)
    assert (refused.state, refused.trouble) == ("refused", "550 no such user here")
    # The other letter went after it, and ended the alarm.
    mail = Alarm.objects.get(matter="mail")
    assert (mail.code, mail.subject) == ("mail_refused", "Alice")
    assert mail.over_at is not None


def test_a_door_that_is_shut_loses_nothing(
    post: ScriptedPost,
    alice: Member,
    alarm: Alarm,
    clock: HandClock,
    client_of: object,
    send_due: SendDue,
) -> None:
    """The sender is not accepted: a human sets it right, and the letter goes by itself."""
    post.answers = {"MAIL": ["553 you may not write as this"] * 2}
    ask_sources()
    send_due()
    assert Letter.objects.get().state == Letter.State.WAITING
    told = client_of(alice).get("/status/").content.decode()  # type: ignore[operator]
    assert "the mail server does not let Resonanz in" in told
    clock.advance(minutes=3)
    assert ask_sources() == 0  # About mail there is no mail.
    send_due()
    clock.advance(minutes=3)
    send_due()
    assert len(post.letters) == 1
    assert Alarm.objects.get(matter="mail").over_at is not None


def test_after_two_days_it_is_given_up(
    settings: Settings,
    post: ScriptedPost,
    alice: Member,
    alarm: Alarm,
    clock: HandClock,
    send_due: SendDue,
) -> None:
    ask_sources()
    settings.RESONANZ_MAIL_SERVER = settings.RESONANZ_MAIL_SERVER.__class__(
        settings.RESONANZ_MAIL_SERVER.line, "127.0.0.1", 9
    )
    for _ in range(60):
        send_due()
        clock.advance(hours=1)
    letter = Letter.objects.get()
    assert letter.state == Letter.State.REFUSED
    assert 30 < letter.attempts < 60
    assert Alarm.objects.get(matter="mail").code == "mail_away"


@pytest.mark.parametrize(
    ("zone", "hour", "sent_at"), [("Europe/Berlin", 22, 9), ("Pacific/Auckland", 3, 9)]
)
def test_nothing_is_sent_outside_of_her_hours(
    post: ScriptedPost,
    alice: Member,
    clock: HandClock,
    zone: str,
    hour: int,
    sent_at: int,
    send_due: SendDue,
) -> None:
    """By the clock of her workspace."""
    alice.works_from, alice.works_until = time(sent_at), time(17)
    alice.save()
    alice.workspace.time_zone = zone
    alice.workspace.save()
    local = timezone.now().astimezone(ZoneInfo(zone))
    clock.advance(hours=(hour - local.hour) % 24 + 24, minutes=-local.minute)
    raise_alarm(workspace=alice.workspace, **DISK)
    clock.advance(minutes=5)
    ask_sources()
    send_due()
    assert post.letters == []
    due = Letter.objects.get().due_at.astimezone(ZoneInfo(zone))
    assert (due.hour, due.minute) == (sent_at, 0)
    clock.advance(minutes=(due - timezone.now()) / timedelta(minutes=1) + 1)
    send_due()
    assert len(post.letters) == 1


def test_an_attempt_that_falls_into_her_evening_waits_for_the_morning(
    post: ScriptedPost, alice: Member, alarm: Alarm, clock: HandClock, send_due: SendDue
) -> None:
    """Hours that were changed after it was written, or a server that was away until then."""
    ask_sources()
    today = timezone.now().astimezone(ZoneInfo("Europe/Berlin")).date()
    Absence.objects.create(member=alice, from_day=today, until_day=today + timedelta(days=1))
    send_due()
    assert post.letters == []
    letter = Letter.objects.get()
    assert letter.due_at.astimezone(ZoneInfo("Europe/Berlin")) == datetime.combine(
        today + timedelta(days=2), time.min, tzinfo=ZoneInfo("Europe/Berlin")
    )
    assert (letter.state, letter.attempts) == ("waiting", 0)


def test_who_has_left_or_does_not_want_it_gets_nothing(
    post: ScriptedPost, alice: Member, berta: Member, alarm: Alarm, send_due: SendDue
) -> None:
    ask_sources()
    Member.objects.filter(pk=alice.pk).update(wants_alarms=False)
    Member.objects.filter(pk=berta.pk).update(left_at=timezone.now())
    send_due()
    assert post.letters == []


def test_without_a_mail_server_nothing_is_written(alice: Member, alarm: Alarm) -> None:
    assert ask_sources() == 0


def test_one_letter_is_sent_by_one_worker(post: ScriptedPost, alice: Member, alarm: Alarm) -> None:
    """A second nudge finds it taken, and later sent."""
    ask_sources()
    letter = Letter.objects.get()
    Letter.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    send_letter.call(letter.pk)
    assert post.letters == []
    Letter.objects.update(leased_until=timezone.now())
    for _ in range(2):
        send_letter.call(letter.pk)
    assert len(post.letters) == 1

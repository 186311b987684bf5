"""Word that something is for her: by mail, by a pushed message, or not at all any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.conversations.moves import assign, call_done, undo
from resonanz.conversations.notes import note_seen, write_note
from resonanz.letters.asking import ask_sources
from resonanz.letters.models import Letter, PushSubscription
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import ScriptedPost
from resonanz.switchboard.contract import Can
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member

pytestmark = pytest.mark.usefixtures("no_morning")


@pytest.fixture
def talks(alice: Member, pretend_channel: Channel, clock: HandClock) -> list[Conversation]:
    """What somebody said to Alice in the pretend town."""
    read_lane.call(pretend_channel.lanes.get(kind=Can.NOTIFICATIONS.value).pk)
    return list(Conversation.objects.waiting())


def subscribed(member: Member) -> None:
    PushSubscription.objects.create(member=member, endpoint="https://push.example/1")


def test_who_is_named_in_a_note_is_told_without_what_it_says(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    talks: list[Conversation],
    clock: HandClock,
    send_due: SendDue,
) -> None:
    """In her language, with the way there."""
    write_note(conversation=talks[0], author=alice, text="@Bob geheim", named=[bob])
    assert ask_sources() == 0
    clock.advance(minutes=6)
    ask_sources()
    ask_sources()
    send_due()
    [letter] = post.letters
    assert letter["To"] == "Bob <bob@bakery.example>"
    assert letter["Subject"] == "Alice hat dich in einer Notiz genannt"
    text = letter.get_content()
    assert f"https://resonanz.example/conversations/{talks[0].pk}/" in text
    assert "geheim" not in text
    assert talks[0].opening[:20] not in text


def test_who_has_seen_it_is_not_told(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    talks: list[Conversation],
    clock: HandClock,
    send_due: SendDue,
) -> None:
    write_note(conversation=talks[0], author=alice, text="@Bob", named=[bob])
    clock.advance(minutes=6)
    ask_sources()
    note_seen(conversation=talks[0], member=bob)
    send_due()
    assert post.letters == []


def test_one_click_with_many_is_one_letter(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    talks: list[Conversation],
    clock: HandClock,
    send_due: SendDue,
) -> None:
    """And what is taken back, or taken by herself, is none."""
    assign(conversations=talks[:3], to=bob, by=alice)
    assign(conversations=talks[3:4], to=alice, by=alice)
    slip = assign(conversations=talks[4:5], to=bob, by=alice)
    undo(batch=slip.batch, member=alice)
    clock.advance(minutes=6)
    ask_sources()
    send_due()
    assert [letter["Subject"] for letter in post.letters] == ["Alice hat dir 3 Gespräche gegeben"]


def test_what_is_done_meanwhile_is_not_told(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    talks: list[Conversation],
    clock: HandClock,
    send_due: SendDue,
) -> None:
    assign(conversations=talks[:1], to=bob, by=alice)
    clock.advance(minutes=6)
    ask_sources()
    call_done(conversations=talks[:1], by=bob)
    send_due()
    assert post.letters == []


def test_mail_waits_for_whoever_is_told_in_a_browser(
    post: ScriptedPost, alice: Member, bob: Member, talks: list[Conversation], clock: HandClock
) -> None:
    subscribed(bob)
    write_note(conversation=talks[0], author=alice, text="@Bob", named=[bob])
    clock.advance(minutes=6)
    ask_sources()
    by_way = dict(Letter.objects.filter(kind="note").values_list("way", "due_at"))
    assert by_way["push"] == timezone.now()
    assert by_way["mail"] == timezone.now() + timedelta(minutes=30)


def test_news_is_told_once_in_half_an_hour_to_those_who_may_answer(
    alice: Member, bob: Member, agatha: Member, talks: list[Conversation], clock: HandClock
) -> None:
    """For who has it, or for everybody who can; nobody without a browser."""
    subscribed(alice)
    subscribed(agatha)
    for _minute in range(4):
        ask_sources()
        clock.advance(minutes=1)
    told = Letter.objects.filter(kind="news")
    assert 1 <= told.count() <= 2  # Half an hour may begin in between.
    assert {(one.member, one.way) for one in told} == {(alice, "push")}
    clock.advance(hours=1)
    assert ask_sources() == 0

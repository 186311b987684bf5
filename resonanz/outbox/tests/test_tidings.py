"""Word that a text waits for her, or came back."""

import pytest
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.letters.asking import ask_sources
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import ScriptedPost
from resonanz.outbox.actions import start_draft
from resonanz.outbox.actions.reviewing import agree_and_send, ask_for_agreement, give_back
from resonanz.outbox.models import Draft
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import voices_of

pytestmark = pytest.mark.usefixtures("no_morning")

WORDS = "We bake again from Monday."


@pytest.fixture
def asked(alice: Member, bob: Member, pretend_channel: Channel, clock: HandClock) -> Draft:
    """Alice wrote a text and asks for a second person."""
    draft = start_draft(
        workspace=alice.workspace,
        author=alice,
        voice=voices_of(alice)[0],
        channels=[pretend_channel],
        text=WORDS,
    )
    asked = ask_for_agreement(draft=draft, member=alice)
    clock.advance(minutes=6)
    return asked


def test_those_who_can_agree_are_told_without_the_text(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    agatha: Member,
    gustav: Member,
    asked: Draft,
    send_due: SendDue,
) -> None:
    """Not who wrote it, and not who never speaks."""
    ask_sources()
    send_due()
    [letter] = post.letters
    assert letter["To"] == "Bob <bob@bakery.example>"
    assert letter["Subject"] == "Alice bittet um deine Zustimmung"
    assert f"/outbox/drafts/{asked.pk}/" in letter.get_content()
    assert WORDS not in letter.get_content()


def test_what_is_agreed_meanwhile_is_not_told(
    post: ScriptedPost, alice: Member, bob: Member, asked: Draft, send_due: SendDue
) -> None:
    ask_sources()
    assert asked.asked_at is not None
    agree_and_send(draft=asked, member=bob, asked_at=asked.asked_at)
    send_due()
    assert post.letters == []


def test_who_gets_a_text_back_is_told_once(
    post: ScriptedPost,
    alice: Member,
    bob: Member,
    asked: Draft,
    clock: HandClock,
    send_due: SendDue,
) -> None:
    """Also when she writes on it."""
    give_back(draft=asked, member=bob, note="Dienstag, nicht Montag.")
    clock.advance(minutes=6)
    ask_sources()
    send_due()
    Draft.objects.update(updated_at=timezone.now())
    clock.advance(minutes=6)
    ask_sources()
    send_due()
    assert [letter["Subject"] for letter in post.letters] == ["Bob gave a text back to you"]
    assert "Dienstag" not in post.letters[0].get_content()

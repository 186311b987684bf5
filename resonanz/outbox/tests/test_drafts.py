"""What is written is kept, by its own author, never wider than what it answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from resonanz.channels.models import Channel
from resonanz.outbox.actions import (
    CannotSend,
    NotYourVoice,
    ThrownAway,
    WrittenElsewhere,
    approve_and_send,
    discard_draft,
    restore_draft,
    save_draft,
    start_draft,
    take_back,
)
from resonanz.outbox.models import Draft, Publication
from resonanz.outbox.sentences import problem_sentences
from resonanz.outbox.tests.saying import QUESTION, on_its_way, written
from resonanz.outbox.tests.scripted import Scripted
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Member


def test_an_answer_is_never_wider_than_what_it_answers(alice: Member, channel: Channel) -> None:
    draft = written(alice, channel, answering=QUESTION)
    assert draft.audience == Audience.FOLLOWERS
    save_draft(draft=draft, text="Hello.", audience=Audience.PUBLIC.value)
    draft.refresh_from_db()
    assert draft.audience == Audience.FOLLOWERS
    save_draft(draft=draft, text="Hello.", audience=Audience.DIRECT.value)
    draft.refresh_from_db()
    assert draft.audience == Audience.DIRECT


def test_a_wider_audience_that_got_into_the_row_still_does_not_go_out(
    alice: Member, channel: Channel
) -> None:
    draft = written(alice, channel, answering=QUESTION)
    Draft.objects.update(audience=Audience.PUBLIC.value)
    with pytest.raises(CannotSend) as cannot:
        approve_and_send(draft=draft, member=alice)
    assert cannot.value.previews[0].problems == ("wider_than_answered",)


def test_a_draft_that_is_saved_after_it_was_sent_is_left_alone(
    alice: Member, channel: Channel
) -> None:
    draft = written(alice, channel, text="As it was approved.")
    publication = approve_and_send(draft=draft, member=alice)
    save_draft(draft=draft, text="Typed a moment too late.")
    draft.refresh_from_db()
    assert draft.text == "As it was approved."
    assert Publication.objects.get() == publication


def test_what_is_checked_is_what_is_sent(alice: Member, channel: Channel) -> None:
    """Another window makes the text too long between reading the draft and approving it."""
    draft = written(alice, channel)
    Draft.objects.filter(pk=draft.pk).update(text="far too long " * 20)
    with pytest.raises(CannotSend):
        approve_and_send(draft=draft, member=alice)
    assert not Publication.objects.exists()


def test_nobody_sends_with_somebody_elses_voice(
    alice: Member, bob: Member, channel: Channel
) -> None:
    draft = written(alice, channel)
    with pytest.raises(NotYourVoice):
        approve_and_send(draft=draft, member=bob)


def test_every_problem_is_a_sentence_with_its_numbers(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    draft = written(alice, channel, text="x" * 120)
    draft.voice = None
    draft.save()
    Channel.objects.update(state=Channel.State.SIGN_IN_AGAIN)
    with pytest.raises(CannotSend) as cannot:
        approve_and_send(draft=draft, member=alice)
    with translation.override("en"):
        sentences = problem_sentences(cannot.value.previews[0])
    assert "20 signs too long" in sentences[0]
    assert "120 of 100" in sentences[0]
    assert "Choose who speaks" in sentences[1]
    assert "has to be connected again" in sentences[2]


def test_two_windows_do_not_overwrite_one_another(alice: Member, channel: Channel) -> None:
    """The window that has not seen the newer text is told, and the newer text stays."""
    draft = written(alice, channel, answering=QUESTION)
    seen = draft.updated_at
    save_draft(draft=draft, text="From the first.", edited_in="first", seen_at=seen)
    save_draft(draft=draft, text="From the first again.", edited_in="first", seen_at=seen)
    with pytest.raises(WrittenElsewhere) as other:
        save_draft(draft=draft, text="From the second.", edited_in="second", seen_at=seen)
    assert other.value.theirs.text == "From the first again."
    now = other.value.theirs.updated_at
    save_draft(draft=draft, text="From the second.", edited_in="second", seen_at=now)
    draft.refresh_from_db()
    assert draft.text == "From the second."


def test_the_same_page_finds_its_draft_again_even_when_it_was_sent(
    alice: Member, channel: Channel
) -> None:
    """What is typed while the answer goes out does not begin a second answer."""
    given: dict[str, Any] = {
        "workspace": alice.workspace,
        "author": alice,
        "voice": alice.voices.get(),
        "channels": [channel],
        "answering": QUESTION,
        "edited_in": "page",
    }
    draft = start_draft(**given)
    save_draft(draft=draft, text="Yes.", edited_in="page")
    approve_and_send(draft=draft, member=alice)
    assert start_draft(**given).pk == draft.pk
    assert Draft.objects.count() == 1


def test_the_same_answer_from_a_second_window_is_the_one_on_its_way(
    alice: Member, channel: Channel
) -> None:
    first = on_its_way(alice, channel, answering=QUESTION, text="Yes, at eight.")
    again = written(alice, channel, answering=QUESTION, text="Yes, at eight.")
    assert approve_and_send(draft=again, member=alice) == first.publication
    other = written(alice, channel, answering=QUESTION, text="And bring a coat.")
    assert approve_and_send(draft=other, member=alice) != first.publication


def test_thrown_away_is_not_lost_and_is_not_sent(alice: Member, channel: Channel) -> None:
    draft = written(alice, channel)
    discard_draft(draft=draft)
    with pytest.raises(ThrownAway):
        approve_and_send(draft=draft, member=alice)
    assert restore_draft(draft=draft).state == Draft.State.OPEN
    approve_and_send(draft=draft, member=alice)
    discard_draft(draft=draft)
    draft.refresh_from_db()
    assert draft.state == Draft.State.SENT


def test_taking_a_thrown_away_answer_back_leads_to_the_one_begun_meanwhile(
    alice: Member, channel: Channel
) -> None:
    old = written(alice, channel, answering=QUESTION, text="Old.")
    discard_draft(draft=old)
    new = written(alice, channel, answering=QUESTION, text="New.")
    assert restore_draft(draft=old) == new


def test_a_text_taken_back_joins_the_answer_begun_meanwhile(
    alice: Member, channel: Channel
) -> None:
    delivery = on_its_way(alice, channel, answering=QUESTION, text="Taken back.")
    begun = written(alice, channel, answering=QUESTION, text="Begun.")
    delivery.leased_until = timezone.now() - timedelta(seconds=1)
    delivery.save()
    assert take_back(delivery=delivery, member=alice) == begun
    begun.refresh_from_db()
    assert begun.text == "Taken back.\n\nBegun."

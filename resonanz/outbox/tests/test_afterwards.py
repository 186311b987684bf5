"""The seconds before sending, several posts in a row, changes afterwards, a second person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.actions import (
    CannotAmend,
    NeedsAgreement,
    NotForYou,
    NotYourVoice,
    WrittenMeanwhile,
    agree_and_send,
    approve_and_send,
    ask_for_agreement,
    delete_afterwards,
    edit_afterwards,
    gesture,
    give_back,
    save_draft,
    take_back,
    take_back_gesture,
    take_back_text,
    undo_amendment,
)
from resonanz.outbox.duties import due_deliveries
from resonanz.outbox.jobs import amend, deliver, make_gesture
from resonanz.outbox.models import Amendment, Delivery, Draft, Gesture, Publication
from resonanz.outbox.tests.saying import QUESTION, carry_out, on_its_way, written
from resonanz.outbox.tests.scripted import Scripted, heard
from resonanz.switchboard.shapes import ReactionKind
from resonanz.switchboard.trouble import Refused, Unsure
from resonanz.workspaces.models import Member

State = Delivery.State
THREE = "First.\n---\nSecond.\n\n---\n\nThird."


def leaves_seconds(member: Member, seconds: int = 10) -> None:
    """Let what is sent be taken back for a while."""
    member.workspace.take_back_seconds = seconds
    member.workspace.save()


def wants_a_second_person(member: Member) -> None:
    """Let nothing go out that only one person has seen."""
    member.workspace.needs_second_person = True
    member.workspace.save()


def test_for_some_seconds_nothing_goes_out_and_all_can_be_taken_back(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    leaves_seconds(alice)
    delivery = on_its_way(alice, channel)
    deliver.call(delivery.pk)
    assert delivery.pk not in due_deliveries(timezone.now(), 10)
    assert network.said == []
    assert delivery.pk in due_deliveries(timezone.now() + timedelta(seconds=11), 10)
    draft = take_back_text(publication=delivery.publication, member=alice)
    assert draft is not None
    assert (draft.text, list(draft.channels.all())) == ("Good morning.", [channel])
    carry_out(delivery)
    assert (delivery.state, network.said) == (State.WITHDRAWN, [])


def test_what_is_being_said_at_this_moment_cannot_be_taken_back(
    alice: Member, channel: Channel
) -> None:
    delivery = on_its_way(alice, channel)
    Delivery.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert take_back_text(publication=delivery.publication, member=alice) is None


def test_several_posts_go_out_in_a_row_each_behind_the_one_before(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Names stand in the first, the signature in the last; the next waits for the one before."""
    first = on_its_way(alice, channel, text=THREE, answering=QUESTION)
    parts = list(Delivery.objects.order_by("position"))
    deliver.call(parts[2].pk)
    deliver.call(parts[1].pk)
    assert network.said == []
    for part in parts:
        carry_out(part)
    assert [said.text for said in network.said] == ["First.", "Second.", "Third.\n\n— Alice"]
    assert network.said[0].answering == QUESTION
    behind = network.said[1].answering
    assert behind is not None
    assert (behind.uid, behind.root_uid) == (parts[0].uid, QUESTION.uid)
    assert behind.names == QUESTION.names, "followers only: otherwise she would not see it"
    posts = Post.objects.order_by("pk")
    assert [post.text for post in posts] == ["First.", "Second.", "Third.\n\n— Alice"]
    assert posts[1].answers == posts[0]
    assert {post.conversation_id for post in posts} == {posts[0].conversation_id}
    assert first.publication.text == "First.\n\nSecond.\n\nThird.\n\n— Alice"


def test_a_refused_part_stops_the_rest_which_goes_on_after_a_change(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    on_its_way(alice, channel, text=THREE)
    parts = list(Delivery.objects.order_by("position"))
    carry_out(parts[0])
    network.plan = [Refused("Not this word.")]
    carry_out(parts[1])
    carry_out(parts[2])
    assert [part.state for part in parts] == [State.SENT, State.REFUSED, State.WAITING]
    draft = take_back(delivery=parts[1], member=alice)
    assert draft is not None
    assert draft.text == "Second.\n\n---\n\nThird."
    assert draft.answering_uid == parts[0].uid
    parts[2].refresh_from_db()
    assert parts[2].state == State.WITHDRAWN
    save_draft(draft=draft, text="Another word.\n---\nThird.")
    again = approve_and_send(draft=draft, member=alice)
    for part in again.deliveries.order_by("position"):
        carry_out(part)
    assert [said.text for said in network.said] == ["First.", "Another word.", "Third.\n\n— Alice"]


def test_a_part_that_was_heard_is_not_said_again(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    on_its_way(alice, channel, text=THREE)
    parts = list(Delivery.objects.order_by("position"))
    carry_out(parts[0])
    network.plan = [heard(Unsure("The line broke."))]
    carry_out(parts[1])
    carry_out(parts[2])
    assert len(network.said) == 2
    carry_out(parts[1])
    carry_out(parts[2])
    assert [said.text for said in network.said] == ["First.", "Second.", "Third.\n\n— Alice"]


def sent(member: Member, channel: Channel) -> Delivery:
    return carry_out(on_its_way(member, channel))


def test_a_post_of_ours_is_changed_there_and_here(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    delivery = sent(alice, channel)
    Post.objects.update(said_at=timezone.now() - timedelta(hours=1))
    change = edit_afterwards(delivery=delivery, member=alice, text="Good evening.")
    same = edit_afterwards(delivery=delivery, member=alice, text="Good evening.")
    assert same == change
    amend.call(change.pk)
    amend.call(change.pk)
    assert [(local_id, out.text) for local_id, out in network.edited] == [
        (delivery.local_id, "Good evening.")
    ]
    post = Post.objects.get()
    assert (post.text, post.edited_at is not None) == ("Good evening.", True)
    assert post.versions.get().text == "Good morning.\n\n— Alice"


def test_a_post_of_ours_is_deleted_there_and_leaves_a_gap_here(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    delivery = sent(alice, channel)
    network.plan = [Unsure("The line broke.")]
    change = delete_afterwards(delivery=delivery, member=alice)
    amend.call(change.pk)
    assert network.deleted == []
    Amendment.objects.update(due_at=timezone.now(), leased_until=timezone.now())
    amend.call(change.pk)
    assert network.deleted == [delivery.local_id]
    post = Post.objects.get()
    assert (post.text, post.gone_at is not None) == ("", True)


def test_a_change_can_be_let_be_for_some_seconds(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    delivery = sent(alice, channel)
    leaves_seconds(alice)
    change = edit_afterwards(delivery=delivery, member=alice, text="Good evening.")
    amend.call(change.pk)
    assert undo_amendment(amendment=change)
    Amendment.objects.update(due_at=timezone.now())
    amend.call(change.pk)
    assert network.edited == []


def test_what_a_colleague_said_is_hers_to_change_or_the_owners(
    alice: Member, bob: Member, channel: Channel
) -> None:
    by_alice, by_bob = sent(alice, channel), sent(bob, channel)
    with pytest.raises(CannotAmend):
        edit_afterwards(delivery=by_alice, member=bob, text="Mine now.")
    assert edit_afterwards(delivery=by_bob, member=alice, text="Stepping in.")


def test_a_like_is_taken_back_also_when_it_stands_there(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    given = {
        "channel": channel,
        "kind": ReactionKind.FAVOURITE,
        "target_uid": "https://elsewhere.example/posts/7",
    }
    made = gesture(voice=alice.voices.get(), target_local_id="7", **given)  # type: ignore[arg-type]
    make_gesture.call(made.pk)
    take_back_gesture(**given)  # type: ignore[arg-type]
    Gesture.objects.update(leased_until=timezone.now())
    make_gesture.call(made.pk)
    assert network.taken_back == [(ReactionKind.FAVOURITE, "7")]
    gesture(voice=alice.voices.get(), target_local_id="7", **given)  # type: ignore[arg-type]
    Gesture.objects.update(leased_until=timezone.now())
    make_gesture.call(made.pk)
    assert len(network.reacted) == 2
    assert Gesture.objects.count() == 1


def test_a_second_person_agrees_and_it_stays_the_word_of_who_wrote_it(
    alice: Member, bob: Member, channel: Channel, network: Scripted
) -> None:
    wants_a_second_person(alice)
    draft = written(alice, channel)
    with pytest.raises(NeedsAgreement):
        approve_and_send(draft=draft, member=alice)
    asked = ask_for_agreement(draft=draft, member=alice)
    assert asked.asked_at is not None
    with pytest.raises(NotForYou):
        agree_and_send(draft=asked, member=alice, asked_at=asked.asked_at)
    publication = agree_and_send(draft=asked, member=bob, asked_at=asked.asked_at)
    assert agree_and_send(draft=asked, member=bob, asked_at=asked.asked_at) == publication
    assert (publication.approved_by, publication.seconded_by) == (alice, bob)
    assert Publication.objects.count() == 1
    carry_out(publication.deliveries.get())
    assert [said.text for said in network.said] == ["Good morning.\n\n— Alice"]


def test_a_change_takes_a_text_back_from_the_second_person(
    alice: Member, bob: Member, channel: Channel
) -> None:
    """What was looked at and what goes out are the same text."""
    wants_a_second_person(alice)
    asked = ask_for_agreement(draft=written(alice, channel), member=alice)
    assert asked.asked_at is not None
    kept = save_draft(draft=asked, text="Good morning.")
    assert kept.state == Draft.State.REVIEW
    changed = save_draft(draft=asked, text="Another text.")
    assert changed.state == Draft.State.OPEN
    with pytest.raises(WrittenMeanwhile):
        agree_and_send(draft=asked, member=bob, asked_at=asked.asked_at)
    anew = ask_for_agreement(draft=changed, member=alice)
    with pytest.raises(WrittenMeanwhile):
        agree_and_send(draft=anew, member=bob, asked_at=asked.asked_at)


def test_a_text_comes_back_with_a_note(alice: Member, bob: Member, channel: Channel) -> None:
    wants_a_second_person(alice)
    asked = ask_for_agreement(draft=written(alice, channel), member=alice)
    with pytest.raises(NotForYou):
        give_back(draft=asked, member=alice, note="I may not.")
    back = give_back(draft=asked, member=bob, note="Say which day.")
    assert (back.state, back.review_note, back.reviewer) == (
        Draft.State.OPEN,
        "Say which day.",
        bob,
    )


def test_an_agency_prepares_and_she_whose_voice_it_is_makes_it_her_word(
    alice: Member, bob: Member, channel: Channel
) -> None:
    Member.objects.filter(pk=bob.pk).update(role=Member.Role.AGENCY)
    bob.refresh_from_db()
    draft = written(alice, channel)
    Draft.objects.update(author=bob)
    draft.refresh_from_db()
    with pytest.raises(NotYourVoice):
        approve_and_send(draft=draft, member=bob)
    asked = ask_for_agreement(draft=draft, member=bob)
    assert asked.asked_at is not None
    with pytest.raises(NotForYou):
        agree_and_send(draft=asked, member=bob, asked_at=asked.asked_at)
    publication = agree_and_send(draft=asked, member=alice, asked_at=asked.asked_at)
    assert (publication.approved_by, publication.seconded_by) == (alice, None)


def test_where_a_second_person_agrees_nobody_gives_a_text_other_words_alone(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Or every agreement could be got round afterwards. Deleting stays."""
    delivery = on_its_way(alice, channel)
    carry_out(delivery)
    wants_a_second_person(alice)
    with pytest.raises(CannotAmend):
        edit_afterwards(delivery=delivery, member=alice, text="Nobody has seen this.")
    assert delete_afterwards(delivery=delivery, member=alice).kind == Amendment.Kind.DELETE

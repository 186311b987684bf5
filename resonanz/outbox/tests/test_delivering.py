"""A text reaches its network once, whatever breaks on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.actions import approve_and_send, gesture, take_back, try_again
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.outbox.models import Delivery, Draft, Gesture
from resonanz.outbox.tests.saying import carry_out, on_its_way, written
from resonanz.outbox.tests.scripted import Killed, Scripted, connect, heard
from resonanz.switchboard.shapes import ReactionKind
from resonanz.switchboard.trouble import Refused, SignInAgain, TryLater, Unsure
from resonanz.workspaces.models import Alarm, Member

State = Delivery.State


def test_a_text_is_sent_once_and_becomes_a_post_of_ours(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """The second nudge of the same delivery finds nothing to do."""
    delivery = on_its_way(alice, channel)
    carry_out(delivery)
    deliver.call(delivery.pk)
    assert delivery.state == State.SENT
    assert [said.text for said in network.said] == ["Good morning.\n\n— Alice"]
    post = Post.objects.get()
    assert (post.is_ours, post.uid, post.delivery) == (True, delivery.uid, delivery)


def test_a_worker_killed_after_it_was_heard_leads_to_looking_not_to_saying_again(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Killed between the server's yes and our note: the next attempt finds what stands there."""
    network.plan = [heard(Killed())]
    delivery = on_its_way(alice, channel)
    with pytest.raises(Killed):
        deliver.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == State.WAITING
    assert delivery.first_tried_at is not None
    carry_out(delivery)
    assert delivery.state == State.SENT
    assert len(network.said) == 1
    assert network.looks == 1


def test_while_somebody_holds_a_delivery_nobody_else_sends_it(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    delivery = on_its_way(alice, channel)
    Delivery.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    deliver.call(delivery.pk)
    assert network.said == []


def test_try_again_does_not_put_a_second_worker_beside_the_first(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Pressing “try again” while an attempt is under way leaves it in its hands."""
    delivery = on_its_way(alice, channel)
    Delivery.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    try_again(row=delivery, member=alice)
    deliver.call(delivery.pk)
    assert network.said == []


def test_a_network_that_asks_for_patience_is_given_it(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """TryLater waits at least as long as was asked, and then looks before it speaks."""
    network.plan = [TryLater("Slow down.", after=timedelta(minutes=20))]
    delivery = carry_out(on_its_way(alice, channel))
    assert delivery.state == State.WAITING
    assert delivery.due_at > timezone.now() + timedelta(minutes=19)
    carry_out(delivery)
    assert delivery.state == State.SENT
    assert network.looks == 1


def test_an_unsure_text_that_was_heard_is_found_and_not_said_again(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    network.plan = [heard(Unsure("The line broke."))]
    delivery = carry_out(on_its_way(alice, channel))
    assert delivery.state == State.UNSURE
    carry_out(delivery)
    assert delivery.state == State.SENT
    assert len(network.said) == 1


def test_an_unsure_text_that_was_not_heard_is_said(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    network.plan = [Unsure("The line broke.")]
    delivery = carry_out(on_its_way(alice, channel))
    carry_out(delivery)
    assert delivery.state == State.SENT
    assert len(network.said) == 1
    assert network.looks == 1


def test_what_is_refused_keeps_its_reason_and_comes_back_as_a_draft(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    network.plan = [Refused("No links, please.")]
    delivery = carry_out(on_its_way(alice, channel, text="See https://a.example"))
    assert (delivery.state, delivery.trouble_reason) == (State.REFUSED, "No links, please.")
    assert Alarm.objects.filter(matter=f"delivery:{delivery.pk}", over_at=None).exists()
    draft = take_back(delivery=delivery, member=alice)
    assert draft is not None
    assert (draft.text, draft.state) == ("See https://a.example", Draft.State.OPEN)
    assert list(draft.channels.all()) == [channel]
    assert not Alarm.objects.filter(over_at=None).exists()


def test_what_was_refused_can_be_tried_again(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    network.plan = [Refused("Not today.")]
    delivery = carry_out(on_its_way(alice, channel))
    try_again(row=delivery, member=alice)
    carry_out(delivery)
    assert delivery.state == State.SENT


def test_an_ended_token_holds_the_queue_and_alarms_once(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Three texts wait for the channel; when it is connected again, all go out, once."""
    deliveries = [on_its_way(alice, channel, text=f"Number {number}.") for number in range(3)]
    network.plan = [SignInAgain("Token revoked.")]
    for delivery in deliveries:
        carry_out(delivery)
    assert [delivery.state for delivery in deliveries] == [State.WAITING] * 3
    assert Alarm.objects.filter(over_at=None).count() == 1
    connect(alice)
    for delivery in deliveries:
        carry_out(delivery)
    assert sorted(said.text[:9] for said in network.said) == ["Number 0.", "Number 1.", "Number 2."]
    assert not Alarm.objects.filter(over_at=None).exists()


def test_what_may_stand_there_already_cannot_be_taken_back(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Unsure, cut off without a note, or sent: the text is not given out to be sent again."""
    network.plan = [heard(Killed()), heard(Unsure())]
    cut_off = on_its_way(alice, channel, text="One.")
    with pytest.raises(Killed):
        deliver.call(cut_off.pk)
    Delivery.objects.update(leased_until=timezone.now())
    unsure = carry_out(on_its_way(alice, channel, text="Two."))
    sent = carry_out(on_its_way(alice, channel, text="Three."))
    for delivery in (cut_off, unsure, sent):
        assert take_back(delivery=delivery, member=alice) is None
    try_again(row=unsure, member=alice)
    assert take_back(delivery=unsure, member=alice) is None


def test_what_waits_unsaid_can_be_taken_back_and_is_not_sent(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    delivery = on_its_way(alice, channel)
    Delivery.objects.update(leased_until=timezone.now())
    assert take_back(delivery=delivery, member=alice) is not None
    carry_out(delivery)
    assert (delivery.state, network.said) == (State.WITHDRAWN, [])


def test_approving_twice_is_approving_once(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    draft = written(alice, channel)
    first = approve_and_send(draft=Draft.objects.get(pk=draft.pk), member=alice)
    second = approve_and_send(draft=draft, member=alice)
    assert first == second
    assert Delivery.objects.count() == 1


def test_one_text_goes_to_two_channels_and_each_has_its_own_fate(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    other = connect(alice, "second")
    publication = approve_and_send(draft=written(alice, channel, other), member=alice)
    network.plan = [Refused("Not here.")]
    states = [carry_out(row).state for row in publication.deliveries.order_by("pk")]
    assert states == [State.REFUSED, State.SENT]
    assert len({str(row.key) for row in publication.deliveries.all()}) == 2


def test_a_worker_that_lost_its_lease_does_not_free_the_row_of_the_next(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    """Whoever claimed the row later has counted on; a late note of trouble changes nothing."""
    delivery = on_its_way(alice, channel)
    held_until = timezone.now() + timedelta(minutes=1)

    class SomebodyElse(TryLater):
        """While we were speaking, our lease ran out and another worker took the row."""

        def __init__(self) -> None:
            super().__init__("Slow.")

        @property
        def reason(self) -> str:
            Delivery.objects.filter(attempts=1).update(attempts=2, leased_until=held_until)
            return "Slow."

        @reason.setter
        def reason(self, value: str) -> None: ...

    network.plan = [SomebodyElse()]
    carry_out(delivery)
    assert (delivery.attempts, delivery.leased_until) == (2, held_until)


def test_a_gesture_is_made_once_and_tried_again_when_asked_again(
    alice: Member, channel: Channel, network: Scripted
) -> None:
    given: dict[str, Any] = {
        "channel": channel,
        "voice": alice.voices.get(),
        "kind": ReactionKind.BOOST,
        "target_uid": "https://elsewhere.example/posts/7",
        "target_local_id": "7",
    }
    network.plan = [Refused("Not yours to share.")]
    row = gesture(**given)
    make_gesture.call(row.pk)
    row.refresh_from_db()
    assert row.state == Gesture.State.REFUSED
    assert gesture(**given) == row
    Gesture.objects.update(leased_until=timezone.now(), due_at=timezone.now())
    make_gesture.call(row.pk)
    make_gesture.call(row.pk)
    assert network.reacted == [(ReactionKind.BOOST, "7")]

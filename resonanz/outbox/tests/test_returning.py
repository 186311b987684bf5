"""Removing a channel loses no text."""

import pytest

from resonanz.channels.actions import keep_account, remove_channel
from resonanz.channels.models import Channel
from resonanz.channels.tests.toy import toy_account, toy_in_registry
from resonanz.outbox.models import Delivery, Draft, OnItsWay, Publication
from resonanz.workspaces.actions import raise_alarm
from resonanz.workspaces.models import Alarm, Member
from resonanz.workspaces.queries import voices_of

WORDS = "Fresh bread at seven."


def on_its_way(member: Member, channel: Channel, state: str) -> Delivery:
    voice = voices_of(member)[0]
    draft = Draft.objects.create(
        workspace=member.workspace, author=member, voice=voice, text=WORDS, state=Draft.State.SENT
    )
    publication = Publication.objects.create(
        draft=draft,
        workspace=member.workspace,
        voice=voice,
        approved_by=member,
        text=WORDS,
        audience="public",
    )
    return Delivery.objects.create(publication=publication, channel=channel, state=state)


@pytest.mark.parametrize("state", ["waiting", "unsure", "refused"])
def test_what_has_not_gone_out_comes_back_as_a_draft(alice: Member, state: str) -> None:
    """To whom had approved it; and the alarm about it is over."""
    with toy_in_registry():
        channel = keep_account(member=alice, network_slug="toy", account=toy_account("bakery"))
        delivery = on_its_way(alice, channel, state)
        raise_alarm(workspace=alice.workspace, matter=f"delivery:{delivery.pk}", code="not_sent")
        remove_channel(channel=channel, member=alice)
    draft = Draft.objects.open().get()
    assert (draft.text, draft.author) == (WORDS, alice)
    assert not Alarm.objects.filter(over_at=None).exists()


def test_what_was_sent_does_not_come_back(alice: Member) -> None:
    """It stands there already."""
    with toy_in_registry():
        channel = keep_account(member=alice, network_slug="toy", account=toy_account("bakery"))
        on_its_way(alice, channel, OnItsWay.State.SENT)
        remove_channel(channel=channel, member=alice)
    assert not Draft.objects.open().exists()


def test_what_was_said_in_the_pretend_town_goes_with_it(
    alice: Member, pretend_channel: Channel
) -> None:
    """It was a rehearsal."""
    on_its_way(alice, pretend_channel, OnItsWay.State.WAITING)
    remove_channel(channel=pretend_channel, member=alice)
    assert not Draft.objects.open().exists()

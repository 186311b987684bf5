"""Muting, blocking, reporting: here at once, at the network when it can, and back again."""

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.conversations.tests.saying import arrives, naming, post, said, talk_of
from resonanz.outbox.jobs import shield
from resonanz.outbox.models import OnItsWay, Shielding
from resonanz.outbox.tests.scripted import Scripted, heard
from resonanz.switchboard.shapes import ShieldKind
from resonanz.switchboard.trouble import Refused, Unsure
from resonanz.workspaces.models import Alarm, Member, TrailEntry
from resonanz.workspaces.tests.cast import ClientOf


def meet(channel: Channel) -> str:
    """Somebody is rude; gives the address where he is kept at a distance."""
    arrives(channel, said("rude", "rude", text="Bah.", mentions=naming(channel)))
    return f"/conversations/accounts/{post('rude').identity_id}/shield/"


def test_whoever_is_muted_waits_no_more_and_waits_again_afterwards(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """Only here: no network hears of it. A second click changes nothing."""
    address, client = meet(channel), client_of(alice)
    assert talk_of("rude").turn == Conversation.Turn.OURS
    for _ in range(2):
        assert client.post(address, {"do": "on:mute"}).status_code == 302
    assert talk_of("rude").turn == Conversation.Turn.DONE
    assert not Shielding.objects.exists()
    identity = post("rude").identity
    assert (identity.muted_at is not None, identity.muted_by) == (True, alice)
    assert TrailEntry.objects.filter(verb="account muted").count() == 1
    page = client.get(f"/conversations/{talk_of('rude').pk}/").content.decode()
    assert "Said by somebody we have muted: show" in page
    person = client.get(f"/people/{identity.person_id}/").content.decode()
    assert "Alice has muted @rude@town.example" in person
    client.post(address, {"do": "off:mute"})
    assert talk_of("rude").turn == Conversation.Turn.OURS


def test_a_block_goes_to_the_network_and_is_ended_there(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """With the account under its local id."""
    address, client = meet(channel), client_of(alice)
    client.post(address, {"do": "on:block", "there": "on"})
    row = Shielding.objects.get()
    shield.call(row.pk)
    client.post(address, {"do": "off:block"})
    shield.call(row.pk)
    assert network.shielded == [
        (ShieldKind.BLOCK, "account-rude", True),
        (ShieldKind.BLOCK, "account-rude", False),
    ]
    assert Shielding.objects.get().state == OnItsWay.State.SENT
    assert post("rude").identity.blocked_at is None


def test_what_the_network_has_not_heard_of_does_not_go_out(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """Taken back before the worker came to it."""
    address, client = meet(channel), client_of(alice)
    client.post(address, {"do": "on:mute", "there": "on"})
    client.post(address, {"do": "off:mute"})
    shield.call(Shielding.objects.get().pk)
    assert network.shielded == []


def report(channel: Channel, **more: object) -> dict[str, object]:
    """A report as the form sends it."""
    return {
        "do": "report",
        "report-channel": str(channel.pk),
        "report-posts": [str(post("rude").pk)],
        "report-reason": "He is rude.",
        **more,
    }


def test_a_report_says_which_posts_and_why_and_goes_out_once(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """Two clicks are one report."""
    address, client = meet(channel), client_of(alice)
    told = report(channel, **{"report-is_forwarded": "on"})
    client.post(address, told)
    client.post(address, told)
    row = Shielding.objects.get()
    shield.call(row.pk)
    shield.call(row.pk)
    assert network.reported == [("account-rude", ("rude",), "He is rude.", True)]
    assert TrailEntry.objects.filter(verb="account reported").count() == 1


def test_a_report_that_broke_off_is_a_humans_to_repeat(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """Nobody can look whether it was heard, so it stands in the outbox and waits."""
    client = client_of(alice)
    client.post(meet(channel), report(channel))
    network.plan = [heard(Unsure())]
    row = Shielding.objects.get()
    shield.call(row.pk)
    shield.call(row.pk)
    assert len(network.reported) == 1
    assert Shielding.objects.get().state == OnItsWay.State.REFUSED
    assert Alarm.objects.filter(matter=row.matter).exists()
    assert "nobody can look whether" in client.get("/outbox/?show=refused").content.decode()
    client.post(f"/outbox/shielding/{row.pk}/again/")
    shield.call(row.pk)
    assert len(network.reported) == 2


def test_a_report_without_a_reason_loses_nothing(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """The page says what is missing, and which posts were ticked stays."""
    answer = client_of(alice).post(meet(channel), report(channel, **{"report-reason": ""}))
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert not Shielding.objects.exists()


def test_a_refusal_is_told_in_the_words_of_the_other_side(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """Here the account is blocked all the same."""
    address, client = meet(channel), client_of(alice)
    network.plan = [Refused("Not today")]
    client.post(address, {"do": "on:block", "there": "on"})
    shield.call(Shielding.objects.get().pk)
    assert "Not today" in client.get(address).content.decode()
    assert post("rude").identity.blocked_at is not None


def test_an_agency_and_a_stranger_find_nothing(
    agatha: Member, charlie: Member, channel: Channel, client_of: ClientOf
) -> None:
    """Only who may speak keeps somebody away."""
    address = meet(channel)
    assert client_of(agatha).get(address).status_code == 404
    assert client_of(charlie).post(address, {"do": "on:mute"}).status_code == 404

"""What a channel can do is looked at again after an upgrade."""

from collections.abc import Iterator

import pytest
from django.test import Client

from resonanz.channels.models import Channel
from resonanz.channels.renewing import renew_channels
from resonanz.outbox.tests.scripted import Scripted, connect, scripted_network
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def network() -> Iterator[Scripted]:
    """A network that learns something."""
    with scripted_network() as found:
        yield found


def test_an_account_gets_what_came_with_a_new_version(alice: Member, network: Scripted) -> None:
    """Without being connected again."""
    channel = connect(alice)
    network.can = network.can | {Can.THREAD}
    renew_channels()
    assert Can.THREAD in Channel.objects.get(pk=channel.pk).abilities


def test_what_needs_another_sign_in_is_said_with_a_button(
    alice: Member, bob: Member, network: Scripted, client_of: ClientOf
) -> None:
    """Everybody reads it; who looks after the channels gets the button."""
    channel = connect(alice)
    network.wanting = frozenset({Can.FOLLOW})
    renew_channels()

    def page(client: Client) -> str:
        return client.get(f"/channels/{channel.pk}/").content.decode()

    assert "Es könnte mehr" in page(client_of(bob))
    assert "Following people" in page(client_of(alice))
    assert page(client_of(alice)).count(f"?again={channel.pk}") > page(client_of(bob)).count(
        f"?again={channel.pk}"
    )

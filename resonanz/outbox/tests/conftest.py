"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from resonanz.channels.models import Channel
from resonanz.outbox.tests.scripted import Scripted, connect, scripted_network
from resonanz.workspaces.models import Member


@pytest.fixture
def network() -> Iterator[Scripted]:
    """A network that does what the test tells it."""
    with scripted_network() as found:
        yield found


@pytest.fixture
def channel(network: Scripted, alice: Member) -> Channel:
    """Alice's account there."""
    return connect(alice)

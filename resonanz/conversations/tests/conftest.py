"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from resonanz.channels.models import Channel
from resonanz.conversations.tests.several import READS, Place, connected, places
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


@pytest.fixture
def around() -> Iterator[dict[str, Place]]:
    """A town and a bird house where we answer, our blog, and pages that we only read."""
    with places(Place("town"), Place("birds"), Place("press"), Place("pages", can=READS)) as found:
        yield {place.slug: place for place in found}


@pytest.fixture
def ours(around: dict[str, Place], alice: Member) -> dict[str, Channel]:
    """Alice's accounts there; the blog is on a host of ours."""
    return {slug: connected(alice, place) for slug, place in around.items()}

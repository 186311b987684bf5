"""A small web on loopback: our own site is `127.0.0.1`, everybody else's is `localhost`."""

from collections.abc import Callable, Iterator

import pytest

from resonanz.channels.actions import begin_connection
from resonanz.channels.models import Channel
from resonanz.mentions.models import Endpoint
from resonanz.mentions.tests.web import Web
from resonanz.plumbing.tests.loopback import serving
from resonanz.switchboard.contract import Way
from resonanz.workspaces.models import Member


@pytest.fixture
def web(allow_inside: Callable[..., None]) -> Iterator[Web]:
    """Pages by address; what is not there is a 404."""
    found = Web()
    with serving(found.answer) as served:
        found.port = served.port
        allow_inside(f"127.0.0.1:{served.port}", f"localhost:{served.port}")
        found.ours("/", "<title>Daybreak Bakery</title>")
        yield found


@pytest.fixture
def domain(alice: Member, web: Web) -> Channel:
    """Alice's own site, connected."""
    found = begin_connection(
        member=alice,
        network_slug="webmention",
        way=Way.ADDRESS,
        answers={"address": web.our_address("/")},
        callback_base="",
    )
    assert isinstance(found, Channel)
    return found


@pytest.fixture
def endpoint(domain: Channel) -> Endpoint:
    """Where links to Alice's site are told."""
    return domain.endpoint

"""Who speaks at Bluesky: we, Ada and Bert."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.bluesky.us import Us
from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer


@pytest.fixture
def us(bluesky: BlueskyServer, tmp_path: Path) -> Iterator[Us]:
    """The lighthouse."""
    found = Us(bluesky.users["lighthouse"], tmp_path)
    yield found
    found.close()


@pytest.fixture
def ada(bluesky: BlueskyServer) -> BlueskyPerson:
    return bluesky.users["ada"]


@pytest.fixture
def bert(bluesky: BlueskyServer) -> BlueskyPerson:
    return bluesky.users["bert"]

"""Fixtures of this room."""

from collections.abc import Iterator

import pytest
from django.test import Client

from resonanz.channels.actions import keep_account
from resonanz.channels.models import Channel
from resonanz.channels.tests.toy import Toy, toy_account, toy_in_registry
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def toy() -> Iterator[Toy]:
    """A network that does as the test tells it."""
    with toy_in_registry() as found:
        yield found


@pytest.fixture
def ours(alice: Member, toy: Toy) -> Channel:
    """Alice's account on the toy network."""
    return keep_account(member=alice, network_slug="toy", account=toy_account("bakery"))


@pytest.fixture
def client(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)

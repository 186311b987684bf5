"""Fixtures of the house."""

import pytest

from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel
from resonanz.house.tests.things import Things, things_of
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Member


@pytest.fixture
def things(alice: Member, pretend_channel: Channel) -> Things:
    """One of everything of Alice's. Only what was said to her is read, because that is faster."""
    read_lane.call(pretend_channel.lanes.get(kind=Can.NOTIFICATIONS.value).pk)
    return things_of(alice, pretend_channel)

"""What this room does at the places of the rooms below."""

import msgspec

from resonanz.channels.actions import ABLE, CONNECTED
from resonanz.channels.models import Channel
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.people import privacy
from resonanz.people.actions import meet
from resonanz.people.circles import open_circles
from resonanz.people.jobs import due_circles, read_circle
from resonanz.people.models import Identity
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Profile

OURS = frozenset({Can.PUBLISH.value, Can.LINKBACKS.value})


def know_ourselves(channel: Channel) -> None:
    """An account with which we can speak is one of ours, and so is a domain of ours.

    A feed that we read is not.
    """
    if OURS.intersection(channel.abilities):
        meet(
            workspace=channel.workspace,
            channel=channel,
            profile=msgspec.convert(channel.profile, Profile),
            how=Identity.Met.OURSELVES,
        )


def register() -> None:
    """Take the places."""
    CONNECTED.add(10, know_ourselves)
    ABLE.add(10, open_circles)
    DUTIES.add(50, Duty(name="circles", find=due_circles, nudge=read_circle))
    privacy.register()

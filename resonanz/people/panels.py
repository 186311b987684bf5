"""What this room does at the places of the rooms below."""

import msgspec

from resonanz.channels.actions import CONNECTED
from resonanz.channels.models import Channel
from resonanz.people import privacy
from resonanz.people.actions import meet
from resonanz.people.models import Identity
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Profile


def know_ourselves(channel: Channel) -> None:
    """An account with which we can speak is one of ours; a feed that we read is not."""
    if Can.PUBLISH in channel.abilities:
        meet(
            workspace=channel.workspace,
            channel=channel,
            profile=msgspec.convert(channel.profile, Profile),
            how=Identity.Met.OURSELVES,
        )


def register() -> None:
    """Take the places."""
    CONNECTED.add(10, know_ourselves)
    privacy.register()

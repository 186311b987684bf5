"""What the sweep looks for in this room."""

from datetime import datetime

from django.db.models import Q

from resonanz.channels.jobs import READ, connect_address, read_lane
from resonanz.channels.models import Channel, Lane, ListedAddress
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable


def due_lanes(now: datetime, most: int) -> list[int]:
    """Lanes that it is time to read, on channels that work."""
    lanes = Lane.objects.filter(channel__state=Channel.State.OK, kind__in=READ)
    return nudgeable(lanes, now=now, most=most)


# A long list must not keep the lanes of what is connected already waiting.
LISTED_AT_ONCE = 10


def due_addresses(now: datetime, most: int) -> list[int]:
    """Addresses of lists that are still to be connected, a few at a time."""
    rows = ListedAddress.objects.filter(state=ListedAddress.State.WAITING)
    under_way = rows.filter(Q(nudged_at__gt=now) | Q(leased_until__gt=now)).count()
    return nudgeable(rows, now=now, most=max(min(most, LISTED_AT_ONCE - under_way), 0))


def register() -> None:
    """Put this room's duties into the sweep."""
    DUTIES.add(30, Duty(name="lanes", find=due_lanes, nudge=read_lane))
    DUTIES.add(40, Duty(name="listed addresses", find=due_addresses, nudge=connect_address))

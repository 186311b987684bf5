"""What the sweep looks for in this room."""

from datetime import datetime

from resonanz.channels.jobs import READ, read_lane
from resonanz.channels.models import Channel, Lane
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable


def due_lanes(now: datetime, most: int) -> list[int]:
    """Lanes that it is time to read, on channels that work."""
    lanes = Lane.objects.filter(channel__state=Channel.State.OK, kind__in=READ)
    return nudgeable(lanes, now=now, most=most)


def register() -> None:
    """Put this room's duties into the sweep."""
    DUTIES.add(30, Duty(name="lanes", find=due_lanes, nudge=read_lane))

"""What the sweep looks for in this room."""

from datetime import datetime

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable
from resonanz.outbox.jobs import amend, deliver, make_gesture, moderate, shield
from resonanz.outbox.models import Gesture, Moderation, Shielding
from resonanz.outbox.queries import ready_amendments, ready_deliveries


def due_deliveries(now: datetime, most: int) -> list[int]:
    """Deliveries that it is time to carry out, on channels that work."""
    return nudgeable(ready_deliveries(), now=now, most=most)


def due_gestures(now: datetime, most: int) -> list[int]:
    """Gestures that it is time to make, on channels that work."""
    return nudgeable(Gesture.objects.to_do(), now=now, most=most)


def due_amendments(now: datetime, most: int) -> list[int]:
    """Changes of what stands there that it is time to make, on channels that work."""
    return nudgeable(ready_amendments(), now=now, most=most)


def due_shieldings(now: datetime, most: int) -> list[int]:
    """Mutes, blocks and reports that it is time to make, on channels that work."""
    return nudgeable(Shielding.objects.to_do(), now=now, most=most)


def due_moderations(now: datetime, most: int) -> list[int]:
    """Comments that it is time to approve, to hold or to put away, on channels that work."""
    return nudgeable(Moderation.objects.to_do(), now=now, most=most)


def register() -> None:
    """Put this room's duties into the sweep."""
    DUTIES.add(10, Duty(name="deliveries", find=due_deliveries, nudge=deliver))
    DUTIES.add(11, Duty(name="gestures", find=due_gestures, nudge=make_gesture))
    DUTIES.add(12, Duty(name="amendments", find=due_amendments, nudge=amend))
    DUTIES.add(13, Duty(name="shieldings", find=due_shieldings, nudge=shield))
    DUTIES.add(14, Duty(name="moderations", find=due_moderations, nudge=moderate))

"""What the sweep looks for in this room."""

from datetime import datetime

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.outbox.models import Delivery, Gesture


def due_deliveries(now: datetime, most: int) -> list[int]:
    """Deliveries that it is time to carry out, on channels that work."""
    return nudgeable(Delivery.objects.to_do(), now=now, most=most)


def due_gestures(now: datetime, most: int) -> list[int]:
    """Gestures that it is time to make, on channels that work."""
    return nudgeable(Gesture.objects.to_do(), now=now, most=most)


def register() -> None:
    """Put this room's duties into the sweep."""
    DUTIES.add(10, Duty(name="deliveries", find=due_deliveries, nudge=deliver))
    DUTIES.add(11, Duty(name="gestures", find=due_gestures, nudge=make_gesture))

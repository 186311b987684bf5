"""What the sweep looks for in this room."""

from datetime import datetime

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable
from resonanz.mentions.jobs import WORKS, look_at_mention, look_at_own_site, tell_mention
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention


def due_received(now: datetime, most: int) -> list[int]:
    """Pages that it is time to look at, because they are said to link to ours."""
    rows = ReceivedMention.objects.filter(state=ReceivedMention.State.WAITING, **WORKS)
    return nudgeable(rows, now=now, most=most)


def due_sent(now: datetime, most: int) -> list[int]:
    """Pages that it is time to tell that ours link to them."""
    rows = SentMention.objects.filter(state=SentMention.State.WAITING, **WORKS)
    return nudgeable(rows, now=now, most=most)


def due_endpoints(now: datetime, most: int) -> list[int]:
    """Sites of ours that it is time to look at."""
    return nudgeable(Endpoint.objects.filter(**WORKS), now=now, most=most)


def register() -> None:
    """Put this room's duties into the sweep."""
    DUTIES.add(32, Duty(name="received mentions", find=due_received, nudge=look_at_mention))
    DUTIES.add(33, Duty(name="sent mentions", find=due_sent, nudge=tell_mention))
    DUTIES.add(34, Duty(name="endpoints", find=due_endpoints, nudge=look_at_own_site))

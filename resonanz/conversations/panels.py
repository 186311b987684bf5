"""What this room does at the places of the rooms below, and what the sweep looks for here."""

from datetime import datetime

from resonanz.channels.actions import REMOVED
from resonanz.channels.arrivals import ARRIVALS
from resonanz.channels.models import Channel
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import nudgeable
from resonanz.conversations import privacy
from resonanz.conversations.actions import keep_our_post
from resonanz.conversations.jobs import look_up_thread
from resonanz.conversations.keeping import keep_arrival
from resonanz.conversations.models import Lookup
from resonanz.conversations.rehearsal import end_rehearsal
from resonanz.conversations.today import (
    promises,
    what_is_answered,
    what_we_talked_about,
    who_waits,
)
from resonanz.outbox.places import ANSWERED, DELIVERED
from resonanz.people.places import ON_PERSON
from resonanz.workspaces.places import TODAY


def due_lookups(now: datetime, most: int) -> list[int]:
    """Conversations that are to be read whole."""
    rows = Lookup.objects.filter(done_at=None, channel__state=Channel.State.OK)
    return nudgeable(rows, now=now, most=most)


def register() -> None:
    """Take the places."""
    ARRIVALS.add(10, keep_arrival)
    DELIVERED.add(10, keep_our_post)
    REMOVED.add(50, end_rehearsal)
    TODAY.add(10, who_waits)
    TODAY.add(30, promises)
    ON_PERSON.add(10, what_we_talked_about)
    ANSWERED.add(10, what_is_answered)
    DUTIES.add(40, Duty(name="lookups", find=due_lookups, nudge=look_up_thread))
    privacy.register()

"""Background entry points of this room: an id in, one action, done."""

import logging
from datetime import datetime

from django_tasks import task

from resonanz.channels.models import Channel
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.clockwork.rows import nudgeable
from resonanz.people.circles import go_on_reading
from resonanz.people.models import CircleReading

log = logging.getLogger(__name__)


@task(queue_name="reading")
def read_circle(reading_id: int) -> None:
    """Read some of a list of accounts. Does nothing when it is not due or somebody has it."""
    rows = CircleReading.objects.filter(channel__state=Channel.State.OK)
    with claimed(
        rows.select_related("channel__workspace"), reading_id, lease=reading_lease()
    ) as reading:
        if reading is not None:
            go_on_reading(reading)
            log.info("circle %s: %s counted", reading.pk, reading.counted)


def due_circles(now: datetime, most: int) -> list[int]:
    """Lists of accounts that it is time to go on reading, on channels that work."""
    rows = CircleReading.objects.filter(channel__state=Channel.State.OK)
    return nudgeable(rows, now=now, most=most)

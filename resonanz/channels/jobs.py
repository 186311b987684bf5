"""Background entry points of this room: an id in, one action, done."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from resonanz.channels.actions import note_good_reading, note_trouble_on_lane, polling_pause
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel, Lane
from resonanz.channels.opening import connector
from resonanz.clockwork.rows import claim
from resonanz.switchboard.contract import Can, Connector
from resonanz.switchboard.shapes import Pages
from resonanz.switchboard.trouble import Trouble

log = logging.getLogger(__name__)

READING_LEASE = timedelta(minutes=5)

READ: dict[str, Callable[[Connector, str], Pages]] = {
    Can.NOTIFICATIONS.value: lambda connector, cursor: connector.notifications(cursor),
    Can.REPLIES.value: lambda connector, cursor: connector.replies(cursor),
    Can.HOME.value: lambda connector, cursor: connector.home(cursor),
}


@task(queue_name="reading")
def read_lane(lane_id: int) -> None:
    """Read one lane to its end. Does nothing when the lane is not due or somebody has it."""
    lanes = Lane.objects.filter(channel__state=Channel.State.OK, kind__in=READ)
    lane = claim(
        lanes.select_related("channel__workspace"),
        lane_id,
        lease=READING_LEASE,
        now=timezone.now(),
    )
    if lane is None:
        return
    try:
        posts = _read(lane)
    except Trouble as trouble:
        log.info("lane %s: %s", lane.pk, trouble.code)
        note_trouble_on_lane(lane=lane, trouble=trouble)
        return
    is_streaming = lane.channel.lanes.filter(
        kind=Can.STREAM.value, leased_until__gt=timezone.now()
    ).exists()
    note_good_reading(
        lane=lane, rest=polling_pause(lane.channel, lane.kind, is_streaming=is_streaming)
    )
    log.info("lane %s: read, %s posts", lane.pk, posts)


def _read(lane: Lane) -> int:
    posts = 0
    with connector(lane.channel) as open_connector:
        for page in READ[lane.kind](open_connector, lane.cursor):
            take_in(channel=lane.channel, lane=lane.kind, page=page)
            posts += len(page.posts)
            Lane.objects.filter(pk=lane.pk).update(leased_until=timezone.now() + READING_LEASE)
    return posts

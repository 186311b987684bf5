"""Background entry points of this room: an id in, one action, done."""

import logging
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from resonanz.channels.actions import note_good_reading, note_trouble_on_lane, polling_pause
from resonanz.channels.arrivals import take_in
from resonanz.channels.lists import connect_listed
from resonanz.channels.models import Channel, Lane, ListedAddress
from resonanz.channels.opening import connector
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.switchboard.contract import Can, Connector
from resonanz.switchboard.shapes import Pages
from resonanz.switchboard.trouble import Trouble

log = logging.getLogger(__name__)

READ: dict[str, Callable[[Connector, str], Pages]] = {
    Can.NOTIFICATIONS.value: lambda connector, cursor: connector.notifications(cursor),
    Can.REPLIES.value: lambda connector, cursor: connector.replies(cursor),
    Can.HOME.value: lambda connector, cursor: connector.home(cursor),
}


@task(queue_name="reading")
def read_lane(lane_id: int) -> None:
    """Read one lane to its end. Does nothing when the lane is not due or somebody has it."""
    lanes = Lane.objects.filter(channel__state=Channel.State.OK, kind__in=READ)
    rows = lanes.select_related("channel__workspace")
    with claimed(rows, lane_id, lease=reading_lease()) as lane:
        if lane is not None:
            _look_through(lane)


def _look_through(lane: Lane) -> None:
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
    return posts


@task(queue_name="reading")
def connect_address(listed_id: int) -> None:
    """Connect one address of a list that was brought. Does nothing when somebody has it."""
    rows = ListedAddress.objects.filter(state=ListedAddress.State.WAITING)
    rows = rows.select_related("list_import__member__workspace")
    with claimed(rows, listed_id, lease=reading_lease()) as row:
        if row is not None:
            connect_listed(row)
            log.info("listed address %s: looked at", row.pk)

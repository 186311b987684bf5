"""The listener: one thread per streaming channel, pages stored as they happen.

A stream moves no cursor: when the line comes back, the lanes are read from where they stood, so
that nothing is lost in between. The lane of kind "stream" is leased while a listener holds the
line, so that two listeners do not listen twice.

Nobody listens before the first look at an account is over: until then no cursor says from where
to catch up, and what is said between the last thing heard and a new start would be lost.
"""

import logging
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from resonanz.channels.actions import note_trouble_on_lane
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel, Lane
from resonanz.channels.opening import account_of, surroundings
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.plumbing.wording import N_
from resonanz.switchboard.contract import Can
from resonanz.switchboard.registry import UnknownNetwork, network
from resonanz.switchboard.trouble import Trouble, TryLater

log = logging.getLogger(__name__)

# A stream has no end of its own; its signs of life guard against hanging.
NO_END = timedelta(days=3650)
NOTE_SIGN_OF_LIFE_EVERY = timedelta(seconds=15)
LOOK_FOR_CHANNELS_SECONDS = 2.0
STREAM_ENDED = N_("The other side ended the line that stays open.")


class Listener:
    """Holds the streams of all channels until it is stopped."""

    def __init__(self) -> None:
        """Start with no streams."""
        self.stop = Event()
        self.threads: dict[int, Thread] = {}

    def run(self) -> None:
        """Look for channels to listen to, every two seconds, until `stop` is set."""
        while not self.stop.is_set():
            try:
                self.open_missing_streams()
            except DatabaseError:
                # The lines that are open go on; the database may be back at the next look.
                log.exception("the listener had trouble and goes on")
            close_old_connections()
            self.stop.wait(LOOK_FOR_CHANNELS_SECONDS)
        for thread in self.threads.values():
            thread.join(timeout=3)

    def open_missing_streams(self) -> None:
        """Start a thread for each stream lane that is due and that nobody holds."""
        self.threads = {pk: thread for pk, thread in self.threads.items() if thread.is_alive()}
        for pk in due_streams(timezone.now()).values_list("pk", flat=True):
            if pk not in self.threads:
                thread = Thread(target=listen, args=(pk, self.stop), daemon=True)
                self.threads[pk] = thread
                thread.start()


def due_streams(now: datetime) -> QuerySet[Lane]:
    """The lanes of streams that nobody holds, whose account was looked at or cannot be now."""
    # What is under way stays due; what failed is due later.
    first_looks = Lane.objects.filter(
        channel=OuterRef("channel"), kind=Can.NOTIFICATIONS.value, last_ok_at=None, due_at__lte=now
    )
    return Lane.objects.filter(
        ~Exists(first_looks),
        channel__state=Channel.State.OK,
        kind=Can.STREAM.value,
        due_at__lte=now,
        leased_until__lte=now,
    )


def listen(lane_id: int, stop: Event) -> None:
    """Hold one stream until it breaks or `stop` is set, then note how it ended."""
    try:
        lanes = Lane.objects.filter(channel__state=Channel.State.OK, kind=Can.STREAM.value)
        rows = lanes.select_related("channel__workspace")
        with claimed(rows, lane_id, lease=reading_lease(), at_most=NO_END) as lane:
            if lane is not None:
                _hold(lane, stop)
    finally:
        connection.close()


def _hold(lane: Lane, stop: Event) -> None:
    channel, noted_at = lane.channel, None
    try:
        open_connector = network(channel.network).open(account_of(channel), surroundings())
        for page in open_connector.stream(stop):
            take_in(channel=channel, lane=lane.kind, page=page)
            now = timezone.now()
            if noted_at is None or now - noted_at >= NOTE_SIGN_OF_LIFE_EVERY:
                if not _note_sign_of_life(lane, now, is_first=noted_at is None):
                    return
                noted_at = now
    except UnknownNetwork:
        log.warning("lane %s: the network %s is not installed", lane.pk, channel.network)
    except Trouble as trouble:
        log.info("stream %s: %s", lane.pk, trouble.code)
        note_trouble_on_lane(lane=lane, trouble=trouble)
    else:
        if not stop.is_set():
            note_trouble_on_lane(lane=lane, trouble=TryLater(STREAM_ENDED))
    finally:
        Lane.objects.filter(pk=lane.pk).update(leased_until=timezone.now())


def _note_sign_of_life(lane: Lane, now: datetime, *, is_first: bool) -> bool:
    """Note that the line is open; on its first sign, read what was missed meanwhile.

    The attempts are forgotten with the second sign only: a server that opens every line and
    breaks it at once is asked less and less often.
    Gives False when the channel was paused or removed, so that the stream is let go.
    """
    if not is_first:
        lane.attempts = 0
    held = Lane.objects.filter(pk=lane.pk, channel__state=Channel.State.OK).update(
        attempts=lane.attempts, last_ok_at=now
    )
    if held and is_first:
        Lane.objects.filter(
            channel_id=lane.channel_id, kind__in=[Can.NOTIFICATIONS.value, Can.HOME.value]
        ).update(due_at=now, nudged_at=now)
    return bool(held)

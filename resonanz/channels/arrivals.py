"""The place where upper rooms take what arrives, and the one way in which it is stored.

ARRIVALS.add(10, keep_posts)      # keep_posts(arrival: Arrival) -> None
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from resonanz.channels.fitting import fitting_page
from resonanz.channels.models import Channel, Lane
from resonanz.channels.rhythm import HEARD_ON, longest_silence_after
from resonanz.plumbing.panels import Place
from resonanz.switchboard.shapes import Page


@dataclass(frozen=True)
class Arrival:
    """A page that came in through a lane ("notifications", "home", "thread" …) of a channel."""

    channel: Channel
    lane: str
    page: Page


# SQLite has one writer at a time and no queue: who waits tries again every 100 ms at least
# (https://www.sqlite.org/c3ref/busy_timeout.html). A listener that is behind and writes without
# a pause kept a member's click waiting until it failed.
ROOM_FOR_OTHERS = 0.2
MOST_ROOM_SECONDS = 0.05

ARRIVALS: Place[Callable[[Arrival], None]] = Place("arrivals")


def _note_arrival(channel: Channel, lane: str, count: int) -> None:
    """Count what came, and learn how long the channel is usually silent."""
    now = timezone.now()
    row = Channel.objects.filter(pk=channel.pk)
    columns: dict[str, object] = {"arrived": F("arrived") + count}
    if lane in HEARD_ON:
        known = row.values_list("last_arrival_at", "longest_silence_seconds").first()
        last, longest = known or (None, 0)
        columns["last_arrival_at"] = now
        if last is not None:
            silence = longest_silence_after(timedelta(seconds=longest), now - last)
            columns["longest_silence_seconds"] = round(silence.total_seconds())
    row.update(**columns)


def take_in(*, channel: Channel, lane: str, page: Page) -> None:
    """Hand a page to everybody concerned and move the cursor, all or nothing.

    Taking in the same page twice changes nothing. Whoever has many pages to take in leaves room
    after each of them for others to write.
    """
    began = time.monotonic()
    with transaction.atomic():
        _take_in(channel, lane, page)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(min((time.monotonic() - began) * ROOM_FOR_OTHERS, MOST_ROOM_SECONDS))


def _take_in(channel: Channel, lane: str, page: Page) -> None:
    arrival = Arrival(channel=channel, lane=lane, page=fitting_page(page))
    if page.posts or page.reactions or page.gone or page.gone_local:
        for keep in ARRIVALS:
            keep(arrival)
        _note_arrival(channel, lane, len(page.posts) + len(page.reactions))
    if page.cursor is not None:
        Lane.objects.filter(channel=channel, kind=lane).update(cursor=page.cursor)

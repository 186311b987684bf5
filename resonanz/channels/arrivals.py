"""The place where upper rooms take what arrives, and the one way in which it is stored.

ARRIVALS.add(10, keep_posts)      # keep_posts(arrival: Arrival) -> None
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from resonanz.channels.fitting import fitting_page
from resonanz.channels.models import Channel, Lane
from resonanz.plumbing.panels import Place
from resonanz.switchboard.shapes import Page


@dataclass(frozen=True)
class Arrival:
    """A page that came in through a lane ("notifications", "home", "thread" …) of a channel."""

    channel: Channel
    lane: str
    page: Page


ARRIVALS: Place[Callable[[Arrival], None]] = Place("arrivals")


@transaction.atomic
def take_in(*, channel: Channel, lane: str, page: Page) -> None:
    """Hand a page to everybody concerned and move the cursor, all or nothing.

    Taking in the same page twice changes nothing.
    """
    arrival = Arrival(channel=channel, lane=lane, page=fitting_page(page))
    if page.posts or page.reactions or page.gone or page.gone_local:
        for keep in ARRIVALS:
            keep(arrival)
        Channel.objects.filter(pk=channel.pk).update(last_arrival_at=timezone.now())
    if page.cursor is not None:
        Lane.objects.filter(channel=channel, kind=lane).update(cursor=page.cursor)

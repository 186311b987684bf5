"""What is due and not done yet, by kind: how much, and since when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from resonanz.channels.jobs import READ
from resonanz.channels.models import Channel, Lane
from resonanz.conversations.models import Lookup
from resonanz.letters.models import Letter
from resonanz.outbox.models import Amendment, Delivery, Gesture, Moderation, Shielding


@dataclass(frozen=True)
class Due:
    """Work of one kind whose time has come: `count` rows, the oldest due `since`.

    After `patience` somebody should look why nobody does it.
    """

    name: str
    count: int
    since: datetime
    patience: timedelta


SOON = timedelta(minutes=5)
LATER = timedelta(minutes=30)


def _lanes() -> Any:
    return Lane.objects.filter(channel__state=Channel.State.OK, kind__in=READ)


# What is to be done on channels that work; what waits for a human is told elsewhere.
KINDS: dict[str, tuple[Callable[[], Any], timedelta]] = {
    "delivery": (Delivery.objects.to_do, SOON),
    "gesture": (Gesture.objects.to_do, SOON),
    "amendment": (Amendment.objects.to_do, SOON),
    "moderation": (Moderation.objects.to_do, SOON),
    "shielding": (Shielding.objects.to_do, SOON),
    "letter": (lambda: Letter.objects.filter(state=Letter.State.WAITING), LATER),
    "lane": (_lanes, LATER),
    "lookup": (lambda: Lookup.objects.filter(done_at=None), LATER),
}


def all_due() -> Iterator[Due]:
    """What is due of each kind, kinds without anything left out. One query a kind."""
    now = timezone.now()
    for name, (rows, patience) in KINDS.items():
        found = rows().filter(due_at__lte=now).aggregate(count=Count("pk"), since=Min("due_at"))
        if found["count"]:
            yield Due(name, found["count"], found["since"], patience)


def oldest_due() -> Due | None:
    """What has been waiting longest beyond its patience, or at all; None when nothing is due."""
    now = timezone.now()
    return max(all_due(), key=lambda due: now - due.since - due.patience, default=None)

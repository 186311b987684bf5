"""Whether our own site names the endpoint, so that those who link to us know where to tell it."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from resonanz.channels.actions import note_reached
from resonanz.channels.models import Channel
from resonanz.channels.opening import pause_for
from resonanz.mentions.models import Endpoint
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Endpoints
from resonanz.switchboard.trouble import Trouble
from resonanz.workspaces.actions import end_alarm, raise_alarm

# How often we look: somebody who has just been told what to write into the pages is waiting.
WHILE_IT_IS_NEW = timedelta(minutes=10)
NEW_FOR = timedelta(days=1)
WHILE_NOT_ANNOUNCED = timedelta(hours=6)
ONCE_ANNOUNCED = timedelta(days=1)


def open_endpoint(channel: Channel) -> None:
    """A domain was connected: it gets its address, which stays when it is connected again."""
    if Can.LINKBACKS.value in channel.abilities:
        endpoint, is_new = Endpoint.objects.get_or_create(channel=channel)
        if not is_new:
            look_at_site(endpoint=endpoint)


@transaction.atomic
def look_at_site(*, endpoint: Endpoint) -> None:
    """Look whether the site names the endpoint as soon as a worker is free."""
    now = timezone.now()
    Endpoint.objects.filter(pk=endpoint.pk).update(due_at=now, nudged_at=now, attempts=0)


@transaction.atomic
def note_announced(*, endpoint: Endpoint, found: Endpoints) -> None:
    """What our site names. An alarm where it named the endpoint once and does so no longer."""
    now = timezone.now()
    is_announced = names(found.webmention, reverse("webmention", args=[endpoint.token]))
    by_pingback = names(found.pingback, reverse("pingback", args=[endpoint.token]))
    is_lost = endpoint.is_announced and not is_announced
    Endpoint.objects.filter(pk=endpoint.pk).update(
        is_announced=is_announced,
        is_announced_for_pingback=by_pingback,
        looked_at=now,
        leased_until=now,
        due_at=now + _rest(endpoint, is_announced=is_announced) * settings.RESONANZ_PACE,
        attempts=0,
        trouble_code="",
        trouble_reason="",
    )
    note_reached(channel=endpoint.channel)
    workspace, matter = endpoint.channel.workspace, f"endpoint:{endpoint.pk}"
    if is_lost:
        subject = endpoint.channel.handle
        raise_alarm(
            workspace=workspace, matter=matter, code="endpoint_lost", subject=subject, detail=""
        )
    elif is_announced:
        end_alarm(workspace=workspace, matter=matter)


@transaction.atomic
def note_not_looked(*, endpoint: Endpoint, trouble: Trouble) -> None:
    """Our own site could not be asked. That says nothing about what it names."""
    now = timezone.now()
    Endpoint.objects.filter(pk=endpoint.pk).update(
        looked_at=now,
        leased_until=now,
        nudged_at=now,
        due_at=now + pause_for(trouble, endpoint.attempts),
        trouble_code=trouble.code,
        trouble_reason=trouble.reason[:400],
    )


def names(told: str, path: str) -> bool:
    """Whether an address that the site names is ours; its token tells, whatever stands before."""
    return urlsplit(told).path.endswith(path) if told else False


def _rest(endpoint: Endpoint, *, is_announced: bool) -> timedelta:
    if is_announced:
        return ONCE_ANNOUNCED
    is_new = timezone.now() - endpoint.opened_at < NEW_FOR
    return WHILE_IT_IS_NEW if is_new else WHILE_NOT_ANNOUNCED

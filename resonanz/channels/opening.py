"""Opens a connector on a channel, with a client that counts what the channel may still ask.

The budget is a token bucket in the channel's row: `calls_left` grows by the network's
`requests_per_minute` and never above it. Reading leaves `KEPT_FOR_SENDING` requests so that an
answer never waits for a timeline.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.channels.vault import vault
from resonanz.clockwork.rows import pause_after
from resonanz.plumbing.outgoing import guarded_client
from resonanz.plumbing.wording import N_
from resonanz.switchboard.contract import Connector, Surroundings, forget_secret
from resonanz.switchboard.registry import network
from resonanz.switchboard.shapes import Account, Facts, Profile, Secret
from resonanz.switchboard.trouble import Trouble, TryLater

KEPT_FOR_SENDING = 8
OWN_LIMIT = N_("Our own limit for this channel is reached.")


@cache
def shared_client() -> httpx.Client:
    """The guarded client of this process."""
    return guarded_client(
        allowed_hosts=settings.RESONANZ_ALLOWED_HOSTS_INSIDE,
        user_agent=settings.RESONANZ_USER_AGENT,
    )


class OwnLimit(TryLater):
    """We asked this channel's server as often as we allow ourselves. Nothing is wrong with it."""

    def __init__(self) -> None:
        """Wait until the budget has grown again."""
        pause = timedelta(minutes=1) * settings.RESONANZ_PACE
        super().__init__(OWN_LIMIT, after=pause)


def pause_for(trouble: Trouble, attempts: int) -> timedelta:
    """How long to wait after a trouble: what the network asks for, growing with the attempts."""
    if isinstance(trouble, OwnLimit) and trouble.after:
        return trouble.after
    asked = trouble.after if isinstance(trouble, TryLater) else None
    return pause_after(attempts, asked=asked, pace=settings.RESONANZ_PACE)


def attempts_that_count(trouble: Trouble, attempts: int) -> int:
    """The attempts without one that never left the house."""
    return max(attempts - 1, 0) if isinstance(trouble, OwnLimit) else attempts


class Meter(httpx.BaseTransport):
    """Counts requests on their way to the guarded client and stops them over the budget."""

    def __init__(self, onward: httpx.Client, allowed: float) -> None:
        """Allow `allowed` requests."""
        self.onward, self.allowed, self.used = onward, allowed, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on, or raise `OwnLimit` when the budget is used up."""
        if self.used + 1 > self.allowed:
            raise OwnLimit
        self.used += 1
        # Redirects are followed in front of the meter, so that each is counted and remembered.
        return self.onward.send(request, stream=True, follow_redirects=False)


def surroundings(
    http: httpx.Client | None = None, renewed: Callable[[Secret], None] = forget_secret
) -> Surroundings:
    """What a connector is handed, with the guarded client unless another is given."""
    return Surroundings(
        http=http or shared_client(),
        folder=Path(settings.RESONANZ_HOME) / "pretend",
        clock=timezone.now,
        renewed=renewed,
    )


def keep_renewed(channel: Channel, secret: Secret) -> None:
    """Seal credentials that a network gave in place of those it had.

    Nothing is kept where somebody connected the channel again meanwhile.
    """
    before, channel.credentials = channel.credentials, vault().seal(secret.value)
    Channel.objects.filter(pk=channel.pk, credentials=before).update(
        credentials=channel.credentials
    )


def account_of(channel: Channel) -> Account:
    """The switchboard's account for a channel, credentials opened."""
    return Account(
        address=channel.address,
        profile=msgspec.convert(channel.profile, Profile),
        credentials=Secret(value=vault().open(bytes(channel.credentials))),
        facts=msgspec.convert(channel.facts, Facts),
    )


def connector_without_requests(channel: Channel) -> Connector:
    """A connector for composing and for asking what it can; makes no request."""
    return network(channel.network).open(account_of(channel), surroundings())


@contextmanager
def connector(channel: Channel, *, for_sending: bool = False) -> Iterator[Connector]:
    """A connector within the channel's budget; what it used is written back in any case."""
    keep = 0 if for_sending else KEPT_FOR_SENDING
    meter = Meter(shared_client(), calls_available(channel, timezone.now()) - keep)
    guarded = shared_client()
    with httpx.Client(
        transport=meter,
        headers=guarded.headers,
        timeout=guarded.timeout,
        follow_redirects=True,
        max_redirects=guarded.max_redirects,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    ) as http:
        try:
            world = surroundings(http, partial(keep_renewed, channel))
            yield network(channel.network).open(account_of(channel), world)
        finally:
            spend(channel, meter.used)


def calls_available(channel: Channel, now: datetime) -> float:
    """Requests that the channel may make now."""
    most = float(network(channel.network).polling.requests_per_minute)
    minute = timedelta(minutes=1) * settings.RESONANZ_PACE
    minutes = max((now - channel.calls_counted_at) / minute, 0.0)
    return min(most, channel.calls_left + minutes * most)


def spend(channel: Channel, calls: int) -> None:
    """Write down that `calls` requests were made."""
    if not calls:
        return
    with transaction.atomic():
        fresh = Channel.objects.select_for_update().get(pk=channel.pk)
        now = timezone.now()
        fresh.calls_left = max(calls_available(fresh, now) - calls, 0.0)
        fresh.calls_counted_at = now
        fresh.save(update_fields=["calls_left", "calls_counted_at"])

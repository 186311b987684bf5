"""Every write of this room: connecting, reading a lane, noting trouble, pausing, removing."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel, Lane, PendingConnection
from resonanz.channels.opening import (
    OwnLimit,
    account_of,
    attempts_that_count,
    pause_for,
    surroundings,
)
from resonanz.channels.vault import vault
from resonanz.plumbing.panels import Place
from resonanz.plumbing.wording import N_
from resonanz.switchboard.contract import Begun, Can, Way
from resonanz.switchboard.registry import UnknownNetwork, network
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import (
    Gone,
    NotOffered,
    Refused,
    SignInAgain,
    Trouble,
)
from resonanz.workspaces.actions import end_alarm, note_in_trail, raise_alarm
from resonanz.workspaces.models import Member

LANES = (Can.NOTIFICATIONS, Can.REPLIES, Can.HOME, Can.STREAM)
CONNECTION_WAITS = timedelta(hours=1)
ATTEMPTS_BEFORE_ALARM = 6
PAUSE_AFTER_REFUSAL = timedelta(hours=1)
FINISHED_ALREADY = N_("This connection was finished already, or was begun by somebody else.")

CONNECTED: Place[Callable[[Channel], None]] = Place("channel connected")
# What a channel can do was found out, or has changed.
ABLE: Place[Callable[[Channel], None]] = Place("channel able")
REMOVED: Place[Callable[[Channel], None]] = Place("channel removed")


class TakenElsewhere(Exception):
    """Another account came back than the one that was to be connected again."""


def begin_connection(
    *,
    member: Member,
    network_slug: str,
    way: Way,
    answers: Mapping[str, str],
    callback_base: str,
    replaces: Channel | None = None,
) -> Channel | str:
    """Start connecting. Gives the channel when done at once, or the address to send her to.

    Speaks to the network, so it runs in no transaction. Raises `Trouble`.
    """
    token = secrets.token_urlsafe(32)
    found = network(network_slug).begin(way, answers, callback_base + token, surroundings())
    if isinstance(found, Begun):
        PendingConnection.objects.filter(started_at__lt=timezone.now() - CONNECTION_WAITS).delete()
        PendingConnection.objects.create(
            workspace=member.workspace,
            member=member,
            network=network_slug,
            token=token,
            memo=vault().seal(found.memo),
            replaces=replaces,
        )
        return found.address
    return keep_account(member=member, network_slug=network_slug, account=found, replaces=replaces)


def finish_connection(*, pending: PendingConnection, answers: Mapping[str, str]) -> Channel:
    """Somebody came back through the inbound door. Raises `Trouble`, `TakenElsewhere`.

    A connection can be finished once: the row is taken out before the network is asked.
    """
    taken, _ = PendingConnection.objects.filter(pk=pending.pk).delete()
    if not taken:
        raise Refused(FINISHED_ALREADY)
    memo = vault().open(bytes(pending.memo))
    account = network(pending.network).finish(memo, answers, surroundings())
    return keep_account(
        member=pending.member,
        network_slug=pending.network,
        account=account,
        replaces=pending.replaces,
    )


@transaction.atomic
def keep_account(
    *, member: Member, network_slug: str, account: Account, replaces: Channel | None = None
) -> Channel:
    """Store a connected account as a channel, or renew the channel that it already is."""
    if replaces is not None and replaces.uid != account.profile.uid:
        raise TakenElsewhere(account.profile.handle)
    channel, is_new = Channel.objects.update_or_create(
        workspace=member.workspace,
        network=network_slug,
        uid=account.profile.uid,
        defaults={
            **_columns_of(account),
            "credentials": vault().seal(account.credentials.value),
            "state": Channel.State.OK,
            "state_since": timezone.now(),
            "trouble_code": "",
            "trouble_reason": "",
        },
        create_defaults={
            **_columns_of(account),
            "credentials": vault().seal(account.credentials.value),
            "connected_by": member,
        },
    )
    _open_lanes(channel)
    end_alarm(workspace=channel.workspace, matter=f"channel:{channel.pk}")
    verb = "channel connected" if is_new else "channel connected again"
    note_in_trail(workspace=channel.workspace, member=member, verb=verb, subject=channel.handle)
    for panel in CONNECTED:
        panel(channel)
    return channel


def _columns_of(account: Account) -> dict[str, object]:
    return {
        "handle": account.profile.handle,
        "name": account.profile.name,
        "address": account.address,
        "profile": msgspec.to_builtins(account.profile),
        "facts": msgspec.to_builtins(account.facts),
    }


def _open_lanes(channel: Channel) -> None:
    found = network(channel.network).open(account_of(channel), surroundings())
    can = found.can
    channel.abilities, channel.wanting = sorted(can), sorted(found.wanting)
    channel.save(update_fields=["abilities", "wanting"])
    for lane in LANES:
        if lane in can:
            Lane.objects.update_or_create(
                channel=channel, kind=lane.value, defaults={"due_at": timezone.now(), "attempts": 0}
            )
    channel.lanes.exclude(kind__in=list(can)).delete()
    for panel in ABLE:
        panel(channel)


@transaction.atomic
def renew_channel(*, channel: Channel, account: Account | None = None) -> bool:
    """Bring what a channel can do up to date, after an upgrade of ours or of its server.

    `account` is what the server says of itself now, where it was asked. Gives whether the
    channel can do something else than before. Makes no request; raises `Trouble` where the
    credentials cannot be read.
    """
    if account is not None and account.profile.uid == channel.uid:
        Channel.objects.filter(pk=channel.pk).update(**_columns_of(account))
        channel.refresh_from_db()
    found = network(channel.network).open(account_of(channel), surroundings())
    is_same = channel.abilities == sorted(found.can) and channel.wanting == sorted(found.wanting)
    if not is_same:
        _open_lanes(channel)
    return not is_same


def polling_pause(channel: Channel, kind: str, *, is_streaming: bool) -> timedelta:
    """How long a lane rests after it was read. A lane that a stream covers rests longer."""
    polling = network(channel.network).polling
    seconds = {
        Can.NOTIFICATIONS.value: polling.notifications_seconds,
        Can.REPLIES.value: polling.replies_seconds,
        Can.HOME.value: polling.home_seconds,
    }[kind]
    factor = 5 if is_streaming and kind != Can.REPLIES.value else 1
    return timedelta(seconds=seconds * factor * settings.RESONANZ_PACE)


@transaction.atomic
def note_good_reading(*, lane: Lane, rest: timedelta) -> None:
    """A lane was read to its end: it rests, the channel is well, and an alarm is over.

    A channel that waits for a human goes on waiting: a server may show to everybody what this
    lane reads, and another lane may have been told meanwhile that our token has ended.
    """
    now = timezone.now()
    Lane.objects.filter(pk=lane.pk).update(
        due_at=now + rest, leased_until=now, nudged_at=now, attempts=0, last_ok_at=now
    )
    is_well = Channel.objects.filter(pk=lane.channel_id, state=Channel.State.OK).update(
        last_ok_at=now, trouble_code="", trouble_reason="", trouble_at=None
    )
    if is_well:
        end_alarm(workspace=lane.channel.workspace, matter=f"channel:{lane.channel_id}")


def note_reached(*, channel: Channel) -> None:
    """A channel that has no lanes was asked something, and answered: it is well."""
    Channel.objects.filter(pk=channel.pk, state=Channel.State.OK).update(
        last_ok_at=timezone.now(), trouble_code="", trouble_reason="", trouble_at=None
    )


@transaction.atomic
def note_trouble_on_lane(*, lane: Lane, trouble: Trouble) -> None:
    """Reading broke off: say when to look again, and tell a human once if only she can help."""
    now = timezone.now()
    if isinstance(trouble, NotOffered):
        Lane.objects.filter(pk=lane.pk).delete()
        return
    Lane.objects.filter(pk=lane.pk).update(
        due_at=now + _pause_for(trouble, lane.attempts),
        leased_until=now,
        nudged_at=now,
        attempts=attempts_that_count(trouble, lane.attempts),
    )
    if not isinstance(trouble, OwnLimit):
        note_trouble(channel=lane.channel, trouble=trouble, at=now, attempts=lane.attempts)


def _pause_for(trouble: Trouble, attempts: int) -> timedelta:
    if isinstance(trouble, Refused):
        return PAUSE_AFTER_REFUSAL
    return pause_for(trouble, attempts)


def note_trouble(*, channel: Channel, trouble: Trouble, at: datetime, attempts: int) -> None:
    """Write a channel's trouble down; one alarm per channel where a human has to do something."""
    columns: dict[str, object] = {
        "trouble_code": trouble.code,
        "trouble_reason": trouble.reason[:400],
        "trouble_at": at,
    }
    state = _state_after(trouble)
    if state:
        columns |= {"state": state, "state_since": at}
    Channel.objects.filter(pk=channel.pk).update(**columns)
    if state or isinstance(trouble, Refused) or attempts >= ATTEMPTS_BEFORE_ALARM:
        raise_alarm(
            workspace=channel.workspace,
            matter=f"channel:{channel.pk}",
            code=f"channel_{trouble.code}",
            subject=channel.handle,
            detail=trouble.reason,
        )


def _state_after(trouble: Trouble) -> str:
    if isinstance(trouble, SignInAgain):
        return Channel.State.SIGN_IN_AGAIN.value
    return Channel.State.GONE.value if isinstance(trouble, Gone) else ""


@transaction.atomic
def pause_channel(*, channel: Channel, member: Member) -> None:
    """Neither read nor write this channel until somebody resumes it."""
    channel.state, channel.state_since = Channel.State.PAUSED, timezone.now()
    channel.save(update_fields=["state", "state_since"])
    note_in_trail(
        workspace=channel.workspace, member=member, verb="channel paused", subject=channel.handle
    )


@transaction.atomic
def resume_channel(*, channel: Channel, member: Member) -> None:
    """Work with the channel again, at once; also the “try again” of a channel in trouble."""
    now = timezone.now()
    channel.state, channel.state_since = Channel.State.OK, now
    channel.trouble_code = channel.trouble_reason = ""
    channel.save(update_fields=["state", "state_since", "trouble_code", "trouble_reason"])
    channel.lanes.update(due_at=now, leased_until=now, nudged_at=now, attempts=0)
    end_alarm(workspace=channel.workspace, matter=f"channel:{channel.pk}")
    note_in_trail(
        workspace=channel.workspace, member=member, verb="channel resumed", subject=channel.handle
    )


def remove_channel(*, channel: Channel, member: Member) -> None:
    """Take a channel out, with its credentials. What people said through it stays.

    The network is told first, as far as it can be reached, so this runs in no transaction; for
    the pretend town everything that came from it goes too (the rooms see to that at `REMOVED`).
    """
    # The token may have ended or the server be gone: removing it here has to work anyway.
    with suppress(Trouble, UnknownNetwork):
        network(channel.network).forget(account_of(channel), surroundings())
    with transaction.atomic():
        for panel in REMOVED:
            panel(channel)
        note_in_trail(
            workspace=channel.workspace,
            member=member,
            verb="channel removed",
            subject=channel.handle,
        )
        end_alarm(workspace=channel.workspace, matter=f"channel:{channel.pk}")
        channel.delete()


@transaction.atomic
def look_now(*, channel: Channel) -> None:
    """Read every lane of the channel as soon as a worker is free."""
    now = timezone.now()
    channel.lanes.update(due_at=now, nudged_at=now)

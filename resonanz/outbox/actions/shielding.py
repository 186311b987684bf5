"""Muting, blocking and reporting at a network, and ending it there."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.jobs import shield
from resonanz.outbox.models import OnItsWay, Shielding
from resonanz.people.models import Identity
from resonanz.switchboard.shapes import ShieldKind
from resonanz.workspaces.actions import end_alarm
from resonanz.workspaces.models import Member

# The same report within this time is a second click, not a second matter.
SAME_REPORT_WITHIN = timedelta(hours=1)


@transaction.atomic
def shield_there(
    *, channel: Channel, identity: Identity, member: Member, kind: ShieldKind
) -> Shielding:
    """Mute or block an account at the network. A second click finds the first.

    One that was refused or ended is asked for anew.
    """
    found: Shielding
    found, is_new = Shielding.objects.select_for_update().get_or_create(
        channel=channel,
        identity=identity,
        kind=kind.value,
        defaults={"workspace": channel.workspace, "member": member},
    )
    is_over = found.state in (OnItsWay.State.REFUSED, OnItsWay.State.WITHDRAWN)
    if is_over or not found.is_wanted:
        found.member = member
        _want(found, is_wanted=True)
    elif is_new:
        _nudge(found)
    return found


@transaction.atomic
def end_shield_there(*, identity: Identity, kind: ShieldKind) -> list[Shielding]:
    """End a mute or a block at every network that has heard of it. Gives what is on its way.

    What nobody has heard of yet simply does not go out.
    """
    rows = Shielding.objects.select_for_update().filter(identity=identity, kind=kind.value)
    going = []
    for found in rows.filter(is_wanted=True).exclude(state=OnItsWay.State.WITHDRAWN):
        if found.first_tried_at is None and found.leased_until <= timezone.now():
            found.state = OnItsWay.State.WITHDRAWN
            found.save(update_fields=["state"])
            end_alarm(workspace=found.workspace, matter=found.matter)
            continue
        _want(found, is_wanted=False)
        going.append(found)
    return going


@transaction.atomic
def report_there(
    *,
    channel: Channel,
    identity: Identity,
    member: Member,
    reason: str,
    post_local_ids: Collection[str],
    is_forwarded: bool,
) -> tuple[Shielding, bool]:
    """Report an account to the people who look after our server. Cannot be taken back.

    Gives the report, and whether it is a new one: a second click finds that of the first.
    """
    told = {"reason": reason.strip()[:1000], "post_local_ids": list(post_local_ids)}
    since = timezone.now() - SAME_REPORT_WITHIN
    same = Shielding.objects.filter(
        channel=channel, identity=identity, kind=Shielding.Kind.REPORT, created_at__gte=since
    )
    known: Shielding
    for known in same.filter(reason=told["reason"], is_forwarded=is_forwarded):
        if known.post_local_ids == told["post_local_ids"]:
            return known, False
    found: Shielding = Shielding.objects.create(
        workspace=channel.workspace,
        channel=channel,
        identity=identity,
        member=member,
        kind=Shielding.Kind.REPORT,
        is_forwarded=is_forwarded,
        **told,
    )
    _nudge(found)
    return found, True


def _want(found: Shielding, *, is_wanted: bool) -> None:
    """Put it on its way, or its end. Whoever is at it now finds that it changed."""
    now = timezone.now()
    found.is_wanted, found.state = is_wanted, OnItsWay.State.WAITING
    found.due_at, found.nudged_at, found.attempts = now, now, 0
    found.trouble_code = found.trouble_reason = ""
    found.save()
    end_alarm(workspace=found.workspace, matter=found.matter)
    _nudge(found)


def _nudge(found: Shielding) -> None:
    transaction.on_commit(partial(shield.enqueue, found.pk))

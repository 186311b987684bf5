"""Changing and deleting what stands there already."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.outbox.actions.approving import take_back_until
from resonanz.outbox.jobs import amend
from resonanz.outbox.models import Amendment, Delivery, OnItsWay
from resonanz.switchboard.contract import Can
from resonanz.workspaces.actions import end_alarm, note_in_trail
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may

NEEDED = {Amendment.Kind.EDIT: Can.EDIT, Amendment.Kind.DELETE: Can.DELETE}


class CannotAmend(Exception):
    """Not offered by the network, not there, or not this member's to change."""


def may_amend(delivery: Delivery, member: Member, kind: Amendment.Kind) -> bool:
    """Whether this member can change or delete what stands there through this delivery.

    A text belongs to the human who said it; whoever looks after the workspace can step in.
    Where a second person agrees to every text, none is given other words afterwards: nobody
    would have agreed to those. It can be deleted and said anew.
    """
    if kind == Amendment.Kind.EDIT and member.workspace.needs_second_person:
        return False
    is_hers = delivery.publication.voice.member_id == member.pk and may(member, May.SPEAK)
    return (
        delivery.state == OnItsWay.State.SENT
        and NEEDED[kind] in delivery.channel.abilities
        and (is_hers or may(member, May.LOOK_AFTER))
    )


def edit_afterwards(
    *, delivery: Delivery, member: Member, text: str, warning: str = ""
) -> Amendment:
    """Make a post of ours say something else. Raises `CannotAmend`."""
    return _amend(delivery, member, Amendment.Kind.EDIT, text=text.strip(), warning=warning)


def delete_afterwards(*, delivery: Delivery, member: Member) -> Amendment:
    """Take a post of ours back. Raises `CannotAmend`."""
    return _amend(delivery, member, Amendment.Kind.DELETE)


@transaction.atomic
def _amend(
    delivery: Delivery, member: Member, kind: Amendment.Kind, *, text: str = "", warning: str = ""
) -> Amendment:
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not may_amend(locked, member, kind):
        raise CannotAmend
    same = locked.amendments.filter(kind=kind, text=text, warning=warning)
    waiting: Amendment | None = (
        same.filter(state__in=OnItsWay.State.still_to_do()).order_by("-pk").first()
    )
    if waiting is not None:
        return waiting
    for older in locked.amendments.exclude(state=OnItsWay.State.SENT):
        undo_amendment(amendment=older)
    due_at = take_back_until(locked.channel.workspace)
    found = Amendment.objects.create(
        delivery=locked,
        channel=locked.channel,
        member=member,
        kind=kind,
        text=text,
        warning=warning,
        due_at=due_at,
    )
    if due_at <= timezone.now():
        transaction.on_commit(partial(amend.enqueue, found.pk))
    note_in_trail(
        workspace=locked.channel.workspace,
        member=member,
        verb="post changed" if kind == Amendment.Kind.EDIT else "post deleted",
        subject=f"delivery {locked.pk}",
    )
    return found


@transaction.atomic
def undo_amendment(*, amendment: Amendment) -> bool:
    """Let a change be that has not gone out or was refused. Gives whether that worked."""
    unheard = Q(first_tried_at__isnull=True) | ~Q(trouble_code="")
    took = Amendment.objects.filter(
        Q(state=OnItsWay.State.REFUSED) | (Q(state=OnItsWay.State.WAITING) & unheard),
        pk=amendment.pk,
        leased_until__lte=timezone.now(),
    ).update(state=OnItsWay.State.WITHDRAWN)
    if took:
        end_alarm(workspace=amendment.channel.workspace, matter=amendment.matter)
    return bool(took)

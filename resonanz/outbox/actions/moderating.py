"""Approving, holding, putting to the spam or the trash what others said on pages of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.jobs import moderate
from resonanz.outbox.models import Moderation, OnItsWay
from resonanz.outbox.outcome import tell_of_standing
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.actions import end_alarm, note_in_trail
from resonanz.workspaces.models import Member

IN_TRAIL = {
    Standing.PUBLISHED: "comment approved",
    Standing.HELD: "comment held back",
    Standing.SPAM: "comment called spam",
    Standing.TRASH: "comment thrown away",
}


@dataclass(frozen=True)
class Comment:
    """A comment on a page of ours, as its channel knows it, with the standing that we show."""

    channel: Channel
    uid: str
    local_id: str
    standing: Standing


@transaction.atomic
def moderate_there(
    *, comments: Sequence[Comment], wanted: Standing, member: Member, batch: UUID
) -> int:
    """Give comments another standing at their networks. Gives how many that changed.

    One that stands so already, or is on its way there, is left alone.
    """
    rows = Moderation.objects.select_for_update()
    known: dict[tuple[int, str], Moderation] = {
        (row.channel_id, row.target_local_id): row
        for row in rows.filter(
            channel__in={one.channel.pk for one in comments},
            target_local_id__in=[one.local_id for one in comments],
        )
    }
    changed = 0
    for one in comments:
        if one.standing is wanted:
            continue
        row = known.get((one.channel.pk, one.local_id)) or _unheard_of(one)
        row.member, row.batch = member, batch
        _want(row, one, wanted)
        changed += 1
    return changed


def _unheard_of(one: Comment) -> Moderation:
    return Moderation(
        workspace=one.channel.workspace,
        channel=one.channel,
        target_local_id=one.local_id,
        state=OnItsWay.State.SENT,
    )


def _want(row: Moderation, one: Comment, wanted: Standing) -> None:
    """Put it on its way. What the network has not heard of yet and is not wished any more stays."""
    now = timezone.now()
    is_on_its_way = row.state in OnItsWay.State.still_to_do()
    is_unheard = row.first_tried_at is None and row.leased_until <= now
    row.target_uid, row.before, row.wanted = one.uid, one.standing.value, wanted.value
    row.trouble_code = row.trouble_reason = ""
    if not is_on_its_way:
        row.stood, row.first_tried_at = one.standing.value, None
    if is_on_its_way and is_unheard and row.stood == wanted.value:
        row.state = OnItsWay.State.WITHDRAWN
        row.save()
        end_alarm(workspace=row.workspace, matter=row.matter)
    else:
        row.state, row.due_at, row.nudged_at, row.attempts = OnItsWay.State.WAITING, now, now, 0
        row.save()
        end_alarm(workspace=row.workspace, matter=row.matter)
        transaction.on_commit(partial(moderate.enqueue, row.pk))
    note_in_trail(
        workspace=row.workspace,
        member=row.member,
        verb=IN_TRAIL[wanted],
        subject=f"moderation {row.pk}",
    )


@transaction.atomic
def let_moderation_be(*, moderation: Moderation) -> bool:
    """Let a wish be that was refused or that nobody has heard of. Gives whether that worked."""
    unheard = Q(first_tried_at__isnull=True) | ~Q(trouble_code="")
    took = Moderation.objects.filter(
        Q(state=OnItsWay.State.REFUSED) | (Q(state=OnItsWay.State.WAITING) & unheard),
        pk=moderation.pk,
        leased_until__lte=timezone.now(),
    ).update(state=OnItsWay.State.WITHDRAWN)
    if took:
        moderation.refresh_from_db()
        end_alarm(workspace=moderation.workspace, matter=moderation.matter)
        tell_of_standing(moderation, Standing(moderation.stood))
    return bool(took)

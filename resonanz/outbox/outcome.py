"""What became of something on its way: the writes that the jobs do."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resonanz.channels.actions import note_trouble
from resonanz.channels.opening import attempts_that_count, pause_for
from resonanz.clockwork.rows import pause_after
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Gesture,
    Moderation,
    OnItsWay,
    Shielding,
)
from resonanz.outbox.places import (
    AMENDED,
    DELIVERED,
    DELIVERED_UNSEEN,
    GESTURE_MADE,
    GESTURE_UNDONE,
    MODERATED,
)
from resonanz.plumbing.text import kept_address
from resonanz.switchboard.shapes import Receipt, Standing
from resonanz.switchboard.trouble import (
    Gone,
    NotOffered,
    Refused,
    SignInAgain,
    Trouble,
    Unreadable,
    Unsure,
)
from resonanz.workspaces.actions import end_alarm, raise_alarm

# A server may need a moment until what it accepted can be found there.
LOOK_AFTER_UNSURE = timedelta(seconds=10)


@transaction.atomic
def note_sent(*, delivery: Delivery, receipt: Receipt) -> None:
    """It stands there. Noted once: a second note of the same delivery changes nothing."""
    now = timezone.now()
    ids = {"picture_ids": list(receipt.picture_ids)} if receipt.picture_ids else {}
    is_first = Delivery.objects.filter(
        pk=delivery.pk, state__in=OnItsWay.State.still_to_do()
    ).update(
        **ids,
        state=OnItsWay.State.SENT,
        sent_at=receipt.at or now,
        uid=receipt.uid,
        local_id=receipt.local_id,
        url=kept_address(receipt.url),
        leased_until=now,
        trouble_code="",
        trouble_reason="",
    )
    if not is_first:
        return
    delivery.refresh_from_db()
    end_alarm(workspace=delivery.channel.workspace, matter=delivery.matter)
    for panel in DELIVERED:
        panel(delivery)
    for unseen in DELIVERED_UNSEEN if receipt.standing is not Standing.PUBLISHED else ():
        unseen(delivery, receipt.standing)


@transaction.atomic
def note_gesture_made(*, gesture: Gesture) -> None:
    """It is done. Noted once. Somebody may want the opposite by now: then it is still to do."""
    now = timezone.now()
    to_do = Gesture.objects.filter(pk=gesture.pk, state__in=OnItsWay.State.still_to_do())
    is_first = to_do.filter(is_wanted=gesture.is_wanted).update(
        state=OnItsWay.State.SENT, sent_at=now, leased_until=now, trouble_code=""
    )
    if not is_first:
        to_do.update(leased_until=now, nudged_at=now)
        return
    gesture.refresh_from_db()
    end_alarm(workspace=gesture.workspace, matter=gesture.matter)
    for panel in GESTURE_MADE if gesture.is_wanted else GESTURE_UNDONE:
        panel(gesture)


@transaction.atomic
def note_amended(*, amendment: Amendment) -> None:
    """What stands there was changed or deleted. Noted once."""
    now = timezone.now()
    to_do = Amendment.objects.filter(pk=amendment.pk, state__in=OnItsWay.State.still_to_do())
    is_first = to_do.update(
        state=OnItsWay.State.SENT,
        sent_at=now,
        leased_until=now,
        trouble_code="",
        trouble_reason="",
    )
    if not is_first:
        return
    amendment.refresh_from_db()
    end_alarm(workspace=amendment.channel.workspace, matter=amendment.matter)
    for panel in AMENDED:
        panel(amendment)


@transaction.atomic
def note_shielded(*, shielding: Shielding) -> None:
    """It is done there. Noted once. Somebody may want the opposite by now: then it is to do."""
    now = timezone.now()
    to_do = Shielding.objects.filter(pk=shielding.pk, state__in=OnItsWay.State.still_to_do())
    is_first = to_do.filter(is_wanted=shielding.is_wanted).update(
        state=OnItsWay.State.SENT,
        sent_at=now,
        leased_until=now,
        trouble_code="",
        trouble_reason="",
    )
    if not is_first:
        to_do.update(leased_until=now, nudged_at=now)
        return
    end_alarm(workspace=shielding.workspace, matter=shielding.matter)


@transaction.atomic
def note_moderated(*, moderation: Moderation) -> None:
    """It stands there so. Noted once. Somebody may want another standing by now: then to do."""
    now = timezone.now()
    to_do = Moderation.objects.filter(pk=moderation.pk, state__in=OnItsWay.State.still_to_do())
    is_first = to_do.filter(wanted=moderation.wanted).update(
        state=OnItsWay.State.SENT,
        stood=moderation.wanted,
        sent_at=now,
        leased_until=now,
        trouble_code="",
        trouble_reason="",
    )
    if not is_first:
        to_do.update(stood=moderation.wanted, leased_until=now, nudged_at=now)
        return
    end_alarm(workspace=moderation.workspace, matter=moderation.matter)
    tell_of_standing(moderation, Standing(moderation.wanted))


def tell_of_standing(moderation: Moderation, standing: Standing) -> None:
    """Tell the rooms above how a comment stands now."""
    for panel in MODERATED:
        panel(moderation, standing)


@transaction.atomic
def note_trouble_on_way(
    *,
    row: Delivery | Gesture | Amendment | Shielding | Moderation,
    trouble: Trouble,
    is_over: bool = False,
) -> None:
    """Sending broke off: wait, look first, wait for a human, or give the reason and stop.

    With `is_over` a human decides in any case: nobody could look whether it was heard.
    """
    now = timezone.now()
    columns: dict[str, object] = {
        "leased_until": now,
        "nudged_at": now,
        "due_at": now + _pause(trouble, row.attempts),
        "attempts": attempts_that_count(trouble, row.attempts),
        "trouble_code": trouble.code,
        "trouble_reason": trouble.reason[:400],
    }
    if is_over or isinstance(trouble, Refused | Gone | NotOffered):
        columns["state"] = OnItsWay.State.REFUSED
    elif isinstance(trouble, Unsure | Unreadable):
        columns["state"] = OnItsWay.State.UNSURE
    # Whoever claimed the row after our lease ran out has counted on: it is his now.
    mine = type(row).objects.filter(
        pk=row.pk, state__in=OnItsWay.State.still_to_do(), attempts=row.attempts
    )
    if not mine.update(**columns):
        return
    if isinstance(trouble, SignInAgain):
        note_trouble(channel=row.channel, trouble=trouble, at=now, attempts=row.attempts)
    if columns.get("state") == OnItsWay.State.REFUSED:
        raise_alarm(
            workspace=row.channel.workspace,
            matter=row.matter,
            code="not_sent",
            subject=row.channel.handle,
            detail=trouble.reason,
        )
        if isinstance(row, Moderation):
            row.refresh_from_db(fields=["stood"])
            tell_of_standing(row, Standing(row.stood))


def _pause(trouble: Trouble, attempts: int) -> timedelta:
    if isinstance(trouble, Unsure | Unreadable):
        asked = LOOK_AFTER_UNSURE * settings.RESONANZ_PACE
        return pause_after(attempts, asked=asked, pace=settings.RESONANZ_PACE)
    return pause_for(trouble, attempts)

"""Sharing, liking, following, and taking it back."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.jobs import make_gesture
from resonanz.outbox.models import Gesture, OnItsWay
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.actions import end_alarm, note_in_trail
from resonanz.workspaces.models import Voice

IN_TRAIL = {
    ReactionKind.BOOST: "post shared",
    ReactionKind.FAVOURITE: "post liked",
    ReactionKind.FOLLOW: "account followed",
}


@transaction.atomic
def gesture(
    *,
    channel: Channel,
    voice: Voice,
    kind: ReactionKind,
    target_uid: str,
    target_local_id: str,
) -> Gesture:
    """Boost, favourite or follow. A second click finds the gesture of the first.

    One that was refused or taken back is made anew, since a human asks for it again.
    """
    found: Gesture
    found, is_new = Gesture.objects.select_for_update().get_or_create(
        channel=channel,
        kind=kind.value,
        target_uid=target_uid,
        defaults={
            "workspace": channel.workspace,
            "voice": voice,
            "target_local_id": target_local_id,
        },
    )
    is_over = found.state in (OnItsWay.State.REFUSED, OnItsWay.State.WITHDRAWN)
    if is_new or is_over or not found.is_wanted:
        _note(found, voice, IN_TRAIL[kind])
    if is_over or not found.is_wanted:
        found.voice = voice
        _want(found, is_wanted=True)
    elif found.state != OnItsWay.State.SENT:
        transaction.on_commit(partial(make_gesture.enqueue, found.pk))
    return found


@transaction.atomic
def take_back_gesture(*, channel: Channel, kind: ReactionKind, target_uid: str) -> Gesture | None:
    """Take a share, a like or a follow back. Gives None where there is none.

    What the network has not heard of yet simply does not go out.
    """
    rows = Gesture.objects.select_for_update()
    same = rows.filter(channel=channel, kind=kind.value, target_uid=target_uid)
    found: Gesture | None = same.first()
    if found is None or not found.is_wanted or found.state == OnItsWay.State.WITHDRAWN:
        return found
    is_unheard = found.first_tried_at is None and found.leased_until <= timezone.now()
    if found.state == OnItsWay.State.WAITING and is_unheard:
        found.state = OnItsWay.State.WITHDRAWN
        found.save(update_fields=["state"])
        return found
    _want(found, is_wanted=False)
    return found


@transaction.atomic
def undo_from_elsewhere(
    *, channel: Channel, voice: Voice, kind: ReactionKind, target_uid: str, target_local_id: str
) -> Gesture:
    """Take back what was not done here, but in the network's own program. A second click is one."""
    found: Gesture
    found, is_new = Gesture.objects.get_or_create(
        channel=channel,
        kind=kind.value,
        target_uid=target_uid,
        defaults={
            "workspace": channel.workspace,
            "voice": voice,
            "target_local_id": target_local_id,
            "is_wanted": False,
        },
    )
    if is_new:
        transaction.on_commit(partial(make_gesture.enqueue, found.pk))
    return found


def _note(found: Gesture, voice: Voice | None, verb: str) -> None:
    note_in_trail(
        workspace=found.channel.workspace,
        member=voice.member if voice else None,
        verb=verb,
        subject=f"gesture {found.pk}",
    )


def _want(found: Gesture, *, is_wanted: bool) -> None:
    """Put it on its way, or its taking back. Whoever is at it now finds that it changed."""
    now = timezone.now()
    found.is_wanted, found.state = is_wanted, OnItsWay.State.WAITING
    found.due_at, found.nudged_at, found.attempts = now, now, 0
    found.trouble_code = found.trouble_reason = ""
    found.save()
    end_alarm(workspace=found.channel.workspace, matter=found.matter)
    transaction.on_commit(partial(make_gesture.enqueue, found.pk))

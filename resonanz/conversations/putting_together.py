"""Two conversations become one: what belongs to both, and what of each is true of the whole."""

from datetime import datetime
from typing import Any

from resonanz.conversations.models import Conversation
from resonanz.conversations.traces import REST

TURN = ("turn", "turn_by_hand", "turn_set_at", "settled_at", "waiting_since")
# What a human decided about a turn; the rest of it follows from what was said.
DECIDED = ("turn_set_at", "settled_at")
HOLDER = ("assignee_id",)
COLUMNS = ("concerns_us", "routed_at", "may_be_incomplete", *HOLDER, *TURN, *REST)


def put_together(*, stays: Conversation, gone: Conversation) -> dict[str, Any]:
    """Move everything from one conversation into the other, which is saved; the empty one goes.

    Nobody who waited in either waits no more because of it. Gives what was brought along, by
    kind, so that it can be told apart again. Whoever calls this holds both rows and finds the
    turn anew.
    """
    brought = _ids_of(gone)
    settled_at = _settled(stays, gone)
    gone.posts.update(conversation=stays)
    gone.lookups.update(conversation=stays)
    gone.promises.update(conversation=stays)
    gone.notes.update(conversation=stays)
    gone.moves.update(conversation=stays)
    gone.joinings.update(conversation=stays)
    linked = stays.matter_links.values("matter")
    gone.matter_links.exclude(matter__in=linked).update(conversation=stays)
    _rest(stays, gone)
    _turn(stays, gone)
    stays.settled_at = settled_at
    stays.concerns_us = stays.concerns_us or gone.concerns_us
    stays.is_direct = stays.is_direct or gone.is_direct
    stays.may_be_incomplete = stays.may_be_incomplete or gone.may_be_incomplete
    stays.assignee_id = stays.assignee_id or gone.assignee_id
    stays.routed_at = stays.routed_at or gone.routed_at
    stays.first_post_at = min(stays.first_post_at, gone.first_post_at)
    stays.last_post_at = max(stays.last_post_at, gone.last_post_at)
    stays.post_count += gone.post_count
    stays.save()
    gone.delete()
    return brought


def _ids_of(gone: Conversation) -> dict[str, Any]:
    links = gone.matter_links.values("matter", "linked_by", "linked_at", "told_at", "told_by")
    return {
        "notes": list(gone.notes.values_list("pk", flat=True)),
        "promises": list(gone.promises.values_list("pk", flat=True)),
        "moves": list(gone.moves.values_list("pk", flat=True)),
        "joinings": list(gone.joinings.values_list("pk", flat=True)),
        "matters": [
            {
                name: value.isoformat() if isinstance(value, datetime) else value
                for name, value in link.items()
            }
            for link in links
        ],
    }


def _settled(stays: Conversation, gone: Conversation) -> datetime | None:
    """Until when the whole counts as settled.

    What a human settled in one of them says nothing about the other: where somebody waits there,
    what was settled is marked post by post instead.
    """
    late, early = stays, gone
    if _or_never(late.settled_at) < _or_never(early.settled_at):
        late, early = early, late
    if late.settled_at is None or late.settled_at == early.settled_at:
        return late.settled_at
    unsettled = early.posts.filter(
        is_to_us=True, is_settled=False, received_at__lte=late.settled_at
    )
    if early.settled_at is not None:
        unsettled = unsettled.filter(received_at__gt=early.settled_at)
    if not unsettled.exists():
        return late.settled_at
    done = late.posts.filter(is_to_us=True, is_settled=False)
    done.filter(received_at__lte=late.settled_at).update(is_settled=True)
    return early.settled_at


def _or_never(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("-inf")


def _rest(stays: Conversation, gone: Conversation) -> None:
    """It rests only if both do, and only until the first of the two was wanted back."""
    concerned = [one for one in (stays, gone) if one.concerns_us] or [stays]
    stays.is_snoozed = all(one.is_snoozed for one in concerned)
    times = [one.wakes_at for one in concerned if one.wakes_at]
    stays.wakes_at = min(times) if times and stays.is_snoozed else None


def _turn(stays: Conversation, gone: Conversation) -> None:
    """Where it is our turn in either, it is our turn."""
    ours = Conversation.Turn.OURS
    if not gone.concerns_us or gone.turn != ours:
        return
    if stays.turn != ours or not stays.concerns_us:
        for name in ("turn", "turn_by_hand", "turn_set_at", "waiting_since"):
            setattr(stays, name, getattr(gone, name))
        return
    times = [one.waiting_since for one in (stays, gone) if one.waiting_since]
    stays.waiting_since = min(times) if times else None
    stays.turn_by_hand = stays.turn_by_hand or gone.turn_by_hand

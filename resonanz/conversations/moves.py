"""Every write that moves conversations about: whose they are, whose turn, until when they rest.

Each of these takes one conversation or many, is one click, and can be taken back by one: what
was before stands in a `Move` for each conversation that it changed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from resonanz.conversations.models import Conversation, Move
from resonanz.conversations.traces import REST, columns_of, put_back, stop_resting
from resonanz.conversations.turns import say_turn
from resonanz.workspaces.models import Member

Turn = Conversation.Turn
TURN = ("turn", "turn_by_hand", "turn_set_at", "settled_at", "waiting_since", "concerns_us")
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Moved:
    """What one click did: the id by which it is undone, and how many conversations it changed."""

    batch: UUID
    count: int


@dataclass(frozen=True)
class Undone:
    """What taking back did. `left` were moved by somebody else since and stay as they are."""

    count: int
    left: int


Change = Callable[[Conversation], None]


def assign(
    *,
    conversations: Collection[Conversation],
    to: Member | None,
    by: Member | None,
    rule_name: str = "",
) -> Moved:
    """Give conversations to a member, or back to everybody (None)."""

    def change(conversation: Conversation) -> None:
        conversation.assignee = to

    verb = Move.Verb.ASSIGN if to else Move.Verb.UNASSIGN
    return _move(conversations, verb, by, ("assignee_id",), change, rule_name=rule_name)


def snooze(*, conversations: Collection[Conversation], until: datetime | None, by: Member) -> Moved:
    """Put conversations aside until a time (aware), or until they write (None).

    Whatever the time says, a new word of theirs to us brings a conversation back.
    """

    def change(conversation: Conversation) -> None:
        conversation.is_snoozed, conversation.wakes_at = True, until

    return _move(conversations, Move.Verb.SNOOZE, by, REST, change)


def wake(*, conversations: Collection[Conversation], by: Member | None) -> Moved:
    """Fetch back what was put aside; whose turn it is stays as it was."""
    return _move(conversations, Move.Verb.WAKE, by, REST, stop_resting)


def wake_on_its_day(*, conversation: Conversation) -> Moved:
    """What was put aside until now is our turn: somebody wanted to see it again on this day."""

    def change(found: Conversation) -> None:
        if not found.is_snoozed or found.wakes_at is None or found.wakes_at > timezone.now():
            return
        stop_resting(found)
        if found.turn != Turn.OURS:
            say_turn(found, Turn.OURS)

    return _move([conversation], Move.Verb.WAKE, None, (*REST, *TURN), change)


def call_done(*, conversations: Collection[Conversation], by: Member) -> Moved:
    """Nothing is left to do here, until somebody speaks again."""
    return _set_turn(conversations, Move.Verb.DONE, by, Turn.DONE)


def leave_to_them(*, conversations: Collection[Conversation], by: Member) -> Moved:
    """It is their turn, for instance because we answered elsewhere."""
    return _set_turn(conversations, Move.Verb.THEIRS, by, Turn.THEIRS)


def reopen(*, conversations: Collection[Conversation], by: Member) -> Moved:
    """It is our turn after all."""
    return _set_turn(conversations, Move.Verb.REOPEN, by, Turn.OURS)


def _set_turn(
    conversations: Collection[Conversation], verb: Move.Verb, by: Member, turn: Turn
) -> Moved:
    def change(conversation: Conversation) -> None:
        stop_resting(conversation)
        if conversation.turn != turn:
            say_turn(conversation, turn)

    return _move(conversations, verb, by, (*TURN, *REST), change)


@transaction.atomic
def _move(
    conversations: Collection[Conversation],
    verb: Move.Verb,
    by: Member | None,
    columns: Sequence[str],
    change: Change,
    *,
    rule_name: str = "",
) -> Moved:
    """Change conversations and write down each change. What stays as it was is not written."""
    batch, now = uuid4(), timezone.now()
    changed, moves = [], []
    for conversation in _locked([found.pk for found in conversations]):
        before = columns_of(conversation, columns)
        change(conversation)
        after = columns_of(conversation, columns)
        if before == after:
            continue
        conversation.changed_at = now
        changed.append(conversation)
        moves.append(
            Move(
                batch=batch,
                workspace_id=conversation.workspace_id,
                conversation=conversation,
                member=by,
                rule_name=rule_name,
                verb=verb,
                at=now,
                before={name: before[name] for name in columns if before[name] != after[name]},
                after={name: after[name] for name in columns if before[name] != after[name]},
            )
        )
    _save(changed, columns)
    Move.objects.bulk_create(moves)
    return Moved(batch, len(moves))


def _locked(ids: Collection[int]) -> list[Conversation]:
    """The conversations as they stand now, until the transaction ends nobody else's to change."""
    found = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(found.order_by("pk"))


def _save(conversations: Sequence[Conversation], columns: Collection[str]) -> None:
    if conversations:
        names = {name.removesuffix("_id") for name in columns}
        Conversation.objects.bulk_update(conversations, [*sorted(names), "changed_at"])


@transaction.atomic
def undo(*, batch: UUID, member: Member) -> Undone:
    """Take one click back, wherever things still stand as it left them.

    A second time does nothing. Who was given a conversation back and has left meanwhile does
    not get it.
    """
    moves = Move.objects.filter(batch=batch, workspace=member.workspace, undone_at=None)
    # These two have a way back of their own (`joining_by_hand.py`).
    moves = moves.exclude(verb__in=[Move.Verb.JOIN, Move.Verb.PART])
    by_conversation = {move.conversation_id: move for move in moves.order_by("pk")}
    present = set(member.workspace.members.present().values_list("pk", flat=True))
    restored, now = [], timezone.now()
    for conversation in _locked(list(by_conversation)):
        move = by_conversation[conversation.pk]
        if columns_of(conversation, list(move.after)) != move.after:
            continue
        put_back(conversation, move.before)
        if conversation.assignee_id not in present:
            conversation.assignee_id = None
        conversation.changed_at = now
        restored.append(conversation)
    _save(restored, {name for move in by_conversation.values() for name in move.before})
    found = [by_conversation[conversation.pk].pk for conversation in restored]
    Move.objects.filter(pk__in=found).update(undone_at=now)
    return Undone(len(restored), len(by_conversation) - len(restored))

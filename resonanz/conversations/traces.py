"""How the columns of a conversation are kept in a move, and put back from it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from resonanz.conversations.models import Conversation, Move

REST = ("is_snoozed", "wakes_at")


def columns_of(conversation: Conversation, names: Sequence[str]) -> dict[str, Any]:
    """Columns as a move keeps them: times in ISO 8601, UTC; everything else as it is."""
    found = {name: getattr(conversation, name) for name in names}
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in found.items()
    }


def put_back(conversation: Conversation, kept: Mapping[str, Any]) -> None:
    """Set the columns of a conversation as a move kept them. Does not save."""
    for name, value in kept.items():
        column: Any = Conversation._meta.get_field(name.removesuffix("_id"))
        setattr(conversation, name, value if name.endswith("_id") else column.to_python(value))


def stop_resting(conversation: Conversation) -> None:
    """It is put aside no more. Does not save."""
    conversation.is_snoozed, conversation.wakes_at = False, None


def wake_by_their_word(conversation: Conversation) -> None:
    """They wrote, so it rests no more. Writes the move; whoever calls this saves the columns."""
    before = columns_of(conversation, REST)
    stop_resting(conversation)
    Move.objects.create(
        workspace_id=conversation.workspace_id,
        conversation=conversation,
        verb=Move.Verb.WAKE,
        before=before,
        after=columns_of(conversation, REST),
    )


def put_aside_at(conversation: Conversation) -> datetime | None:
    """When somebody last put a conversation aside."""
    found = conversation.moves.filter(verb=Move.Verb.SNOOZE, undone_at=None).order_by("-at", "-pk")
    return found.values_list("at", flat=True).first()

"""What this room does at the places of the rooms below."""

from resonanz.channels.arrivals import ARRIVALS
from resonanz.conversations.places import KEPT
from resonanz.outbox.places import GESTURE_MADE
from resonanz.relationships.actions import (
    record_gesture,
    record_kept_posts,
    record_reactions,
)


def register() -> None:
    """Take the places."""
    ARRIVALS.add(20, record_reactions)
    KEPT.add(10, record_kept_posts)
    GESTURE_MADE.add(10, record_gesture)

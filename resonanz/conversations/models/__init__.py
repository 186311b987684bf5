"""Tables of this room, one file per subject."""

from resonanz.conversations.models.bringing import Bringing
from resonanz.conversations.models.conversations import Conversation
from resonanz.conversations.models.joinings import JoinedPost, Joining
from resonanz.conversations.models.posts import (
    PUT_AWAY,
    Fetching,
    Lookup,
    Post,
    PostAddress,
    PostVersion,
    Sighting,
)
from resonanz.conversations.models.promises import Matter, MatterLink, MatterStep, Promise
from resonanz.conversations.models.searching import SearchEntry, SearchRun
from resonanz.conversations.models.teamwork import (
    Move,
    Note,
    NoteMention,
    Presence,
    Rule,
    SavedView,
)

__all__ = [
    "PUT_AWAY",
    "Bringing",
    "Conversation",
    "Fetching",
    "JoinedPost",
    "Joining",
    "Lookup",
    "Matter",
    "MatterLink",
    "MatterStep",
    "Move",
    "Note",
    "NoteMention",
    "Post",
    "PostAddress",
    "PostVersion",
    "Presence",
    "Promise",
    "Rule",
    "SavedView",
    "SearchEntry",
    "SearchRun",
    "Sighting",
]

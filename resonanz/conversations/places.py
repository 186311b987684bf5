"""Places of this room that rooms above fill."""

from collections.abc import Callable
from dataclasses import dataclass

from resonanz.channels.models import Channel
from resonanz.conversations.models import Note, Post
from resonanz.plumbing.panels import Place
from resonanz.workspaces.models import Member


@dataclass(frozen=True)
class Kept:
    """A post that was stored or seen again, with the channel it came through.

    `is_new` is False when we had it already; it may have got its parent or a sharer meanwhile.
    """

    post: Post
    channel: Channel
    is_new: bool
    is_backlog: bool = False


# Called in the transaction that stores the posts of one page.
KEPT: Place[Callable[[list[Kept]], None]] = Place("posts kept")


@dataclass(frozen=True)
class Noted:
    """A note, and the colleagues whom it names newly."""

    note: Note
    members: list[Member]


# Called in the transaction that writes the note, for each time somebody is named newly.
NOTED: Place[Callable[[Noted], None]] = Place("named in a note")

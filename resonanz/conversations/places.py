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

    None brought what a member noted by hand. `is_new` is False when we had it already; it may
    have got its parent or a sharer meanwhile.
    """

    post: Post
    channel: Channel | None
    is_new: bool
    is_backlog: bool = False


# Called in the transaction that stores the posts of one page.
KEPT: Place[Callable[[list[Kept]], None]] = Place("posts kept")


# Posts that a member noted by hand turn out not to have been said, or not so. Called in the
# transaction that removes or changes them, while they are still there.
TAKEN_OUT: Place[Callable[[list[Post]], None]] = Place("posts taken out")


@dataclass(frozen=True)
class Noted:
    """A note, and the colleagues whom it names newly."""

    note: Note
    members: list[Member]


# Called in the transaction that writes the note, for each time somebody is named newly.
NOTED: Place[Callable[[Noted], None]] = Place("named in a note")


@dataclass(frozen=True)
class Merged:
    """Two rows that are the same words: `gone` is about to go, and hangs on `kept` from then on.

    Foreign keys to the post are moved by themselves afterwards.
    """

    kept: Post
    gone: Post


# Called in the transaction that makes one of the two.
MERGED: Place[Callable[[Merged], None]] = Place("posts merged")

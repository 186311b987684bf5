"""Places of this room that rooms above fill."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from resonanz.outbox.models import Amendment, Delivery, Gesture, Moderation
from resonanz.plumbing.panels import Place
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.models import Workspace

# Called in the transaction that records that something of ours now stands at the network.
DELIVERED: Place[Callable[[Delivery], None]] = Place("delivered")
# Called right after it, where not everybody sees it there: it waits for approval.
DELIVERED_UNSEEN: Place[Callable[[Delivery, Standing], None]] = Place("delivered unseen")
GESTURE_MADE: Place[Callable[[Gesture], None]] = Place("gesture made")
GESTURE_UNDONE: Place[Callable[[Gesture], None]] = Place("gesture undone")
AMENDED: Place[Callable[[Amendment], None]] = Place("amended")
# Told how a comment stands there now: as it was wanted, or as before where that was refused.
MODERATED: Place[Callable[[Moderation, Standing], None]] = Place("moderated")


@dataclass(frozen=True)
class Answered:
    """What a draft or a publication answers, as the room that keeps it tells it."""

    name: str
    words: str
    url: str
    language: str = ""


# Gives what is answered, by uid, for those of the uids that the room above knows.
ANSWERED: Place[Callable[[Workspace, Collection[str]], dict[str, Answered]]] = Place("answered")

# Gives what else became of texts that stand somewhere, in sentences, by the delivery's id.
BESIDE_DELIVERY: Place[Callable[[Collection[Delivery]], dict[int, list[str]]]] = Place(
    "beside a delivery"
)

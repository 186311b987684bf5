"""Places of this room that rooms above fill."""

from collections.abc import Callable

from resonanz.outbox.models import Delivery, Gesture
from resonanz.plumbing.panels import Place

# Called in the transaction that records that something of ours now stands at the network.
DELIVERED: Place[Callable[[Delivery], None]] = Place("delivered")
GESTURE_MADE: Place[Callable[[Gesture], None]] = Place("gesture made")

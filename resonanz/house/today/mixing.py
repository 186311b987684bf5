"""Which things fit into a stretch of time: a fair mix, with something that nobody asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

# From so many minutes on there is room for two kinds of giving.
ROOM_FOR_TWO_MINUTES = 40


@dataclass(frozen=True)
class Offer:
    """What a room has to do of one kind: keys, what comes first in front, minutes for each."""

    name: str
    minutes: int
    keys: Sequence[str]
    share: int = 1
    is_giving: bool = False


def mix(offers: Sequence[Offer], minutes: int) -> list[list[str]]:
    """Pairs of name and key that fit into the minutes, in the order of the offers.

    Room for giving is kept first (one thing; from forty minutes on one of each kind). The rest
    is shared out in rounds, in which every offer takes as many as its share, as long as they fit.
    """
    taken = dict.fromkeys((offer.name for offer in offers), 0)
    left = minutes
    giving = [offer for offer in offers if offer.is_giving and offer.keys]
    for offer in giving[: 2 if minutes >= ROOM_FOR_TWO_MINUTES else 1]:
        if offer.minutes <= left:
            taken[offer.name], left = 1, left - offer.minutes
    was_taken = True
    while was_taken:
        was_taken = False
        for offer in offers:
            for _ in range(offer.share):
                if taken[offer.name] < len(offer.keys) and offer.minutes <= left:
                    taken[offer.name], left = taken[offer.name] + 1, left - offer.minutes
                    was_taken = True
    return [[offer.name, key] for offer in offers for key in offer.keys[: taken[offer.name]]]

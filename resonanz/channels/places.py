"""Places of this room that rooms above fill."""

from collections.abc import Callable
from dataclasses import dataclass

from resonanz.channels.models import Channel
from resonanz.plumbing.panels import Place


@dataclass(frozen=True)
class Onward:
    """Something that has to be done for a channel elsewhere: a sentence, and the page for it."""

    text: str
    url: str
    label: str


# Gives None where there is nothing to say about this channel.
ON_CHANNEL: Place[Callable[[Channel], Onward | None]] = Place("on the page of a channel")

"""A channel's own rhythm: how long it is usually silent, and whether it is silent for longer now.

A newspaper says something every few minutes, a village blog every other week; both are well.
What is learnt is the longest silence between two arrivals, which fades slowly, so that a summer
break counts for a while and not for ever. Pure functions; the numbers are ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.switchboard.contract import Can

# Answers and threads are looked through again and again, and say nothing about the rhythm.
HEARD_ON = (Can.NOTIFICATIONS.value, Can.HOME.value, Can.STREAM.value)
# What comes within a moment belongs together.
BREATH = timedelta(minutes=1)
FADES_BY = 0.05
# Nobody is woken for a silence of less than a day, or of less than three times the longest one.
UNUSUAL_AFTER = 3
SHORTEST_UNUSUAL = timedelta(days=1)
# Before that much has arrived, the rhythm is not known.
KNOWN_AFTER_ARRIVALS = 10


def longest_silence_after(longest: timedelta, silence: timedelta) -> timedelta:
    """The longest usual silence after one more has ended."""
    if silence < BREATH:
        return longest
    return max(silence, longest * (1 - FADES_BY))


@dataclass(frozen=True)
class Rhythm:
    """How a channel is against its own rhythm. `longest` is None while it is not known yet.

    `silent_for` is None where nothing has ever arrived.
    """

    longest: timedelta | None
    silent_for: timedelta | None

    @property
    def is_unusual(self) -> bool:
        """Whether it has been silent for clearly longer than ever of late."""
        if self.longest is None or self.silent_for is None:
            return False
        return self.silent_for > max(self.longest * UNUSUAL_AFTER, SHORTEST_UNUSUAL)

    @property
    def words(self) -> Promise:
        """A sentence about it."""
        if self.silent_for is None:
            return _("Nothing has arrived here yet.")
        if self.longest is None:
            return _("Its rhythm is not known yet.")
        if self.is_unusual:
            return _("Silent for much longer than usual.")
        return _("As lively as usual.")


def rhythm_of(channel: Channel, now: datetime) -> Rhythm:
    """A channel's rhythm at a moment."""
    last = channel.last_arrival_at
    is_known = channel.arrived >= KNOWN_AFTER_ARRIVALS and channel.longest_silence_seconds > 0
    return Rhythm(
        longest=timedelta(seconds=channel.longest_silence_seconds) if is_known else None,
        silent_for=now - last if last else None,
    )

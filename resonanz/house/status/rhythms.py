"""Every channel against its own rhythm, the silent ones first."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.channels.queries import IN_NEED
from resonanz.channels.rhythm import Rhythm, rhythm_of
from resonanz.plumbing.moments import span_in_words
from resonanz.workspaces.models import Workspace

# A list of feeds may hold hundreds; those that are as usual need no line each.
MOST_LOOKED_AT = 1000
MOST_SHOWN = 12


@dataclass(frozen=True)
class Pulse:
    """A channel with its rhythm in words."""

    channel: Channel
    name: str
    url: str
    words: str | Promise
    usual: str
    is_odd: bool
    last_at: datetime | None


@dataclass(frozen=True)
class Pulses:
    """The channels that are shown, and how many there are."""

    shown: list[Pulse]
    total: int

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.total > len(self.shown)


def pulses(workspace: Workspace, language: str) -> Pulses:
    """The working channels of a workspace, unusually silent ones first; one query."""
    now = timezone.now()
    rows = Channel.objects.filter(workspace=workspace).exclude(IN_NEED).order_by("pk")
    found = [(channel, rhythm_of(channel, now)) for channel in rows[:MOST_LOOKED_AT]]
    found.sort(key=lambda pair: not pair[1].is_unusual)
    shown = [_pulse(channel, rhythm, language) for channel, rhythm in found[:MOST_SHOWN]]
    return Pulses(shown=shown, total=len(found))


def _pulse(channel: Channel, rhythm: Rhythm, language: str) -> Pulse:
    usual = ""
    if rhythm.longest is not None:
        span = span_in_words(rhythm.longest, language)
        usual = _("Usually silent for %(span)s at most.") % {"span": span}
    return Pulse(
        channel=channel,
        name=channel.name or channel.handle,
        url=reverse("channels-channel", args=[channel.pk]),
        words=rhythm.words,
        usual=usual,
        is_odd=rhythm.is_unusual,
        last_at=channel.last_arrival_at,
    )

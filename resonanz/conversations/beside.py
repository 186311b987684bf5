"""The person beside a talk: how we met, in one or two sentences."""

from dataclasses import dataclass, field
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.conversations.queries import ways_to_follow
from resonanz.conversations.rows import network_name
from resonanz.conversations.shown import face_of
from resonanz.people.models import Identity, KnownAs
from resonanz.people.sentences import how_we_met
from resonanz.people.wishes import why_not_written_to
from resonanz.switchboard.contract import Can


@dataclass(frozen=True)
class Beside:
    """What the card of a person shows."""

    identity: Identity
    name: str
    url: str
    lines: list[str]
    handles: list[dict[str, str]] = field(default_factory=list)
    follow: KnownAs | None = None
    is_followed: bool = False
    face: str = ""

    @property
    def follow_label(self) -> str:
        """What stands on the button: where somebody decides who may follow, one asks."""
        if self.is_followed:
            asked = _("Asked to follow: take it back")
            return asked if self.identity.is_locked else _("Followed: take it back")
        return _("Ask to follow") if self.identity.is_locked else _("Follow")


def person_beside(identity: Identity) -> Beside:
    """The card of whoever is behind an account."""
    ways = [
        known
        for known in ways_to_follow(identity)
        if Can.FOLLOW in known.channel.abilities and known.channel.state == Channel.State.OK
    ]
    followed = next(filter(attrgetter("is_followed"), ways), None)
    open_ways = [] if why_not_written_to(identity) else ways
    return Beside(
        identity=identity,
        name=identity.name or identity.handle,
        url=reverse("people-person", args=[identity.person_id]),
        lines=[how_we_met(identity), *_follows(identity)],
        handles=[
            {
                "handle": identity.handle,
                "url": identity.url,
                "where": network_name(identity.network),
            }
        ],
        follow=followed or next(iter(open_ways), None),
        is_followed=followed is not None,
        face=face_of(identity),
    )


def _follows(identity: Identity) -> list[str]:
    return [_("Follows us.")] if identity.follows_us else []

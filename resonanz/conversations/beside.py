"""The person beside a talk: how we met, in one or two sentences."""

from dataclasses import dataclass, field
from operator import attrgetter

from django.urls import reverse

from resonanz.channels.models import Channel
from resonanz.conversations.queries import ways_to_follow
from resonanz.conversations.rows import network_name
from resonanz.conversations.shown import face_of
from resonanz.people.models import Identity, KnownAs
from resonanz.people.sentences import how_we_met
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


def person_beside(identity: Identity) -> Beside:
    """The card of whoever is behind an account."""
    ways = [
        known
        for known in ways_to_follow(identity)
        if Can.FOLLOW in known.channel.abilities and known.channel.state == Channel.State.OK
    ]
    followed = next(filter(attrgetter("is_followed"), ways), None)
    return Beside(
        identity=identity,
        name=identity.name or identity.handle,
        url=reverse("people-person", args=[identity.person_id]),
        lines=[how_we_met(identity)],
        handles=[
            {
                "handle": identity.handle,
                "url": identity.url,
                "where": network_name(identity.network),
            }
        ],
        follow=followed or next(iter(ways), None),
        is_followed=followed is not None,
        face=face_of(identity),
    )

"""What a talk shows of a post that was noted by hand, and where our answer can be noted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.queries import able_to_answer
from resonanz.people.by_hand import place_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may


@dataclass(frozen=True)
class ByHand:
    """Where it was said, with its drawing; who noted it; where it can be changed, by whom may."""

    where: str
    icon: str
    noted_by: str
    change_url: str


def by_hand(post: Post, member: Member | None) -> ByHand | None:
    """What to show of a note; None for a post that a network told us of."""
    if post.noted_by is None and place_of(post.network) is None:
        return None
    place = place_of(post.network)
    may_change = member is not None and may(member, May.ARRANGE)
    is_hers = member is not None and (post.noted_by == member or may(member, May.LOOK_AFTER))
    is_open = may_change and is_hers and post.noted_by is not None
    return ByHand(
        where=str(place.name) if place else "",
        icon=place.icon if place else "edit",
        noted_by=post.noted_by.name if post.noted_by else "",
        change_url=reverse("conversations-by-hand-change", args=[post.pk]) if is_open else "",
    )


def answered_there_url(post: Post, sightings: Sequence[Sighting], *, may_speak: bool) -> str:
    """Where our answer to a post can be noted, if we cannot write it from here; else ""."""
    if post.is_ours or not may_speak or able_to_answer(post, sightings):
        return ""
    return reverse("conversations-answered-there", args=[post.pk])

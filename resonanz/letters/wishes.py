"""What a member wants to be told, and how it can reach her."""

from collections.abc import Iterable

from django.conf import settings

from resonanz.letters.models import Letter, PushSubscription
from resonanz.letters.places import MAIL, PUSH, Source
from resonanz.workspaces.models import Member

Kind = Letter.Kind

# By which of her wishes a kind goes; what is not here goes always.
WISHES = {
    Kind.DIGEST: "wants_digest",
    Kind.ALARM: "wants_alarms",
    Kind.NOTE: "wants_news",
    Kind.REVIEW: "wants_news",
    Kind.NEWS: "wants_news",
    Kind.ASSIGNED: "wants_news",
}


def wants(member: Member, kind: str) -> bool:
    """Whether she wants letters of a kind. Who has left wants none."""
    wish = WISHES.get(Letter.Kind(kind))
    return member.left_at is None and (wish is None or bool(getattr(member, wish)))


def can_mail() -> bool:
    """Whether this installation sends mail."""
    return settings.RESONANZ_MAIL_SERVER is not None


def reachable_by_push(members: Iterable[int]) -> set[int]:
    """The ids of those who are told in a browser. One query."""
    found = PushSubscription.objects.filter(member__in=list(members))
    return set(found.values_list("member", flat=True))


def ways_to(member: Member, source: Source, *, has_browser: bool) -> list[Letter.Way]:
    """How tidings of a source reach her now."""
    found = []
    if MAIL in source.ways and can_mail() and member.user.email:
        found.append(MAIL)
    if PUSH in source.ways and has_browser:
        found.append(PUSH)
    return found

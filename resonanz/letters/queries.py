"""Every read of this room that another file needs."""

from resonanz.letters.models import Letter, PushSubscription
from resonanz.workspaces.models import Member

SHOWN = 20


def latest_letters(member: Member, most: int = SHOWN) -> list[Letter]:
    """What was written to a member, the newest first."""
    return list(Letter.objects.filter(member=member).order_by("-created_at", "-pk")[:most])


def browsers_of(member: Member) -> list[PushSubscription]:
    """The browsers in which she is told, the newest first."""
    return list(member.push_subscriptions.order_by("-created_at", "-pk"))

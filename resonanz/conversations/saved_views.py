"""Views of the inbox that somebody keeps under a name: her own, or everybody's."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from resonanz.conversations.listing import Chosen
from resonanz.conversations.models import SavedView
from resonanz.workspaces.models import Member

VIEWS_SHOWN = 50


def views_for(member: Member) -> list[SavedView]:
    """The views a member has: everybody's first, then her own, the oldest first."""
    found = SavedView.objects.usable_by(member).filter(removed_at=None)
    rows = list(found.order_by("position", "pk")[:VIEWS_SHOWN])
    return sorted(rows, key=lambda one: one.member_id is not None)


@transaction.atomic
def keep_view(*, member: Member, name: str, chosen: Chosen, is_for_all: bool) -> SavedView:
    """Keep a choice under a name. The same name again, for the same people, is the same view."""
    owner = None if is_for_all else member
    views = SavedView.objects.filter(workspace=member.workspace, member=owner)
    query = chosen.query().removeprefix("?")[:500]
    same = views.filter(name__iexact=name.strip()).order_by("pk").first()
    if same is not None:
        same.query, same.removed_at = query, None
        same.save(update_fields=["query", "removed_at"])
        return same
    last = views.aggregate(last=Max("position"))["last"] or 0
    return SavedView.objects.create(
        workspace=member.workspace,
        member=owner,
        name=name.strip(),
        query=query,
        position=last + 1,
    )


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give a view another name."""
    view.name = name.strip()
    view.save(update_fields=["name"])
    return view


def remove_view(*, view: SavedView, is_removed: bool = True) -> SavedView:
    """Take a view away, or put it back."""
    view.removed_at = timezone.now() if is_removed else None
    view.save(update_fields=["removed_at"])
    return view

"""Who may see what in this room: members of the workspace; a stranger gets 404."""

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from resonanz.outbox.models import Delivery, Draft, Gesture
from resonanz.workspaces.models import Member


def get_draft(member: Member, pk: int) -> Draft:
    """A draft of the member's workspace, whoever wrote it. Raises `Http404`."""
    drafts = Draft.objects.filter(workspace=member.workspace)
    return get_object_or_404(drafts.select_related("voice", "author"), pk=pk)


def get_on_its_way(member: Member, kind: str, pk: int) -> Delivery | Gesture:
    """A delivery or a gesture of the member's workspace. Raises `Http404`."""
    ways: dict[str, QuerySet[Delivery] | QuerySet[Gesture]] = {
        "delivery": Delivery.objects.filter(publication__workspace=member.workspace),
        "gesture": Gesture.objects.filter(workspace=member.workspace),
    }
    if kind not in ways:
        raise Http404
    found: Model = get_object_or_404(ways[kind].select_related("channel__workspace"), pk=pk)
    assert isinstance(found, Delivery | Gesture)  # noqa: S101 (tells the type checker)
    return found

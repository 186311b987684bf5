"""Who may see what in this room: members of the workspace; a stranger gets 404."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    Moderation,
    OnItsWay,
    Publication,
    Shielding,
    Upload,
)
from resonanz.workspaces.models import Member


def get_draft(member: Member, pk: int) -> Draft:
    """A draft of the member's workspace, whoever wrote it. Raises `Http404`."""
    drafts = Draft.objects.filter(workspace=member.workspace)
    whole = drafts.select_related("voice__member", "author", "reviewer", "workspace")
    return get_object_or_404(whole, pk=pk)


def get_upload(member: Member, pk: int) -> Upload:
    """A picture of a text of the member's workspace. Raises `Http404`."""
    uploads = Upload.objects.filter(workspace=member.workspace)
    return get_object_or_404(uploads.select_related("draft__workspace"), pk=pk)


def get_publication(member: Member, pk: int) -> Publication:
    """A text of the member's workspace that was approved. Raises `Http404`."""
    found = Publication.objects.filter(workspace=member.workspace)
    return get_object_or_404(found.select_related("draft__voice"), pk=pk)


def get_standing(member: Member, pk: int) -> Delivery:
    """A delivery of the member's workspace that stands at its network. Raises `Http404`."""
    standing = Delivery.objects.filter(
        publication__workspace=member.workspace, state=OnItsWay.State.SENT
    )
    whole = standing.select_related("publication__voice", "publication__draft", "channel", "after")
    delivery: Delivery = get_object_or_404(whole, pk=pk)
    return delivery


def get_amendment(member: Member, pk: int) -> Amendment:
    """A change of a post of the member's workspace. Raises `Http404`."""
    found = Amendment.objects.filter(delivery__publication__workspace=member.workspace)
    whole = found.select_related(
        "channel__workspace", "delivery__channel", "delivery__publication__voice"
    )
    amendment: Amendment = get_object_or_404(whole, pk=pk)
    return amendment


def get_moderation(member: Member, pk: int) -> Moderation:
    """A standing that was wished for in the member's workspace. Raises `Http404`."""
    found = Moderation.objects.filter(workspace=member.workspace)
    moderation: Moderation = get_object_or_404(found.select_related("workspace", "channel"), pk=pk)
    return moderation


Way = Delivery | Gesture | Amendment | Shielding | Moderation


def get_on_its_way(member: Member, kind: str, pk: int) -> Way:
    """Anything on its way in the member's workspace, by its kind. Raises `Http404`."""
    ways: dict[str, QuerySet[Any]] = {
        "amendment": Amendment.objects.filter(delivery__publication__workspace=member.workspace),
        "delivery": Delivery.objects.filter(publication__workspace=member.workspace),
        "gesture": Gesture.objects.filter(workspace=member.workspace),
        "moderation": Moderation.objects.filter(workspace=member.workspace),
        "shielding": Shielding.objects.filter(workspace=member.workspace),
    }
    if kind not in ways:
        raise Http404
    found: Model = get_object_or_404(ways[kind].select_related("channel__workspace"), pk=pk)
    assert isinstance(found, Way)  # noqa: S101 (tells the type checker)
    return found

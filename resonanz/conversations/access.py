"""Who may see what in this room: members of the workspace; a stranger gets 404.

A guest sees the conversations that were given to her, those in whose notes she is named, her
matters, and the conversations that belong to them.
"""

from collections.abc import Collection
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from resonanz.conversations.models import (
    Conversation,
    Matter,
    MatterLink,
    Move,
    Note,
    Post,
    Promise,
    Rule,
    SavedView,
)
from resonanz.conversations.models.conversations import in_sight_of
from resonanz.people.models import Identity
from resonanz.plumbing.row_ids import row_id
from resonanz.workspaces.models import Member


def get_conversation(member: Member, pk: int) -> Conversation:
    """A conversation that the member may see. Raises `Http404`."""
    found = Conversation.objects.visible_to(member).select_related("assignee")
    return get_object_or_404(found, pk=pk)


def get_conversations(member: Member, ids: Collection[int]) -> list[Conversation]:
    """Those of the conversations that the member may see; the others are left out."""
    return list(Conversation.objects.visible_to(member).filter(pk__in=ids))


def get_colleague(member: Member, told: str) -> Member:
    """A member of the same workspace who has not left, by her id. Raises `Http404`."""
    return get_object_or_404(member.workspace.members.present(), pk=row_id(told))


def get_batch(member: Member, batch: UUID) -> UUID:
    """What somebody in the member's workspace did by one click. Raises `Http404`."""
    if not Move.objects.filter(batch=batch, workspace=member.workspace).exists():
        raise Http404
    return batch


def get_own_note(member: Member, pk: int) -> Note:
    """A note that the member wrote herself, in a conversation she may see. Raises `Http404`."""
    notes = Note.objects.filter(in_sight_of(member), author=member)
    return get_object_or_404(notes.select_related("conversation"), pk=pk)


def get_post(member: Member, pk: int) -> Post:
    """A post of the member's workspace. Raises `Http404`."""
    posts = Post.objects.filter(workspace=member.workspace)
    return get_object_or_404(posts.select_related("identity", "workspace", "conversation"), pk=pk)


def get_promise(member: Member, pk: int) -> Promise:
    """A promise of the member's workspace. Raises `Http404`."""
    promises = Promise.objects.filter(workspace=member.workspace)
    return get_object_or_404(promises.select_related("voice"), pk=pk)


def get_identity(member: Member, pk: int) -> Identity:
    """Somebody else's account that the member's workspace knows. Raises `Http404`."""
    return get_object_or_404(Identity.objects.others(), workspace=member.workspace, pk=pk)


def get_rule(member: Member, pk: int) -> Rule:
    """A rule of the member's workspace. Raises `Http404`."""
    rules = Rule.objects.filter(workspace=member.workspace)
    return get_object_or_404(rules.select_related("assignee", "channel"), pk=pk)


def get_saved_view(member: Member, pk: int) -> SavedView:
    """A view that is hers, or everybody's in her workspace. Raises `Http404`."""
    return get_object_or_404(SavedView.objects.usable_by(member), pk=pk)


def get_visible_post(member: Member, pk: int) -> Post:
    """A post in a conversation that the member may see, that still stands. Raises `Http404`."""
    posts = Post.objects.still_there().filter(in_sight_of(member))
    return get_object_or_404(posts.select_related("identity"), pk=pk)


def get_matter(member: Member, pk: int) -> Matter:
    """A matter of the member's workspace; a guest's own. Raises `Http404`."""
    found = Matter.objects.visible_to(member).select_related("colleague", "created_by")
    return get_object_or_404(found, pk=pk)


def get_matter_link(member: Member, matter_pk: int, conversation_pk: int) -> MatterLink:
    """That a conversation she may see belongs to a matter she may see. Raises `Http404`."""
    links = MatterLink.objects.filter(
        in_sight_of(member), matter__in=Matter.objects.visible_to(member)
    )
    found = links.select_related("matter", "conversation")
    return get_object_or_404(found, matter=matter_pk, conversation=conversation_pk)

"""Who may see what in this room: members of the workspace; a stranger gets 404."""

from django.shortcuts import get_object_or_404

from resonanz.conversations.models import Conversation, Post, Promise
from resonanz.people.models import Identity
from resonanz.workspaces.models import Member


def get_conversation(member: Member, pk: int) -> Conversation:
    """A conversation of the member's workspace. Raises `Http404`."""
    return get_object_or_404(Conversation, workspace=member.workspace, pk=pk)


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

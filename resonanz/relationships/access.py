"""Who may see what here: what belongs to the member's own workspace; a stranger gets 404."""

from django.shortcuts import get_object_or_404

from resonanz.conversations.models import Post
from resonanz.people.models import Identity, Person
from resonanz.workspaces.models import Member


def get_post(member: Member, pk: int) -> Post:
    """A post of somebody else that is still there, or 404."""
    posts = Post.objects.still_there().select_related("identity__person", "workspace")
    return get_object_or_404(posts, workspace=member.workspace, is_ours=False, pk=pk)


def get_identity(member: Member, pk: int) -> Identity:
    """Somebody else's account, or 404."""
    others = Identity.objects.others().select_related("person")
    return get_object_or_404(others, workspace=member.workspace, pk=pk)


def get_person(member: Member, pk: int) -> Person:
    """A person, or 404."""
    return get_object_or_404(Person, workspace=member.workspace, pk=pk)

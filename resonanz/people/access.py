"""Who may see what in this room: members of the workspace; a stranger gets 404."""

from django.shortcuts import get_object_or_404

from resonanz.people.models import Person
from resonanz.workspaces.models import Member


def get_person(member: Member, pk: int) -> Person:
    """A person of the member's workspace, with her accounts. Raises `Http404`."""
    people = Person.objects.filter(workspace=member.workspace)
    return get_object_or_404(
        people.prefetch_related(
            "identities__met_through", "identities__muted_by", "identities__blocked_by"
        ),
        pk=pk,
    )

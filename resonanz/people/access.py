"""Who may see what in this room: members of the workspace; a stranger gets 404."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from resonanz.people.models import Identity, Joining, KnownAs, Person
from resonanz.workspaces.models import Member


def get_person(member: Member, pk: int) -> Person:
    """A person of the member's workspace, with her accounts. Raises `Http404`.

    For one who was joined with another it is that one.
    """
    people = Person.objects.filter(workspace=member.workspace).select_related("workspace")
    accounts = Identity.objects.select_related("met_through", "muted_by", "blocked_by")
    found = get_object_or_404(
        people.prefetch_related(
            Prefetch("identities", queryset=accounts),
            Prefetch("identities__known_as", queryset=_ties()),
        ),
        pk=pk,
    )
    return found if found.joined_into_id is None else get_person(member, found.joined_into_id)


def _ties() -> QuerySet[KnownAs]:
    """Those of the ties that say something about following."""
    said = KnownAs.objects.exclude(follows_us_at=None, followed_at=None)
    return said.select_related("channel").defer("channel__credentials", "channel__profile")


def get_joining(member: Member, pk: int) -> Joining:
    """That two persons of the member's workspace were joined. Raises `Http404`."""
    joinings = Joining.objects.filter(workspace=member.workspace)
    return get_object_or_404(joinings.select_related("person", "other"), pk=pk)

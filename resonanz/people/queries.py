"""Every read of this room that another file needs."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from resonanz.channels.models import Channel
from resonanz.people.models import Identity, Person
from resonanz.people.names import words_of
from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.sheets import Sheet, sheet_of
from resonanz.workspaces.models import Workspace

A_PAGE = 40


def our_uids_beside(channel: Channel) -> frozenset[str]:
    """The uids of all our accounts on this channel's network, the channel's own included."""
    ours = Identity.objects.filter(
        workspace_id=channel.workspace_id, network=channel.network, is_ours=True
    )
    return frozenset([channel.uid, *ours.values_list("uid", flat=True)])


def unshielded(path: str) -> Q:
    """Rows whose identity, at the end of `path`, nobody muted or blocked."""
    return Q(**{f"{path}__muted_at": None, f"{path}__blocked_at": None})


def list_people(
    workspace: Workspace, segment: str, mark: Mark | None = None, *, words: str = ""
) -> Sheet[Person]:
    """One page of people who are not ourselves.

    "in-touch": something passed between them and us, the latest first. "everybody": all whom
    we know, the newest first. Words that are searched for look among everybody.
    """
    found = Person.objects.others().filter(workspace=workspace).prefetch_related("identities")
    wanted = words_of(words)
    if wanted:
        return sheet_of(found.named_like(workspace, wanted), "created_at", mark, size=A_PAGE)
    if segment == "in-touch":
        in_touch = found.filter(last_contact_at__isnull=False)
        return sheet_of(in_touch, "last_contact_at", mark, size=A_PAGE)
    return sheet_of(found, "created_at", mark, size=A_PAGE)


def our_channels(workspace: Workspace) -> list[Channel]:
    """The channels through which we can speak: those whose account is one of ours."""
    return list(channels_of_ours(workspace).order_by("pk"))


def channels_of_ours(workspace: Workspace) -> QuerySet[Channel]:
    """The same, to be asked for within another question."""
    ours = Identity.objects.filter(
        workspace=workspace, is_ours=True, network=OuterRef("network"), uid=OuterRef("uid")
    )
    return workspace.channels.filter(Exists(ours))

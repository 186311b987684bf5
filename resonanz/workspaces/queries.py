"""Every read of this room that another file needs."""

from resonanz.workspaces.models import Alarm, Member, User, Voice, Workspace


def is_set_up() -> bool:
    """Whether somebody has been through the first visit."""
    return Workspace.objects.exists()


def memberships(user: User) -> list[Member]:
    """The memberships of a user with their workspaces, oldest first; not where she has left."""
    found = user.memberships.filter(left_at=None)
    return list(found.select_related("workspace").order_by("pk"))


def voices_of(member: Member) -> list[Voice]:
    """The voices a member may speak with."""
    return list(Voice.objects.speaking_for(member).order_by("pk"))


def own_hosts(workspace: Workspace) -> frozenset[str]:
    """The hosts that are ours, lower case."""
    return frozenset(workspace.domains.values_list("host", flat=True))


def open_alarms(workspace: Workspace) -> list[Alarm]:
    """Alarms that are up, the newest first."""
    return list(workspace.alarms.filter(over_at=None).order_by("-raised_at"))

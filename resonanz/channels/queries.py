"""Every read of this room that another file needs."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from resonanz.channels.models import Channel, ChannelQuerySet, Lane, ListImport
from resonanz.switchboard.contract import Can, Network
from resonanz.switchboard.registry import UnknownNetwork, network, networks
from resonanz.workspaces.models import Workspace

A_PAGE = 50
IN_NEED = ~Q(state__in=[Channel.State.OK, Channel.State.PAUSED]) | ~Q(trouble_code="")


def pretend_slugs() -> list[str]:
    """The networks that are rehearsals."""
    return [slug for slug, found in networks().items() if found.is_pretend]


def is_connected(workspace: Workspace) -> bool:
    """Whether there is any account or source."""
    return workspace.channels.exists()


def network_of(slug: str) -> Network | None:
    """The network of a slug, None when its folder is not installed any more."""
    try:
        return network(slug)
    except UnknownNetwork:
        return None


def in_need(workspace: Workspace) -> list[Channel]:
    """Channels that wait for a human or are in trouble, up to a page of them, newest first."""
    return list(workspace.channels.filter(IN_NEED).order_by("-pk")[:A_PAGE])


def accounts(workspace: Workspace) -> list[Channel]:
    """Accounts in order: channels on which people can speak to us. Up to a page of them."""
    rows = _well(workspace).filter(_turned_to_us())
    return list(rows.order_by("pk")[:A_PAGE])


def sources(workspace: Workspace, *, before: int | None = None) -> tuple[list[Channel], int | None]:
    """A page of sources in order that are only read, newest first, and where the next begins."""
    rows = _well(workspace).exclude(_turned_to_us())
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: A_PAGE + 1])
    return found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else None


def _well(workspace: Workspace) -> ChannelQuerySet:
    rows: ChannelQuerySet = Channel.objects.filter(workspace=workspace).exclude(IN_NEED)
    return rows


def _turned_to_us() -> Q:
    """Where people speak to us: what is reported to us is read, or pages tell us of their links."""
    told = Lane.objects.filter(channel=OuterRef("pk"), kind=Can.NOTIFICATIONS.value)
    return Q(Exists(told)) | Q(abilities__icontains=f'"{Can.LINKBACKS.value}"')


def sealed_credentials() -> Iterator[tuple[str, bytes]]:
    """Every sealed secret of the installation, with the handle it belongs to."""
    for handle, sealed in Channel.objects.order_by("pk").values_list("handle", "credentials"):
        yield handle, bytes(sealed)


def lanes_of(channel: Channel) -> list[Lane]:
    """The lanes of a channel in the order in which they were opened."""
    return list(channel.lanes.order_by("pk"))


def addresses_on(workspace: Workspace, network_slug: str) -> list[tuple[str, str]]:
    """What is read on a network as (title, address), for a list to take along."""
    rows = workspace.channels.filter(network=network_slug).order_by("pk")
    return [(name or handle, address) for name, handle, address in _named(rows)]


def _named(rows: ChannelQuerySet) -> list[tuple[str, str, str]]:
    return list(rows.values_list("name", "handle", "address"))


def latest_import(workspace: Workspace, network_slug: str) -> ListImport | None:
    """The list that was brought last, so that its report can be found again."""
    rows = ListImport.objects.filter(workspace=workspace, network=network_slug)
    return rows.order_by("-pk").first()

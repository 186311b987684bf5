"""Who may see what in this room: members of the workspace everything, a stranger nothing."""

from django.http import Http404

from resonanz.channels.models import Channel, ListImport, PendingConnection
from resonanz.channels.queries import network_of
from resonanz.switchboard.contract import AddressList, Network
from resonanz.workspaces.models import Member


def get_channel(member: Member, pk: int) -> Channel:
    """A channel of the member's workspace. Raises `Http404` for everybody else's."""
    found = Channel.objects.filter(workspace=member.workspace, pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_network(slug: str) -> Network:
    """A network that is installed. Raises `Http404`."""
    found = network_of(slug)
    if found is None:
        raise Http404
    return found


def get_address_list(slug: str) -> AddressList:
    """How a network's sources are brought as a file. Raises `Http404` where they are not."""
    found = get_network(slug).address_list
    if found is None:
        raise Http404
    return found


def get_list_import(member: Member, pk: int) -> ListImport:
    """A list that was brought into the member's workspace. Raises `Http404`."""
    found = ListImport.objects.filter(workspace=member.workspace, pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_pending(member: Member, token: str) -> PendingConnection | None:
    """The connection that this member began herself, or None: it is no one else's to finish."""
    rows = PendingConnection.objects.select_related("member__workspace", "replaces")
    return rows.filter(token=token, member=member).first()

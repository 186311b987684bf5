"""Who may see what here. A stranger is answered as if there were nothing."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.workspaces.models import Member


def get_endpoint(member: Member, pk: int) -> Endpoint:
    """The endpoint of a channel of the member's workspace."""
    rows = Endpoint.objects.select_related("channel__workspace")
    return get_object_or_404(rows, channel__workspace=member.workspace_id, channel=pk)


def get_received(member: Member, pk: int) -> ReceivedMention:
    """A link to us that the member may see."""
    rows = ReceivedMention.objects.select_related("channel__workspace")
    return get_object_or_404(rows, workspace=member.workspace_id, pk=pk)


def get_sent(member: Member, pk: int) -> SentMention:
    """A link of ours that the member may see."""
    rows = SentMention.objects.select_related("channel__workspace")
    return get_object_or_404(rows, workspace=member.workspace_id, pk=pk)


def endpoint_behind(token: str) -> Endpoint:
    """The endpoint of a token in an address. Open to everybody who knows the address."""
    found = Endpoint.objects.filter(token=token).select_related("channel__workspace").first()
    if found is None:
        raise Http404
    return found


def received_behind(token: str) -> ReceivedMention:
    """What became of a link, for whoever told us of it."""
    return get_object_or_404(ReceivedMention, token=token)

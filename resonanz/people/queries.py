"""Every read of this room that another file needs."""

from resonanz.channels.models import Channel
from resonanz.people.models import Identity


def our_uids_beside(channel: Channel) -> frozenset[str]:
    """The uids of all our accounts on this channel's network, the channel's own included."""
    ours = Identity.objects.filter(
        workspace_id=channel.workspace_id, network=channel.network, is_ours=True
    )
    return frozenset([channel.uid, *ours.values_list("uid", flat=True)])

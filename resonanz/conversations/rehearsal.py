"""When the pretend town is left, everything that came from it goes: it was a rehearsal."""

from resonanz.channels.models import Channel
from resonanz.channels.queries import network_of
from resonanz.conversations.models import Conversation, Post
from resonanz.outbox.models import Draft, Publication
from resonanz.people.models import Identity, Person


def end_rehearsal(channel: Channel) -> None:
    """Erase what a pretend channel brought: posts, conversations, people, texts of ours to it.

    Does nothing for a real network. A person who also has a real account stays.
    """
    found = network_of(channel.network)
    if found is None or not found.is_pretend:
        return
    invented = {"workspace": channel.workspace, "network": channel.network}
    Post.objects.filter(**invented).delete()
    Conversation.objects.filter(**invented).delete()
    Identity.objects.filter(**invented).delete()
    Person.objects.filter(workspace=channel.workspace, identities=None).delete()
    _forget_texts(channel)


def _forget_texts(channel: Channel) -> None:
    """Erase drafts and publications that were meant for this channel alone."""
    channel.deliveries.all().delete()
    drafts = Draft.objects.filter(workspace=channel.workspace, channels=channel)
    only_here = [draft.pk for draft in drafts if draft.channels.count() == 1]
    Publication.objects.filter(draft__in=only_here).delete()
    Draft.objects.filter(pk__in=only_here).delete()

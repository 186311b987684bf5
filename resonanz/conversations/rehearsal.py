"""When the pretend town is left, everything that came from it goes: it was a rehearsal."""

from resonanz.channels.models import Channel
from resonanz.channels.queries import network_of
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.turns import refresh_turn
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
    invented_posts = Post.objects.filter(**invented)
    talks = list(invented_posts.values_list("conversation", flat=True).distinct())
    invented_posts.delete()
    begun = Conversation.objects.filter(pk__in=talks)
    # A human may have put an invented conversation together with a real one.
    for mixed in begun.filter(posts__isnull=False).distinct():
        refresh_turn(mixed)
    begun.filter(posts=None).delete()
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

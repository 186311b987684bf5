"""Whether we have what stands at an address, and which of our accounts could look for it."""

from dataclasses import dataclass

from django.urls import reverse

from resonanz.channels.models import Channel
from resonanz.conversations.addresses import find_post
from resonanz.conversations.models import Bringing, Post
from resonanz.conversations.rows import network_name
from resonanz.people.by_hand import place_at
from resonanz.plumbing.content_warnings import warning_words
from resonanz.plumbing.text import excerpt
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Workspace

WORDS_CHARACTERS = 160
CHANNELS_LOOKED_AT = 50
# What is closed to others no account of ours finds. Threads speaks ActivityPub.
MAY_BE_FOUND = ("web", "threads")


@dataclass(frozen=True)
class Known:
    """A post that we have, as the page offers it."""

    post: Post
    url: str
    name: str
    words: str


def known_at(workspace: Workspace, url: str) -> Known | None:
    """The post that stands at an address, if we have it."""
    post = find_post(workspace, url)
    return _shown(post) if post and post.gone_at is None else None


def _shown(post: Post) -> Known:
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return Known(
        post=post,
        url=f"{thread}?post={post.pk}#post-{post.pk}",
        name=post.identity.name or post.identity.handle,
        words=excerpt(post.title or warning_words(post.warning) or post.text, WORDS_CHARACTERS),
    )


def accounts_that_look(workspace: Workspace) -> list[Channel]:
    """One working account on each network that can read whole conversations, the oldest first."""
    working = Channel.objects.working().filter(workspace=workspace).order_by("pk")
    able: dict[str, Channel] = {}
    for channel in working.defer("credentials", "profile")[:CHANNELS_LOOKED_AT]:
        if Can.THREAD in channel.abilities and Can.ANSWER in channel.abilities:
            able.setdefault(channel.network, channel)
    return list(able.values())


@dataclass(frozen=True)
class Search:
    """Where one looks for an address, and what came of it. `names` are those of the networks."""

    names: str
    is_looking: bool = False
    is_over: bool = False


def search_at(workspace: Workspace, url: str) -> Search | None:
    """What to offer or to say about looking for an address; None where nobody could look."""
    if place_at(url) not in MAY_BE_FOUND:
        return None
    asked = list(Bringing.objects.filter(workspace=workspace, url=url).order_by("pk"))
    if asked:
        is_looking = any(one.done_at is None for one in asked)
        return Search("", is_looking=is_looking, is_over=not is_looking)
    accounts = accounts_that_look(workspace)
    if not accounts:
        return None
    return Search(", ".join(network_name(one.network) for one in accounts))

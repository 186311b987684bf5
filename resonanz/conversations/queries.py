"""Every read of this room that another file needs."""

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post, Sighting
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience


def sighting_on(post: Post, channel: Channel) -> Sighting | None:
    """How a channel knows a post, if it does."""
    return post.sightings.filter(channel=channel).order_by("pk").first()


def channels_for_answer(post: Post) -> list[Channel]:
    """The channels that know this post and can answer it, the one it was said to first."""
    is_direct = post.audience == Audience.DIRECT.value
    needed = Can.ANSWER_DIRECT if is_direct else Can.ANSWER
    seen = post.sightings.select_related("channel").order_by("pk")
    able = [found.channel for found in seen if needed in found.channel.abilities]
    named = {mention.get("uid") for mention in post.mentions}
    return sorted(able, key=lambda channel: channel.uid not in named)

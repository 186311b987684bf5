"""The manners of an answer: whom it names, who may see it, what it takes over."""

from collections.abc import Collection

import msgspec

from resonanz.conversations.models import Post
from resonanz.people.wishes import those_who_block_us
from resonanz.switchboard.shapes import Answering, Audience, Mention


def answering_with_manners(post: Post, local_id: str, ours: Collection[str]) -> Answering:
    """What an answer to a post that a channel knows as `local_id` has to know.

    Everybody is named whom the post names, its author first, ourselves (`ours`, uids) and those
    who have blocked us excepted.
    """
    named = msgspec.convert(post.mentions, list[Mention])
    others = [mention.uid for mention in named if mention.uid not in ours]
    left_out = {*ours, *those_who_block_us(post.workspace_id, post.network, others)}
    author = Mention(uid=post.identity.uid, handle=post.identity.handle, url=post.identity.url)
    everybody = {mention.uid: mention for mention in [author, *named]}
    return Answering(
        uid=post.uid,
        local_id=local_id,
        url=post.url,
        audience=Audience(post.audience),
        names=tuple(mention for uid, mention in everybody.items() if uid not in left_out),
    )

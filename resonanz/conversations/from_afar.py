"""What a server that is not ours showed us, before it is kept.

It may say what it likes. So it brings in only posts that are new to us, changes none that we
have, says nothing in our name, and renames nobody we know.
"""

from collections.abc import Sequence

import msgspec

from resonanz.channels.fitting import fitting
from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.people.models import Identity
from resonanz.switchboard.shapes import Profile, Said


def new_to_us(posts: Sequence[Said], channel: Channel) -> tuple[Said, ...]:
    """Those of the posts that we do not have and did not say ourselves.

    Whoever we know is called as we know him: a strange server does not rename anybody. What
    such a post quotes is not taken on its word either.
    """
    uids = [fitting(said.uid) for said in posts]
    same = {"workspace": channel.workspace_id, "network": channel.network}
    known = set(Post.objects.filter(**same, uid__in=uids).values_list("uid", flat=True))
    authors = [fitting(said.author.uid) for said in posts]
    people = {one.uid: one for one in Identity.objects.filter(**same, uid__in=authors)}
    found = []
    for said in posts:
        identity = people.get(fitting(said.author.uid))
        is_ours = identity is not None and identity.is_ours
        if fitting(said.uid) in known or is_ours or said.author.uid == channel.uid:
            continue
        author = _as_we_know(identity) if identity else said.author
        found.append(
            msgspec.structs.replace(
                said, author=author, quoted=None, shared_by=None, local_id="", same_as=()
            )
        )
    return tuple(found)


def _as_we_know(identity: Identity) -> Profile:
    return Profile(
        uid=identity.uid,
        handle=identity.handle,
        name=identity.name,
        url=identity.url,
        is_bot=identity.is_bot,
        is_indexable=identity.is_indexable,
    )

"""Which acts a post is, told from its structure alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.conversations.places import Kept
from resonanz.people.models import Identity
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import Audience
from resonanz.understanding.structure import links_to_own


@dataclass(frozen=True)
class Told:
    """An act before it has a row."""

    identity: Identity
    kind: str
    direction: str
    at: datetime
    uid: str
    post: Post | None
    channel: Channel
    is_backlog: bool = False

    def row(self) -> Act:
        """The row it becomes."""
        return Act(
            workspace_id=self.identity.workspace_id,
            identity=self.identity,
            kind=self.kind,
            direction=self.direction,
            at=self.at,
            uid=self.uid[:700],
            post=self.post,
            channel=self.channel,
            is_backlog=self.is_backlog,
        )


def acts_of_post(kept: Kept, own: frozenset[str]) -> Iterator[Told]:
    """The acts that a kept post is. The same post gives the same acts every time."""
    if kept.post.is_ours:
        yield from _given(kept)
        if kept.post.shared_by is not None:
            yield _told(kept, kept.post.shared_by, Act.Kind.SHARE, Act.Direction.RECEIVED)
        return
    yield from _received(kept, own)


def _received(kept: Kept, own: frozenset[str]) -> Iterator[Told]:
    post = kept.post
    if post.answers is not None and post.answers.is_ours:
        yield _told(kept, post.identity, Act.Kind.ANSWER, Act.Direction.RECEIVED)
    elif post.is_to_us or post.audience == Audience.DIRECT.value:
        yield _told(kept, post.identity, Act.Kind.MENTION, Act.Direction.RECEIVED)
    if links_to_own([link["url"] for link in post.links], own):
        yield _told(kept, post.identity, Act.Kind.LINK, Act.Direction.RECEIVED)


def _given(kept: Kept) -> Iterator[Told]:
    post = kept.post
    answered = post.answers.identity if post.answers else None
    if answered is not None and not answered.is_ours:
        yield _told(kept, answered, Act.Kind.ANSWER, Act.Direction.GIVEN)
    uids = [mention["uid"] for mention in post.mentions]
    named = Identity.objects.others().filter(
        workspace_id=post.workspace_id, network=post.network, uid__in=uids
    )
    for identity in named:
        if answered is None or identity.pk != answered.pk:
            yield _told(kept, identity, Act.Kind.MENTION, Act.Direction.GIVEN)


def _told(kept: Kept, identity: Identity, kind: str, direction: str) -> Told:
    post = kept.post
    by = identity.uid if direction == Act.Direction.RECEIVED else f"us→{identity.uid}"
    return Told(
        identity=identity,
        kind=kind,
        direction=direction,
        at=min(post.said_at, timezone.now()),
        uid=f"{kind} {by} {post.uid}",
        post=post,
        channel=kept.channel,
        is_backlog=kept.is_backlog,
    )

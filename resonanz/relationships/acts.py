"""Which acts a post, a reaction and a gesture are, told from their structure alone."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.conversations.turns import OLD_NEWS
from resonanz.people.models import Identity
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import Audience
from resonanz.understanding.structure import handles_in, host_of, is_own_host, links_to_own

UID_CHARACTERS = 700

# One word is one act: a mention that turns out to be an answer, when the post it answers
# arrives, becomes that answer.
_WORD: dict[str, str] = {Act.Kind.MENTION: "word", Act.Kind.ANSWER: "word"}


@dataclass(frozen=True)
class Told:
    """An act before it has a row."""

    identity: Identity
    kind: str
    direction: str
    at: datetime
    uid: str
    post: Post | None
    channel: Channel | None
    is_backlog: bool = False

    def row(self) -> Act:
        """The row it becomes."""
        return Act(
            workspace_id=self.identity.workspace_id,
            identity=self.identity,
            kind=self.kind,
            direction=self.direction,
            at=self.at,
            uid=self.uid,
            post=self.post,
            channel=self.channel,
            is_backlog=self.is_backlog,
        )


def act_uid(what: str, by_uid: str, about_uid: str) -> str:
    """One name for one act, from whichever side it is seen, at most 700 characters long."""
    uid = f"{what} {by_uid} {about_uid}"
    if len(uid) <= UID_CHARACTERS:
        return uid
    return f"{what} {hashlib.sha256(uid.encode()).hexdigest()}"


def is_old(at: datetime, *, is_backlog: bool) -> bool:
    """Whether an act lies so far before our first look that nobody is reminded of it."""
    return is_backlog and timezone.now() - at > OLD_NEWS


@dataclass(frozen=True)
class Reading:
    """A post that is read for its acts, with the channel it came through, if that is still there.

    `own` are the hosts that are ours.
    """

    post: Post
    channel: Channel | None
    own: frozenset[str]
    is_backlog: bool = False

    def acts(self) -> Iterator[Told]:
        """The acts that the post is. The same post gives the same acts every time."""
        post = self.post
        if post.is_put_away:
            return
        if not post.is_ours:
            yield from self._received()
            return
        yield from self._given()
        if post.shared_by is not None:
            yield self._told(post.shared_by, Act.Kind.SHARE, Act.Direction.RECEIVED)

    def _received(self) -> Iterator[Told]:
        post, received = self.post, Act.Direction.RECEIVED
        if post.answers is not None and post.answers.is_ours:
            yield self._told(post.identity, Act.Kind.ANSWER, received)
        elif post.is_to_us or post.audience == Audience.DIRECT.value:
            yield self._told(post.identity, Act.Kind.MENTION, received)
        if recommends_us(post, self.own):
            yield self._told(post.identity, Act.Kind.LINK, received)

    def _given(self) -> Iterator[Told]:
        answered = self.post.answers.identity if self.post.answers else None
        if answered is not None and not answered.is_ours:
            yield self._told(answered, Act.Kind.ANSWER, Act.Direction.GIVEN)
        for identity in named_by_us(self.post):
            if answered is None or identity.pk != answered.pk:
                yield self._told(identity, Act.Kind.MENTION, Act.Direction.GIVEN)

    def _told(self, identity: Identity, kind: str, direction: str) -> Told:
        by = identity.uid if direction == Act.Direction.RECEIVED else f"us→{identity.uid}"
        at = min(self.post.said_at, timezone.now())
        return Told(
            identity=identity,
            kind=kind,
            direction=direction,
            at=at,
            uid=act_uid(_WORD.get(kind, kind), by, self.post.uid),
            post=self.post,
            channel=self.channel,
            is_backlog=is_old(at, is_backlog=self.is_backlog),
        )


def recommends_us(post: Post, own: frozenset[str]) -> bool:
    """Whether it leads others to us. What stands on our own ground does not, nor does a name."""
    if is_own_host(host_of(post.url), own):
        return False
    names = {mention.get("url") for mention in post.mentions}
    return bool(links_to_own([link["url"] for link in post.links if link["url"] not in names], own))


def named_by_us(post: Post) -> list[Identity]:
    """Whom a post of ours names: those the network told us of, and the handles in its text."""
    others = Identity.objects.others().filter(workspace_id=post.workspace_id, network=post.network)
    named = list(others.filter(uid__in=[mention["uid"] for mention in post.mentions]))
    handles = handles_in(post.text)
    if handles:
        named += others.filter(handle__in=handles)
    return list({identity.pk: identity for identity in named}.values())

"""Approving, holding and putting away what others said on pages of ours, from its conversation.

Our page shows the new standing at once. When the network refuses it, the place `MODERATED` of the
outbox tells, and the post stands again as it does there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.places import Kept, Merged
from resonanz.conversations.queries import posts_by_uid
from resonanz.conversations.standing import note_standings
from resonanz.outbox.actions import Comment, moderate_there
from resonanz.outbox.models import Delivery, Moderation, OnItsWay
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.models import Member, Workspace

MOST_AT_ONCE = 200
# What stands on pages of ours and was written by others. The rest is nobody's to approve.
MODERATED = (Post.Kind.COMMENT, Post.Kind.PING)


@dataclass(frozen=True)
class Moderated:
    """What one click did: the id by which it is undone, how many comments it changed.

    `unable` could not be changed: no account of ours can moderate them.
    """

    batch: UUID
    count: int
    unable: int = 0


@dataclass(frozen=True)
class Undone:
    """What taking back did. `left` have changed since, or were refused, and stay as they are."""

    count: int
    left: int


def channel_to_moderate(post: Post, sightings: Iterable[Sighting]) -> Channel | None:
    """The account through which a post can get another standing; None where there is none."""
    if post.is_ours or post.gone_at is not None or post.kind not in MODERATED:
        return None
    able = (found.channel for found in sightings if Can.MODERATE in found.channel.abilities)
    return next((channel for channel in able if channel.state == Channel.State.OK), None)


def held_posts(workspace: Workspace) -> QuerySet[Post]:
    """Comments that wait for approval, the longest wait first."""
    held = Post.objects.filter(
        workspace=workspace, standing=Post.Standing.HELD, gone_at=None, is_ours=False
    )
    return held.exclude(kind=Post.Kind.ARTICLE).order_by("said_at", "pk")


@transaction.atomic
def moderate_posts(*, posts: Collection[Post], standing: Standing, by: Member) -> Moderated:
    """Give comments another standing, here and where they stand. One click, taken back by one."""
    locked = Post.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in posts])
    found = [post for post in locked.order_by("pk")[:MOST_AT_ONCE] if post.standing != standing]
    comments = _comments(found)
    batch = uuid4()
    moderate_there(comments=list(comments.values()), wanted=standing, member=by, batch=batch)
    note_standings(ids=list(comments), standing=standing)
    return Moderated(batch, len(comments), len(found) - len(comments))


def _comments(posts: Iterable[Post]) -> dict[int, Comment]:
    """Those of the posts that an account of ours can moderate, by their ids."""
    by_pk = {post.pk: post for post in posts}
    seen: dict[int, list[Sighting]] = {}
    rows = Sighting.objects.filter(post__in=by_pk).select_related("channel__workspace")
    for sighting in rows.order_by("pk"):
        seen.setdefault(sighting.post_id, []).append(sighting)
    comments = {}
    for pk, post in by_pk.items():
        channel = channel_to_moderate(post, seen.get(pk, ()))
        if channel is not None:
            known = next(one.local_id for one in seen[pk] if one.channel_id == channel.pk)
            comments[pk] = Comment(channel, post.uid, known, Standing(post.standing))
    return comments


@transaction.atomic
def undo_moderation(*, batch: UUID, by: Member) -> Undone:
    """Take one click back, wherever a comment still stands as that click left it."""
    rows = list(Moderation.objects.filter(batch=batch, workspace=by.workspace).order_by("pk"))
    posts = {one.uid: one for one in posts_by_uid(by.workspace, [row.target_uid for row in rows])}
    back: dict[str, list[Post]] = {}
    for row in rows:
        post = posts.get(row.target_uid)
        if post is not None and post.standing == row.wanted:
            back.setdefault(row.before, []).append(post)
    count = sum(
        moderate_posts(posts=found, standing=Standing(standing), by=by).count
        for standing, found in back.items()
    )
    return Undone(count, len(rows) - count)


def keep_unseen(delivery: Delivery, standing: Standing) -> None:
    """What we said there is held back. Runs in the transaction that records that it stands."""
    ours = Post.objects.filter(delivery=delivery).exclude(standing=standing.value)
    if ids := list(ours.values_list("pk", flat=True)):
        note_standings(ids=ids, standing=standing)


def keep_standing(moderation: Moderation, standing: Standing) -> None:
    """Show a comment as it stands at its network. Runs in the transaction that records it."""
    known = Sighting.objects.filter(
        channel=moderation.channel_id, local_id=moderation.target_local_id
    )
    ids = list(
        Post.objects.filter(pk__in=known.values("post"))
        .exclude(standing=standing.value)
        .values_list("pk", flat=True)
    )
    if ids:
        note_standings(ids=ids, standing=standing)


def hold_what_we_wished(kept: list[Kept]) -> None:
    """What arrives while a standing is on its way there still has the old one: ours is shown."""
    theirs = {
        one.post.uid: one.post
        for one in kept
        if one.channel and Can.MODERATE in one.channel.abilities and not one.post.is_ours
    }
    if not theirs:
        return
    under_way = Moderation.objects.filter(
        workspace=kept[0].post.workspace_id,
        target_uid__in=theirs,
        state__in=OnItsWay.State.still_to_do(),
    )
    for row in under_way:
        post = theirs[row.target_uid]
        if post.standing != row.wanted:
            post.standing = row.wanted
            post.save(update_fields=["standing"])


def follow_merged(merged: Merged) -> None:
    """Two rows are the same comment: how the one was moderated belongs to the one that stays."""
    wished = Moderation.objects.filter(
        workspace=merged.kept.workspace_id, target_uid=merged.gone.uid
    )
    wished.update(target_uid=merged.kept.uid)

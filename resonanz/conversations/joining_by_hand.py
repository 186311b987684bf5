"""Putting two conversations together and parting them again, each as one step with a way back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from resonanz.conversations.models import (
    Conversation,
    JoinedPost,
    Joining,
    Lookup,
    MatterLink,
    Move,
    Post,
    Sighting,
)
from resonanz.conversations.putting_together import COLUMNS, DECIDED, HOLDER, TURN, put_together
from resonanz.conversations.traces import REST, columns_of, put_back
from resonanz.conversations.turns import refresh_turn
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member


class CannotJoin(Exception):
    """There are not two conversations any more: the other one is gone, or it is the same."""


class CannotPart(Exception):
    """They cannot be told apart any more: by now everything answers something of the other side."""


@transaction.atomic
def join_by_hand(*, conversation: Conversation, other: Conversation, member: Member) -> Joining:
    """Put another conversation into this one. Raises `CannotJoin`.

    A second time says that it cannot, since the other one is here already.
    """
    stays, gone = _both(conversation, other)
    joining = _join(stays, gone, reason=Joining.Reason.HAND, member=member)
    _note(stays, Move.Verb.JOIN, member, joining)
    note_in_trail(
        workspace=member.workspace,
        member=member,
        verb="conversations put together",
        subject=f"{gone.pk or joining.joined_pk} → {stays.pk}",
    )
    return joining


def _both(conversation: Conversation, other: Conversation) -> tuple[Conversation, Conversation]:
    rows = Conversation.objects.select_for_update(of=("self",)).filter(
        pk__in=[conversation.pk, other.pk], workspace=conversation.workspace_id
    )
    found = {one.pk: one for one in rows.order_by("pk")}
    if len(found) != 2:
        raise CannotJoin
    return found[conversation.pk], found[other.pk]


@transaction.atomic
def join_as_copies(*, copy: Post, original: Post) -> None:
    """The same words of ours in two places are one conversation, which a human can part again."""
    if copy.conversation_id == original.conversation_id:
        return
    pair = [copy.conversation_id, original.conversation_id]
    rows = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=pair).order_by("pk")
    stays, gone = sorted(rows, key=lambda one: (not one.concerns_us, one.pk))
    _join(stays, gone, reason=Joining.Reason.COPY, member=None)
    copy.conversation_id = original.conversation_id = stays.pk


def _join(
    stays: Conversation, gone: Conversation, *, reason: str, member: Member | None
) -> Joining:
    joined_pk = gone.pk
    before = {"stays": columns_of(stays, COLUMNS), "gone": columns_of(gone, COLUMNS)}
    before["stays"]["pk"] = stays.pk
    before["stays"]["matters"] = list(stays.matter_links.values_list("matter", flat=True))
    posts = list(gone.posts.values_list("pk", flat=True))
    brought = put_together(stays=stays, gone=gone)
    refresh_turn(stays)
    joining = Joining.objects.create(
        workspace_id=stays.workspace_id,
        conversation=stays,
        joined_pk=joined_pk,
        reason=reason,
        member=member,
        before=before,
        after=columns_of(stays, COLUMNS),
        brought=brought,
    )
    JoinedPost.objects.bulk_create(
        [JoinedPost(joining=joining, post_id=pk) for pk in posts], batch_size=500
    )
    return joining


@transaction.atomic
def part(*, joining: Joining, member: Member) -> Conversation:
    """Take two conversations apart that were put together; gives the one that comes back.

    What came since goes with what it answers; what answers nothing stays. Raises `CannotPart`.
    A second time gives the one that is back.
    """
    locked = Joining.objects.select_for_update(of=("self",)).get(pk=joining.pk)
    back = Conversation.objects.filter(pk=locked.joined_pk).first()
    if locked.parted_at is not None and back is not None:
        return back
    stays = Conversation.objects.select_for_update(of=("self",)).get(pk=locked.conversation_id)
    hers = _posts_of_the_other(locked, stays)
    if back is not None or not hers or len(hers) == stays.posts.count():
        raise CannotPart
    back = _bring_back(locked, stays)
    _move_back(locked, stays, back, hers)
    _give_columns_back(locked, stays, back)
    locked.parted_at, locked.parted_by = timezone.now(), member
    locked.save(update_fields=["parted_at", "parted_by"])
    _cut_copies(stays, hers)
    for one in (stays, back):
        refresh_turn(one)
        _note(one, Move.Verb.PART, member, locked)
    note_in_trail(
        workspace=member.workspace,
        member=member,
        verb="conversations parted",
        subject=f"{stays.pk} → {back.pk}",
    )
    return back


def _posts_of_the_other(joining: Joining, stays: Conversation) -> list[int]:
    """The posts that go: those whose talk began with a post that was brought along."""
    brought = set(joining.joined_posts.values_list("post_id", flat=True))
    parents = dict(stays.posts.values_list("pk", "answers_id"))
    begins: dict[int, int] = {}
    for pk in parents:
        path, at = [], pk
        while at not in begins and at not in path:
            path.append(at)
            above = parents[at]
            if above is None or above not in parents:
                begins[at] = at
                break
            at = above
        begin = begins.get(at, at)
        begins.update(dict.fromkeys(path, begin))
    return [pk for pk, begin in begins.items() if begin in brought]


def _bring_back(joining: Joining, stays: Conversation) -> Conversation:
    """The other conversation under the address that it had."""
    back = Conversation(
        pk=joining.joined_pk,
        workspace_id=joining.workspace_id,
        network=stays.network,
        first_post_at=stays.last_post_at,
        last_post_at=stays.last_post_at,
    )
    back.save(force_insert=True)
    return back


def _move_back(
    joining: Joining, stays: Conversation, back: Conversation, posts: Sequence[int]
) -> None:
    """Posts, and what came along with them, wherever it still lies here."""
    for begin in range(0, len(posts), 500):
        Post.objects.filter(pk__in=posts[begin : begin + 500]).update(conversation=back)
    brought = joining.brought
    stays.notes.filter(pk__in=brought["notes"]).update(conversation=back)
    stays.promises.filter(pk__in=brought["promises"]).update(conversation=back)
    stays.moves.filter(pk__in=brought["moves"]).update(conversation=back)
    stays.joinings.filter(pk__in=brought["joinings"]).update(conversation=back)
    known = Sighting.objects.filter(
        post__conversation=back, channel=OuterRef("channel"), local_id=OuterRef("local_id")
    )
    Lookup.objects.filter(Exists(known), conversation=stays).update(conversation=back)
    for told in brought["matters"]:
        _bring_matter_back(told, stays, back, joining)


def _bring_matter_back(
    told: dict[str, Any], stays: Conversation, back: Conversation, joining: Joining
) -> None:
    """What they spoke of, unless somebody said meanwhile that it is not about that.

    Where both spoke of it, both go on doing so.
    """
    link = stays.matter_links.filter(matter=told["matter"]).first()
    if link is None:
        return
    if told["matter"] not in joining.before["stays"].get("matters", ()):
        link.conversation = back
        link.save(update_fields=["conversation"])
        return
    MatterLink.objects.create(
        matter_id=told["matter"],
        conversation=back,
        linked_by_id=told["linked_by"],
        linked_at=told["linked_at"],
        told_at=told["told_at"] or link.told_at,
        told_by_id=told["told_by"] or link.told_by_id,
    )


def _give_columns_back(joining: Joining, stays: Conversation, back: Conversation) -> None:
    """Each gets its own again, except what somebody has decided for both of them since."""
    sides = {"stays": stays, "gone": back}
    # It may have been put into a third one since.
    is_here = joining.before["stays"]["pk"] == stays.pk
    for group, decided in ((HOLDER, HOLDER), (REST, REST), (TURN, DECIDED)):
        now = columns_of(stays, group)
        is_as_it_was = is_here and all(now[name] == joining.after[name] for name in decided)
        for side, one in sides.items():
            kept = joining.before[side] if is_as_it_was else now
            put_back(one, {name: kept[name] for name in group})
    for side, one in sides.items():
        if is_here or one is back:
            one.concerns_us = joining.before[side]["concerns_us"]
            one.may_be_incomplete = joining.before[side]["may_be_incomplete"]
    back.routed_at = stays.routed_at
    present = set(joining.workspace.members.present().values_list("pk", flat=True))
    for one in sides.values():
        if one.assignee_id not in present:
            one.assignee_id = None
        one.save()


def _cut_copies(stays: Conversation, posts: Sequence[int]) -> None:
    """What a human parts are not the same words, whatever it looked like."""
    Post.objects.filter(conversation=stays, copy_of__in=posts).update(copy_of=None)
    here = stays.posts.values("pk")
    Post.objects.filter(pk__in=posts, copy_of__in=here).update(copy_of=None)


def _note(conversation: Conversation, verb: Move.Verb, member: Member, joining: Joining) -> None:
    Move.objects.create(
        workspace_id=conversation.workspace_id,
        conversation=conversation,
        member=member,
        verb=verb,
        after={"joining": joining.pk},
    )

"""Finding what belongs together when a post turns out to answer another."""

from django.db.models import F

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post, Sighting


def attach(*, child: Post, parent: Post) -> None:
    """Note that one post answers another, and put their conversations together."""
    child.answers, child.answers_uid = parent, parent.uid
    child.save(update_fields=["answers", "answers_uid"])
    join_conversations(child=child, parent=parent)


def adopt_children(*, post: Post, channel: Channel, local_id: str) -> None:
    """Attach those who answered this post before we had it; what answers us was said to us."""
    # What is left out is what the indexes leave out: SQLite uses them only where that is said.
    waiting = Post.objects.filter(
        workspace_id=post.workspace_id, network=post.network, answers_uid=post.uid, answers=None
    ).exclude(answers_uid="")
    orphans = {orphan.pk: orphan for orphan in waiting}
    if local_id:
        named = Sighting.objects.filter(
            channel=channel, answers_local_id=local_id, post__answers=None
        ).exclude(answers_local_id="")
        orphans |= {found.post_id: found.post for found in named.select_related("post")}
    orphans.pop(post.pk, None)
    for orphan in orphans.values():
        attach(child=orphan, parent=post)
        if post.is_ours and not orphan.is_ours and not orphan.is_to_us:
            orphan.is_to_us, orphan.reason = True, Post.Reason.TO_US
            orphan.save(update_fields=["is_to_us", "reason"])
    if orphans:
        _note_whether_whole(post)


def adopt_quoters(post: Post) -> None:
    """Link those who quoted this post before we had it."""
    Post.objects.filter(
        workspace_id=post.workspace_id, quotes_uid=post.uid, network=post.network, quotes=None
    ).exclude(quotes_uid="").exclude(pk=post.pk).update(quotes=post)


def _note_whether_whole(post: Post) -> None:
    """A conversation in which no answered post is missing any more may count as whole."""
    same = Conversation.objects.filter(posts=post.pk)
    missing = Post.objects.filter(conversation__posts=post.pk, answers=None).exclude(answers_uid="")
    if not missing.exists():
        same.update(may_be_incomplete=False)


def join_conversations(*, child: Post, parent: Post) -> None:
    """Put the conversations of two posts together. Does nothing within one.

    The one that concerns us stays, of two such the older one: its address is open somewhere, or
    written down.
    """
    if child.conversation_id == parent.conversation_id:
        return
    both = Conversation.objects.select_related("assignee")
    found = [both.get(pk=child.conversation_id), both.get(pk=parent.conversation_id)]
    stays, gone = sorted(found, key=lambda one: (not one.concerns_us, one.pk))
    gone.posts.update(conversation=stays)
    gone.lookups.update(conversation=stays)
    gone.promises.update(conversation=stays)
    gone.notes.update(conversation=stays)
    gone.moves.update(conversation=stays)
    linked = stays.matter_links.values("matter")
    gone.matter_links.exclude(matter__in=linked).update(conversation=stays)
    Conversation.objects.filter(pk=stays.pk).update(
        concerns_us=stays.concerns_us or gone.concerns_us,
        is_direct=stays.is_direct or gone.is_direct,
        may_be_incomplete=stays.may_be_incomplete or gone.may_be_incomplete,
        settled_at=_latest(stays, gone),
        assignee=stays.assignee or gone.assignee,
        routed_at=stays.routed_at or gone.routed_at,
        is_snoozed=stays.is_snoozed if stays.concerns_us else gone.is_snoozed,
        wakes_at=stays.wakes_at if stays.concerns_us else gone.wakes_at,
        post_count=F("post_count") + gone.post_count,
    )
    gone.delete()
    child.conversation_id = parent.conversation_id = stays.pk


def _latest(one: Conversation, other: Conversation) -> object:
    times = [moment for moment in (one.settled_at, other.settled_at) if moment]
    return max(times) if times else None

"""Finding what belongs together when a post turns out to answer another."""

from collections.abc import Mapping
from operator import attrgetter

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post, Sighting
from resonanz.conversations.putting_together import put_together


def attach(*, child: Post, parent: Post) -> None:
    """Note that one post answers another, and put their conversations together."""
    child.answers, child.answers_uid, child.answers_address = parent, parent.uid, ""
    child.save(update_fields=["answers", "answers_uid", "answers_address"])
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
        _adopt(orphan, post)
    if orphans:
        _note_whether_whole(post)


def adopt_by_address(parents: Mapping[str, int], *, workspace_id: int) -> None:
    """Attach those who named, before it came, where what they answer stands.

    `parents` are posts by the address (of `same_address`) at which they stand. One question,
    and some more for each that is found.
    """
    if not parents:
        return
    waiting = Post.objects.filter(
        workspace=workspace_id, answers=None, answers_address__in=list(parents)
    ).exclude(answers_address="")
    # Sorted here: asked for in the order of ids, SQLite would walk all posts in that order.
    for orphan in sorted(waiting, key=attrgetter("pk")):
        parent = Post.objects.filter(pk=parents[orphan.answers_address]).first()
        if parent is not None and parent.pk != orphan.pk and not _answers(parent, orphan):
            _adopt(orphan, parent)
            _note_whether_whole(parent)


def _adopt(orphan: Post, parent: Post) -> None:
    attach(child=orphan, parent=parent)
    if parent.is_ours and not orphan.is_ours and not orphan.is_to_us:
        orphan.is_to_us, orphan.reason = True, Post.Reason.TO_US
        orphan.save(update_fields=["is_to_us", "reason"])


def _answers(post: Post, other: Post) -> bool:
    """Whether a post answers another, at whatever distance."""
    seen = set()
    at = post.answers_id
    while at is not None and at not in seen:
        if at == other.pk:
            return True
        seen.add(at)
        at = Post.objects.filter(pk=at).values_list("answers_id", flat=True).first()
    return False


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
    pair = [child.conversation_id, parent.conversation_id]
    found = Conversation.objects.select_for_update().filter(pk__in=pair).order_by("pk")
    stays, gone = sorted(found, key=lambda one: (not one.concerns_us, one.pk))
    put_together(stays=stays, gone=gone)
    child.conversation_id = parent.conversation_id = stays.pk

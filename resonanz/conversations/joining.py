"""Putting two conversations together when a post turns out to answer another."""

from django.db.models import F

from resonanz.conversations.models import Conversation, Post


def join_conversations(*, child: Post, parent: Post) -> None:
    """Move everything of the child's conversation into the parent's. Does nothing within one."""
    if child.conversation_id == parent.conversation_id:
        return
    gone = Conversation.objects.get(pk=child.conversation_id)
    stays = Conversation.objects.get(pk=parent.conversation_id)
    gone.posts.update(conversation=stays)
    gone.lookups.update(conversation=stays)
    gone.promises.update(conversation=stays)
    Conversation.objects.filter(pk=stays.pk).update(
        concerns_us=stays.concerns_us or gone.concerns_us,
        is_direct=stays.is_direct or gone.is_direct,
        may_be_incomplete=stays.may_be_incomplete or gone.may_be_incomplete,
        settled_at=_latest(stays, gone),
        post_count=F("post_count") + gone.post_count,
    )
    gone.delete()
    child.conversation_id = stays.pk


def _latest(one: Conversation, other: Conversation) -> object:
    times = [moment for moment in (one.settled_at, other.settled_at) if moment]
    return max(times) if times else None

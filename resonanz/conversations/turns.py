"""Whose turn it is: kept by itself with every post, and by hand."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.traces import put_aside_at, wake_by_their_word
from resonanz.people.by_hand import is_by_hand
from resonanz.plumbing.content_warnings import first_words_of

POSTS_LOOKED_AT = 200
DERIVED = (
    "changed_at",
    "concerns_us",
    "first_post_at",
    "is_direct",
    "is_snoozed",
    "language",
    "last_post_at",
    "network",
    "opening",
    "post_count",
    "turn",
    "turn_by_hand",
    "waiting_since",
    "wakes_at",
    "with_uid",
    "with_whom",
)
LEADING_NAMES = re.compile(r"^(?:@[^\s@]+(?:@[^\s@]+)?[\s,:]+)+")
# On a first look at an old account, what is older than this is not laid on anybody's desk.
OLD_NEWS = timedelta(days=30)


def refresh_turn(conversation: Conversation) -> Conversation:
    """Derive turn, waiting time and counts from the posts. Reads at most the last 200.

    A turn set by hand holds until we, or somebody to us, speak after the hand's decision.
    """
    posts = _latest_posts(conversation)
    if not posts:
        conversation.delete()
        return conversation
    seen = [post for post in posts if not post.is_put_away]
    waiting = unanswered(seen, conversation.settled_at)
    if conversation.is_snoozed and _wrote_since(conversation, waiting):
        wake_by_their_word(conversation)
    conversation.post_count = conversation.posts.count()
    conversation.last_post_at = posts[-1].said_at
    conversation.first_post_at = min(conversation.first_post_at, posts[0].said_at)
    conversation.is_direct = _is_private(posts)
    conversation.concerns_us = conversation.concerns_us or any(
        post.is_ours or post.is_to_us for post in seen
    )
    _say_with_whom(conversation, [*waiting, *(seen or posts)])
    there = (post for post in seen or posts if not post.gone_at)
    first = next(iter(waiting), None) or next(there, posts[0])
    conversation.language = first.language
    warning = first_words_of(first.warning)
    conversation.opening = (first.title or warning or without_names(first.text))[:200]
    if waiting or not _holds_by_hand(conversation, seen):
        conversation.turn = _turn(seen, waiting)
        conversation.turn_by_hand = False
        conversation.waiting_since = waiting[0].said_at if waiting else None
    conversation.changed_at = timezone.now()
    # Nothing else: a colleague may be given it at this moment.
    conversation.save(update_fields=DERIVED)
    return conversation


def _is_private(posts: Sequence[Post]) -> bool:
    """Whether something private was said to us.

    A private word that a member noted beside a public talk makes it none.
    """
    private = [post for post in posts if post.audience == "direct"]
    return len(private) == len(posts) or any(not is_by_hand(post.network) for post in private)


def _wrote_since(conversation: Conversation, waiting: Sequence[Post]) -> bool:
    """Whether somebody to whom we owe a word spoke after the conversation was put aside."""
    if not waiting:
        return False
    since = put_aside_at(conversation)
    return since is None or any(post.received_at > since for post in waiting)


def _latest_posts(conversation: Conversation) -> list[Post]:
    found = conversation.posts.select_related("identity").order_by("-said_at", "-pk")
    return list(found[:POSTS_LOOKED_AT])[::-1]


def unanswered(posts: Sequence[Post], settled_at: datetime | None) -> list[Post]:
    """Those of the posts (oldest first) that were said to us and got no answer.

    A post counts as answered when a post of ours answers it, or a later one answers its author or
    names him; and when it arrived before a human called the matter settled, or is old news. Whom we
    muted or blocked makes nobody wait, and neither does spam; what of ours nobody sees yet
    answers nobody.
    """
    published = Post.Standing.PUBLISHED
    ours = [
        post for post in posts if post.is_ours and not post.gone_at and post.standing == published
    ]
    author_of = {post.pk: post.identity_id for post in posts}
    found = []
    for post in posts:
        if not post.is_to_us or post.is_ours or post.gone_at:
            continue
        if post.is_put_away or post.is_settled:
            continue
        if settled_at and post.received_at <= settled_at:
            continue
        if post.received_at - post.said_at > OLD_NEWS:
            continue
        if post.identity.muted_at or post.identity.blocked_at:
            continue
        if not any(_answers(answer, post, author_of) for answer in ours):
            found.append(post)
    return found


def _answers(answer: Post, post: Post, author_of: dict[int, int]) -> bool:
    if answer.answers_id == post.pk:
        return True
    # Blogs tell time in seconds. What was said within the same one was not read before.
    if answer.said_at <= post.said_at:
        return False
    if answer.answers_id and author_of.get(answer.answers_id) == post.identity_id:
        return True
    return any(mention.get("uid") == post.identity.uid for mention in answer.mentions)


def _turn(posts: Sequence[Post], waiting: Sequence[Post]) -> str:
    if waiting:
        return Conversation.Turn.OURS
    last_words = [post for post in posts if (post.is_ours or post.is_to_us) and not post.gone_at]
    if last_words and last_words[-1].is_ours:
        return Conversation.Turn.THEIRS
    return Conversation.Turn.DONE


def _holds_by_hand(conversation: Conversation, posts: Sequence[Post]) -> bool:
    set_at = conversation.turn_set_at
    if not conversation.turn_by_hand or set_at is None:
        return conversation.turn_by_hand
    return not any((post.is_ours or post.is_to_us) and post.received_at > set_at for post in posts)


def without_names(text: str) -> str:
    """A text without the handles it begins with: the page says already to whom it was said."""
    return LEADING_NAMES.sub("", text) or text


def _say_with_whom(conversation: Conversation, posts: Sequence[Post]) -> None:
    """Name up to three people, the account of the first of them, and where that one spoke."""
    theirs = [post for post in posts if not post.is_ours]
    names = dict.fromkeys(post.identity.name or post.identity.handle for post in theirs)
    conversation.with_whom = ", ".join(list(names)[:3])[:300]
    conversation.with_uid = theirs[0].identity.uid if theirs else ""
    conversation.network = (theirs or posts)[0].network


def say_turn(conversation: Conversation, turn: str) -> None:
    """A human says whose turn it is. Done and theirs settle what has arrived until now.

    Ours takes such a settling back: whoever waited before it waits again, as long as before.
    Changes columns only; whoever calls this saves them.
    """
    now = timezone.now()
    conversation.turn, conversation.turn_by_hand = turn, True
    conversation.turn_set_at = now
    if turn == Conversation.Turn.OURS:
        conversation.settled_at = None
        conversation.posts.filter(is_settled=True).update(is_settled=False)
        waiting = unanswered(_latest_posts(conversation), None)
        conversation.waiting_since = waiting[0].said_at if waiting else conversation.last_post_at
        conversation.concerns_us = True
    else:
        conversation.settled_at, conversation.waiting_since = now, None

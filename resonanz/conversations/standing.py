"""Posts are seen by others, or not any more: what follows from that in this house."""

from collections.abc import Collection

from django.db import transaction

from resonanz.conversations.models import Conversation, Post, Sighting
from resonanz.conversations.places import KEPT, TAKEN_OUT, Kept
from resonanz.conversations.search.entries import forget_posts
from resonanz.conversations.turns import refresh_turn
from resonanz.switchboard.shapes import Standing


@transaction.atomic
def note_standings(*, ids: Collection[int], standing: Standing) -> None:
    """Show posts as they stand there from now on.

    Spam and what lies in the trash makes nobody wait, is found by nobody and counts as nothing
    that passed between us; fetched back, it does again.
    """
    Post.objects.filter(pk__in=ids).update(standing=standing.value)
    chosen = Post.objects.filter(pk__in=ids)
    posts = list(chosen.select_related("identity", "answers__identity", "shared_by", "quotes"))
    away = [post for post in posts if post.is_put_away]
    for panel in TAKEN_OUT if away else ():
        panel(away)
    forget_posts([post.pk for post in away])
    there = [post for post in posts if not post.is_put_away]
    if there:
        _keep_again(there)
    conversations = Conversation.objects.select_for_update(of=("self",))
    concerned = conversations.filter(pk__in={post.conversation_id for post in posts})
    for conversation in concerned.order_by("pk"):
        refresh_turn(conversation)


def _keep_again(posts: Collection[Post]) -> None:
    seen = Sighting.objects.filter(post__in=[post.pk for post in posts]).select_related("channel")
    channels = {sighting.post_id: sighting.channel for sighting in seen.order_by("-pk")}
    for panel in KEPT:
        panel([Kept(post, channels.get(post.pk), is_new=False) for post in posts])

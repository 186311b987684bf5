"""Two rows turn out to be the same words: they become one, and nothing is lost.

The row that stays keeps its words; what hangs on the other one (answers, quotes, sightings,
versions, drafts, what rooms above keep) hangs on it from then on.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel

from resonanz.conversations.addresses import Spot, Whereabouts, spots_of_post
from resonanz.conversations.joining import join_conversations
from resonanz.conversations.manners import answering_with_manners
from resonanz.conversations.models import Fetching, JoinedPost, Post, SearchEntry
from resonanz.conversations.places import MERGED, Merged
from resonanz.conversations.queries import channels_for_answer, sighting_on
from resonanz.conversations.search.entries import index_posts
from resonanz.outbox.actions import answer_elsewhere
from resonanz.outbox.models import Gesture
from resonanz.people.queries import our_uids_beside
from resonanz.understanding.same_words import words_in

# These are moved by name below: what posts say of one another, and what a post has once only.
MOVED_BY_NAME = frozenset(
    {
        (Post, "answers"),
        (Post, "quotes"),
        (Post, "copy_of"),
        (Fetching, "post"),
        (JoinedPost, "post"),
        (SearchEntry, "post"),
    }
)
CONTENT = (
    "title",
    "html",
    "text",
    "warning",
    "language",
    "mentions",
    "links",
    "pictures",
    "poll",
    "card",
)


@transaction.atomic
def merge_posts(*, kept: Post, gone: Post, whereabouts: Whereabouts | None = None) -> Post:
    """Make one of two posts of a workspace; gives the one that stays.

    Whoever calls this finds the turn of its conversation anew.
    """
    join_conversations(child=gone, parent=kept)
    for panel in MERGED:
        panel(Merged(kept, gone))
    _move_talk(kept, gone)
    _move_the_rest(kept, gone)
    _move_gestures(kept, gone)
    _take_over(kept, gone)
    known = whereabouts or Whereabouts(kept.workspace_id)
    known.move(gone.pk, kept.pk)
    spots = _former(gone)
    old_uid = gone.uid
    gone.delete()
    known.note(kept, spots, gone.network)
    known.write({kept.pk})
    _move_drafts(kept, old_uid)
    index_posts([kept])
    return kept


def _former(gone: Post) -> list[Spot]:
    """Under its old name it is found again, and counts as known there."""
    return [Spot(spot.address, spot.url, spot.is_own) for spot in spots_of_post(gone)]


def _move_talk(kept: Post, gone: Post) -> None:
    """Who answers, quotes or copies the one answers, quotes or copies the other."""
    posts = Post.objects.filter(workspace=kept.workspace_id)
    if kept.answers_id == gone.pk:
        kept.answers_id, kept.answers_uid = gone.answers_id, gone.answers_uid
    if kept.quotes_id == gone.pk:
        kept.quotes_id, kept.quotes_uid = None, ""
    if kept.copy_of_id == gone.pk:
        kept.copy_of_id = None
    posts.filter(answers=gone).exclude(pk=kept.pk).update(answers=kept, answers_uid=kept.uid)
    posts.filter(quotes=gone).exclude(pk=kept.pk).update(quotes=kept, quotes_uid=kept.uid)
    posts.filter(copy_of=gone).exclude(pk=kept.pk).update(copy_of=kept)


def _move_the_rest(kept: Post, gone: Post) -> None:
    """Everything else that points to the post, in whichever room, unless it is there already."""
    known = Fetching.objects.filter(post=kept).values("channel")
    Fetching.objects.filter(post=gone).exclude(channel__in=known).update(post=kept)
    sides = JoinedPost.objects.filter(post=kept).values("joining")
    JoinedPost.objects.filter(post=gone).exclude(joining__in=sides).update(post=kept)
    for relation in plain_relations():
        rows: Any = relation.related_model
        rows._base_manager.filter(**{relation.field.name: gone}).update(
            **{relation.field.name: kept}
        )


def plain_relations() -> Iterable[Any]:
    """The foreign keys to a post from every room, also those that have no name at the post."""
    relations = Post._meta.get_fields(include_hidden=True)
    return [
        relation
        for relation in relations
        if isinstance(relation, ManyToOneRel)
        and (relation.related_model, relation.field.name) not in MOVED_BY_NAME
    ]


def _move_gestures(kept: Post, gone: Post) -> None:
    """What we shared and liked under the old name, unless we did so under the new one, too."""
    ours = Gesture.objects.filter(workspace=kept.workspace_id)
    made = set(ours.filter(target_uid=kept.uid).values_list("channel", "kind"))
    for gesture in ours.filter(target_uid=gone.uid):
        if (gesture.channel_id, gesture.kind) not in made:
            gesture.target_uid = kept.uid
            gesture.save(update_fields=["target_uid"])


def _take_over(kept: Post, gone: Post) -> None:
    """What the other row knew and this one does not."""
    if gone.delivery_id and not kept.delivery_id:
        delivery, gone.delivery = gone.delivery, None
        gone.save(update_fields=["delivery"])
        kept.delivery = delivery
    if not kept.is_ours:
        _take_over_parent(kept, gone)
        if gone.is_to_us and not kept.is_to_us:
            kept.is_to_us, kept.reason = True, Post.Reason.TO_US
    if kept.gone_at is None and not words_in(kept.text) and words_in(gone.text):
        for column in CONTENT:
            setattr(kept, column, getattr(gone, column))
    kept.voice = kept.voice or gone.voice
    kept.shared_by = kept.shared_by or gone.shared_by
    kept.url = kept.url or gone.url
    kept.received_at = min(kept.received_at, gone.received_at)
    kept.is_settled = kept.is_settled or gone.is_settled
    kept.save()


def _take_over_parent(kept: Post, gone: Post) -> None:
    """What it answers, where the post itself says nothing about that."""
    awaits = kept.answers_uid or kept.sightings.exclude(answers_local_id="").exists()
    if kept.answers_id or gone.answers is None or gone.answers_id == kept.pk or awaits:
        return
    kept.answers, kept.answers_uid = gone.answers, gone.answers_uid


def _move_drafts(kept: Post, old_uid: str) -> None:
    """Answers that are being written to the old name answer the new one, where that is possible."""
    channel = next(iter(channels_for_answer(kept)), None)
    sighting = sighting_on(kept, channel) if channel else None
    answering = None
    if channel is not None and sighting is not None:
        answering = answering_with_manners(kept, sighting.local_id, our_uids_beside(channel))
    answer_elsewhere(
        workspace_id=kept.workspace_id,
        old_uid=old_uid,
        uid=kept.uid,
        answering=answering,
        channel=channel,
    )

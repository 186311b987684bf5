"""Deriving anew what is derived: acts from posts and gestures, contacts from acts.

What only a network told us once (a favourite, a boost, a follow) has no other source than its
act, and what was said in a post that is gone outlives it: both stay as they are.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from resonanz.conversations.models import Post, Sighting
from resonanz.outbox.models import Gesture, OnItsWay
from resonanz.people.models import Identity
from resonanz.relationships.actions import (
    READ_FROM_POSTS,
    refresh_contact,
    store_acts,
    told_of_gesture,
)
from resonanz.relationships.acts import Reading
from resonanz.relationships.models import Act
from resonanz.workspaces.models import Workspace
from resonanz.workspaces.queries import own_hosts

BATCH = 200


def recompute_acts(*, workspace: Workspace) -> int:
    """Derive the acts of every post and gesture anew. Gives the number of posts read.

    Short transactions, one for each 200 posts, so that nobody waits for the lock; can be broken
    off and begun again. Contacts are not touched: call `recompute_contacts` afterwards.
    """
    Act.objects.filter(workspace=workspace, identity__is_ours=True).delete()
    own = own_hosts(workspace)
    read = 0
    for ids in _batches(workspace.posts.still_there()):
        _recompute_posts(ids, own)
        read += len(ids)
    for ids in _batches(workspace.gestures.filter(state=OnItsWay.State.SENT, is_wanted=True)):
        _recompute_gestures(ids)
    return read


@transaction.atomic
def _recompute_posts(ids: list[int], own: frozenset[str]) -> None:
    sightings = Sighting.objects.select_related("channel").order_by("pk")
    posts = (
        Post.objects.filter(pk__in=ids)
        .select_related("identity", "answers__identity", "shared_by")
        .prefetch_related(Prefetch("sightings", queryset=sightings))
    )
    told = [act for post in posts for act in _reading(post, own).acts()]
    stale = Act.objects.filter(post__in=ids, kind__in=READ_FROM_POSTS)
    stale.exclude(uid__in=[act.uid for act in told]).delete()
    store_acts(told)


def _reading(post: Post, own: frozenset[str]) -> Reading:
    """As if the post had just arrived through the channel that saw it first.

    It counts as backlog: what nobody was reminded of when it came is not brought up now.
    """
    seen = next(iter(post.sightings.all()), None)
    return Reading(post, seen.channel if seen else None, own, is_backlog=True)


@transaction.atomic
def _recompute_gestures(ids: list[int]) -> None:
    gestures = Gesture.objects.filter(pk__in=ids).select_related("channel")
    store_acts([told for gesture in gestures if (told := told_of_gesture(gesture))])


def recompute_contacts(*, workspace: Workspace) -> int:
    """Sum everybody's acts up anew. Gives the number of identities."""
    everybody = Identity.objects.filter(workspace=workspace)
    concerned = everybody.filter(Q(acts__isnull=False) | Q(contact__isnull=False)).distinct()
    count = 0
    for ids in _batches(concerned):
        with transaction.atomic():
            for identity in everybody.filter(pk__in=ids):
                refresh_contact(identity)
        count += len(ids)
    return count


def _batches(rows: "QuerySet[Any]") -> Iterator[list[int]]:
    """The ids of the rows, 200 at a time; what happens to a batch does not disturb the next."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]

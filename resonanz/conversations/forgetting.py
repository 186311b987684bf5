"""Honouring what people ask about words that they did not say to us.

What somebody says to us is correspondence: it stays, and it is found. What we merely overheard
is left out of the search for those who do not want to be found, and emptied after three days
for those who do not want to be archived. What one of ours answered is correspondence as well.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.clockwork.rows import nudgeable
from resonanz.conversations.content import NOTHING_LEFT
from resonanz.conversations.models import Conversation, Post, PostVersion
from resonanz.conversations.privacy import pictures_in
from resonanz.conversations.search.entries import OVERHEARD, forget_posts, index_posts
from resonanz.conversations.turns import refresh_turn
from resonanz.people.models import Honouring, Identity
from resonanz.people.wishes import asks
from resonanz.pictures.actions import erase_copies
from resonanz.switchboard.shapes import Wish
from resonanz.workspaces.models import Workspace

log = logging.getLogger(__name__)

# Long enough for a weekend: what was said on Friday evening can be read on Monday morning.
KEPT_FOR = timedelta(days=3)
LOOK_AGAIN_AFTER = timedelta(hours=6)
AT_ONCE = 100


def due_honourings(now: datetime, most: int) -> list[int]:
    """Accounts whose wishes have to be seen to now."""
    return nudgeable(Honouring.objects.all(), now=now, most=most)


@task(queue_name="reading")
def honour_wishes(honouring_id: int) -> None:
    """See to the wishes of one account. Does nothing when it is not due or somebody has it."""
    rows = Honouring.objects.select_related("identity__workspace")
    with claimed(rows, honouring_id, lease=reading_lease()) as row:
        if row is not None:
            forgotten = see_to(row.identity)
            _rest(row)
            log.info("honouring %s: %s forgotten", row.pk, forgotten)


def see_to(identity: Identity) -> int:
    """Take overheard words out of the search, or put them back; forget what is to be forgotten.

    In batches of a hundred, each a transaction of its own. Gives how many were forgotten.
    """
    for ids in _batches(overheard_from(identity)):
        with transaction.atomic():
            index_posts(Post.objects.filter(pk__in=ids))
    if not asks(identity, Wish.NO_ARCHIVE):
        return 0
    return sum(forget(ids, identity.workspace) for ids in _batches(to_forget(identity)))


def overheard_from(identity: Identity) -> "QuerySet[Post]":
    """What an account said, but not to us."""
    return Post.objects.still_there().filter(identity=identity, reason__in=OVERHEARD)


def to_forget(identity: Identity) -> "QuerySet[Post]":
    """What of it has been here for longer than three days, and nobody here answered."""
    until = timezone.now() - KEPT_FOR * settings.RESONANZ_PACE
    old = overheard_from(identity).filter(received_at__lt=until)
    return old.exclude(answered_by__is_ours=True).exclude(quoted_by__is_ours=True)


@transaction.atomic
def forget(ids: list[int], workspace: Workspace) -> int:
    """Empty posts of a workspace; a gap stays in their talks, so that they do not come back."""
    posts = Post.objects.filter(pk__in=ids, gone_at=None)
    erase_copies(workspace=workspace, urls=pictures_in(posts))
    count = posts.update(gone_at=timezone.now(), **NOTHING_LEFT)
    PostVersion.objects.filter(post__in=ids).delete()
    forget_posts(ids)
    concerned = Post.objects.filter(pk__in=ids).values("conversation")
    for talk in Conversation.objects.select_for_update().filter(pk__in=concerned).order_by("pk"):
        refresh_turn(talk)
    return count


def _batches(rows: "QuerySet[Post]") -> Iterator[list[int]]:
    last = 0
    while ids := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        yield ids
        last = ids[-1]


def _rest(row: Honouring) -> None:
    """Look again as long as words have to be forgotten. A wish that changed meanwhile is due."""
    seen_to = Honouring.objects.filter(pk=row.pk, due_at=row.due_at)
    if not asks(row.identity, Wish.NO_ARCHIVE):
        seen_to.delete()
        return
    now = timezone.now()
    again = now + LOOK_AGAIN_AFTER * settings.RESONANZ_PACE
    seen_to.update(due_at=again, leased_until=now, nudged_at=now, attempts=0)

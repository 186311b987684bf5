"""Looking where it was said: our server often knows only a part of a conversation.

`from_afar.py` says what is taken from such a server, and what is not.
"""

from datetime import timedelta
from enum import StrEnum
from functools import partial

from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.actions import read_whole_thread
from resonanz.conversations.jobs import fetch_post, look_up_thread
from resonanz.conversations.models import Conversation, Fetching, Lookup, Post, Sighting
from resonanz.conversations.queries import latest_look_at_origin
from resonanz.switchboard.contract import Can

AT_MOST_EVERY = timedelta(hours=1)
SIGHTINGS_LOOKED_AT = 60


class Asked(StrEnum):
    """Who is asked for the rest of a conversation."""

    ORIGIN = "origin"
    OUR_SERVER = "our_server"
    LATELY = "lately"
    NOBODY = "nobody"


@transaction.atomic
def look_for_the_rest(*, conversation: Conversation) -> Asked:
    """Ask the server where a conversation began for all of it, at most once an hour.

    Where none of our accounts can do that, our own servers are asked once more.
    """
    now, latest = timezone.now(), latest_look_at_origin(conversation)
    if latest and (latest.done_at is None or latest.done_at > now - AT_MOST_EVERY):
        return Asked.LATELY
    sighting = _where_it_began(conversation)
    if sighting is None:
        return Asked.OUR_SERVER if read_whole_thread(conversation=conversation) else Asked.NOBODY
    look, _ = Lookup.objects.update_or_create(
        channel=sighting.channel,
        local_id=sighting.local_id,
        is_at_origin=True,
        defaults={
            "conversation": conversation,
            "url": sighting.post.url,
            "due_at": now,
            "nudged_at": now,
            "done_at": None,
            "attempts": 0,
            "found": None,
            "trouble_code": "",
            "trouble_reason": "",
        },
    )
    transaction.on_commit(partial(look_up_thread.enqueue, look.pk))
    return Asked.ORIGIN


def _where_it_began(conversation: Conversation) -> Sighting | None:
    """The earliest word of somebody else that a channel knows which can look there."""
    seen = Sighting.objects.filter(
        post__conversation=conversation,
        post__is_ours=False,
        post__gone_at=None,
        channel__state=Channel.State.OK,
    ).select_related("channel", "post")
    first = seen.order_by("post__said_at", "pk")[:SIGHTINGS_LOOKED_AT]
    return next((one for one in first if Can.ORIGIN in one.channel.abilities), None)


class CannotFetch(Exception):
    """None of our accounts could answer the post, or it was looked for within the last hour."""


@transaction.atomic
def fetch_to_answer(*, post: Post) -> Fetching:
    """Let a server of ours find a post that was read elsewhere. Raises `CannotFetch`."""
    channel = _able_to_fetch(post)
    if channel is None:
        raise CannotFetch
    now = timezone.now()
    found, is_new = Fetching.objects.select_for_update().get_or_create(post=post, channel=channel)
    if not is_new and (found.done_at is None or found.done_at > now - AT_MOST_EVERY):
        return found
    Fetching.objects.filter(pk=found.pk).update(
        due_at=now, nudged_at=now, done_at=None, attempts=0, trouble_code="", trouble_reason=""
    )
    transaction.on_commit(partial(fetch_post.enqueue, found.pk))
    return found


def _able_to_fetch(post: Post) -> Channel | None:
    channels = Channel.objects.working().filter(workspace=post.workspace, network=post.network)
    wanted = {Can.ORIGIN.value, Can.ANSWER.value}
    return next((one for one in channels if wanted <= set(one.abilities)), None)

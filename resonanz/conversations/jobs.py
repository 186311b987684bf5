"""Background entry points of this room."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from resonanz.channels.actions import note_trouble
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.channels.opening import attempts_that_count, connector, pause_for
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.from_afar import new_to_us
from resonanz.conversations.models import Conversation, Fetching, Lookup, Post, Sighting
from resonanz.conversations.moves import wake_on_its_day
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Page
from resonanz.switchboard.trouble import Gone, SignInAgain, Trouble, TryLater

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
# Somebody is waiting at the page for this; she is told rather soon that it cannot be had.
MOST_ATTEMPTS_AT_ORIGIN = 3


@task(queue_name="reading")
def look_up_thread(lookup_id: int) -> None:
    """Read one conversation whole; what cannot be had is marked incomplete, not tried for ever."""
    rows = Lookup.objects.filter(done_at=None, channel__state=Channel.State.OK)
    chosen = rows.select_related("channel__workspace")
    with claimed(chosen, lookup_id, lease=reading_lease()) as lookup:
        if lookup is not None:
            _look_up(lookup)


def _look_up(lookup: Lookup) -> None:
    if lookup.is_at_origin:
        _look_at_origin(lookup)
        return
    try:
        with connector(lookup.channel) as open_connector:
            thread = open_connector.thread(lookup.local_id)
    except Trouble as trouble:
        _note_trouble(lookup, trouble)
        return
    take_in(channel=lookup.channel, lane=Can.THREAD.value, page=Page(posts=thread.posts))
    _finish(lookup, is_complete=thread.is_complete)


def _note_trouble(lookup: Lookup, trouble: Trouble) -> None:
    now = timezone.now()
    log.info("lookup %s: %s", lookup.pk, trouble.code)
    if isinstance(trouble, SignInAgain):
        note_trouble(channel=lookup.channel, trouble=trouble, at=now, attempts=lookup.attempts)
    elif not isinstance(trouble, TryLater) or lookup.attempts >= MOST_ATTEMPTS:
        _finish(lookup, is_complete=False)
        return
    Lookup.objects.filter(pk=lookup.pk).update(
        leased_until=now,
        due_at=now + pause_for(trouble, lookup.attempts),
        attempts=attempts_that_count(trouble, lookup.attempts),
    )


def _finish(lookup: Lookup, *, is_complete: bool) -> None:
    now = timezone.now()
    Lookup.objects.filter(pk=lookup.pk).update(done_at=now, leased_until=now)
    # The conversation may have been joined to another while we were reading.
    Conversation.objects.filter(lookups=lookup.pk).update(
        may_be_incomplete=not is_complete, changed_at=now
    )


def _look_at_origin(lookup: Lookup) -> None:
    """Ask the server where it was said; only what is new to us is taken in."""
    seen = {"sightings__channel": lookup.channel, "sightings__local_id": lookup.local_id}
    post = Post.objects.filter(**seen).first()
    try:
        if post is None:
            raise Gone
        with connector(lookup.channel) as open_connector:
            thread = open_connector.thread_at_origin(post.uid, lookup.url)
    except Trouble as trouble:
        _note_silence(lookup, trouble)
        return
    with transaction.atomic():
        posts = new_to_us(thread.posts, lookup.channel)
        take_in(channel=lookup.channel, lane=Can.THREAD.value, page=Page(posts=posts))
        Lookup.objects.filter(pk=lookup.pk).update(found=len(posts))
        _finish(lookup, is_complete=thread.is_complete)
    log.info("lookup %s: the origin showed %s more", lookup.pk, len(posts))


def _note_silence(lookup: Lookup, trouble: Trouble) -> None:
    """The other server did not tell; that says nothing about our own channel."""
    now = timezone.now()
    log.info("lookup %s at the origin: %s", lookup.pk, trouble.code)
    rows = Lookup.objects.filter(pk=lookup.pk)
    if isinstance(trouble, TryLater) and lookup.attempts < MOST_ATTEMPTS_AT_ORIGIN:
        rows.update(
            leased_until=now,
            due_at=now + pause_for(trouble, lookup.attempts),
            attempts=attempts_that_count(trouble, lookup.attempts),
        )
        return
    rows.update(trouble_code=trouble.code, trouble_reason=trouble.reason[:400])
    _finish(lookup, is_complete=False)


@task(queue_name="reading")
def fetch_post(fetching_id: int) -> None:
    """Let a server of ours find a post that was read elsewhere, so that it can be answered."""
    rows = Fetching.objects.filter(done_at=None, channel__state=Channel.State.OK)
    chosen = rows.select_related("channel__workspace", "post")
    with claimed(chosen, fetching_id, lease=reading_lease()) as fetching:
        if fetching is not None:
            _fetch(fetching)


def _fetch(fetching: Fetching) -> None:
    now, post = timezone.now(), fetching.post
    rows = Fetching.objects.filter(pk=fetching.pk)
    try:
        with connector(fetching.channel) as open_connector:
            local_id = open_connector.resolve(post.uid, post.url)
        if not local_id:
            raise Gone
    except Trouble as trouble:
        log.info("fetching %s: %s", fetching.pk, trouble.code)
        if isinstance(trouble, TryLater) and fetching.attempts < MOST_ATTEMPTS_AT_ORIGIN:
            pause = pause_for(trouble, fetching.attempts)
            rows.update(leased_until=now, due_at=now + pause)
            return
        told = {"trouble_code": trouble.code, "trouble_reason": trouble.reason[:400]}
        rows.update(done_at=now, leased_until=now, **told)
    else:
        Sighting.objects.get_or_create(
            channel=fetching.channel, local_id=local_id, defaults={"post": post, "lane": "fetched"}
        )
        rows.update(done_at=now, leased_until=now)
    mark_changed(post.conversation_id)


@task(queue_name="reading")
def wake_conversation(conversation_id: int) -> None:
    """Fetch back a conversation that was put aside until now. A second time does nothing."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is not None and wake_on_its_day(conversation=conversation).count:
        log.info("conversation %s is back", conversation_id)

"""Background entry points of this room."""

import logging

from django.utils import timezone
from django_tasks import task

from resonanz.channels.actions import note_trouble
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.channels.opening import attempts_that_count, connector, pause_for
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.conversations.models import Conversation, Lookup
from resonanz.conversations.moves import wake_on_its_day
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Page
from resonanz.switchboard.trouble import SignInAgain, Trouble, TryLater

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6


@task(queue_name="reading")
def look_up_thread(lookup_id: int) -> None:
    """Read one conversation whole; what cannot be had is marked incomplete, not tried for ever."""
    rows = Lookup.objects.filter(done_at=None, channel__state=Channel.State.OK)
    chosen = rows.select_related("channel__workspace")
    with claimed(chosen, lookup_id, lease=reading_lease()) as lookup:
        if lookup is not None:
            _look_up(lookup)


def _look_up(lookup: Lookup) -> None:
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
    Conversation.objects.filter(lookups=lookup.pk).update(may_be_incomplete=not is_complete)


@task(queue_name="reading")
def wake_conversation(conversation_id: int) -> None:
    """Fetch back a conversation that was put aside until now. A second time does nothing."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is not None and wake_on_its_day(conversation=conversation).count:
        log.info("conversation %s is back", conversation_id)

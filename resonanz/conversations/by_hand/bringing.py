"""Bringing what stands at an address: asked for by a member, looked for in the background."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.channels.opening import attempts_that_count, connector, pause_for
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.conversations.by_hand.known import accounts_that_look
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.models import Bringing, Conversation, Post
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Page
from resonanz.switchboard.trouble import Gone, Trouble, TryLater
from resonanz.workspaces.models import Member

log = logging.getLogger(__name__)

# Somebody waits at the page for it.
MOST_ATTEMPTS = 3
AGAIN_AFTER = timedelta(minutes=10)


@transaction.atomic
def bring(*, url: str, member: Member) -> int:
    """Let our accounts look for what stands at an address. Gives how many of them look.

    Whoever looked within the last ten minutes, or still does, is not asked again.
    """
    now, asked = timezone.now(), 0
    for channel in accounts_that_look(member.workspace):
        found, is_new = Bringing.objects.select_for_update().get_or_create(
            channel=channel,
            url=url,
            defaults={"workspace": member.workspace, "member": member, "nudged_at": now},
        )
        asked += 1
        if not is_new:
            if found.done_at is None or found.done_at > now - AGAIN_AFTER:
                continue
            Bringing.objects.filter(pk=found.pk).update(
                due_at=now, nudged_at=now, done_at=None, attempts=0, trouble_code=""
            )
        transaction.on_commit(partial(bring_post.enqueue, found.pk))
    return asked


@task(queue_name="reading")
def bring_post(bringing_id: int) -> None:
    """Let an account of ours find what stands at an address, and keep its whole conversation."""
    rows = Bringing.objects.filter(done_at=None, channel__state=Channel.State.OK)
    chosen = rows.select_related("channel__workspace")
    with claimed(chosen, bringing_id, lease=reading_lease()) as bringing:
        if bringing is not None:
            _bring(bringing)


def _bring(bringing: Bringing) -> None:
    try:
        with connector(bringing.channel) as open_connector:
            local_id = open_connector.resolve(bringing.url, bringing.url)
            if not local_id:
                raise Gone
            thread = open_connector.thread(local_id)
    except Trouble as trouble:
        _note_trouble(bringing, trouble)
        return
    take_in(channel=bringing.channel, lane=Can.THREAD.value, page=Page(posts=thread.posts))
    seen = {"sightings__channel": bringing.channel, "sightings__local_id": local_id}
    post = Post.objects.filter(**seen).first()
    now = timezone.now()
    if post is not None:
        Conversation.objects.filter(pk=post.conversation_id).update(concerns_us=True)
        mark_changed(post.conversation_id)
    told = "" if post else Gone.code
    rows = Bringing.objects.filter(pk=bringing.pk)
    rows.update(post=post, done_at=now, leased_until=now, trouble_code=told)


def _note_trouble(bringing: Bringing, trouble: Trouble) -> None:
    now, rows = timezone.now(), Bringing.objects.filter(pk=bringing.pk)
    log.info("bringing %s: %s", bringing.pk, trouble.code)
    if isinstance(trouble, TryLater) and bringing.attempts < MOST_ATTEMPTS:
        pause = pause_for(trouble, bringing.attempts)
        attempts = attempts_that_count(trouble, bringing.attempts)
        rows.update(leased_until=now, due_at=now + pause, attempts=attempts)
        return
    told = {"trouble_code": trouble.code, "trouble_reason": trouble.reason[:400]}
    rows.update(done_at=now, leased_until=now, **told)

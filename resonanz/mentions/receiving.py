"""Links to us: taking in what a stranger tells, and noting what was seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.channels.arrivals import take_in
from resonanz.channels.opening import OwnLimit, attempts_that_count, pause_for
from resonanz.conversations.addresses import find_post
from resonanz.mentions.models import ADDRESS_CHARACTERS, Endpoint, ReceivedMention, digest_of
from resonanz.plumbing.text import web_address
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Linkback, Page, Said
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, Trouble
from resonanz.understanding.same_address import page_at
from resonanz.understanding.structure import host_of, links_to_own
from resonanz.workspaces.models import Workspace
from resonanz.workspaces.queries import own_hosts

# Links that pages of one host may tell us of in an hour; a bridge brings those of many people.
A_HOST_IN_AN_HOUR = 200
# Links that may wait to be looked at. More is no conversation.
MOST_WAITING = 2000
# A page that was just looked at is not looked at again at once, however often it is told of.
LOOK_AGAIN_AFTER = timedelta(minutes=1)
# Attempts to look at a page that cannot be reached: about three hours.
MOST_ATTEMPTS = 12
# What arrives here is said to us; how often that happens is up to others, so it is no rhythm whose
# silence would be an alarm.
LANE = Can.REPLIES.value
NEVER_REACHED = _("The page could not be reached, though it was tried for hours.")


class NotTaken(Exception):
    """What a stranger told is not taken: the status of the answer, and a sentence."""

    def __init__(self, status: int, sentence: str | Promise) -> None:
        """Keep both."""
        super().__init__(str(sentence))
        self.status, self.sentence = status, sentence


@dataclass(frozen=True)
class Told:
    """What a stranger tells: `source` links to `target`, told by webmention or pingback."""

    source: str
    target: str
    way: str


def check_told(endpoint: Endpoint, told: Told) -> None:
    """Whether this may be true at all, as far as the addresses say. Raises `NotTaken`."""
    for name, address in (("source", told.source), ("target", told.target)):
        if not address:
            raise NotTaken(400, _("“%(name)s” is missing.") % {"name": name})
        if not web_address(address) or len(address) > ADDRESS_CHARACTERS:
            raise NotTaken(
                400,
                _("“%(name)s” is no address that begins with https:// or http://.")
                % {"name": name},
            )
    if page_at(told.source) == page_at(told.target):
        raise NotTaken(400, _("The source and the target are the same page."))
    workspace = endpoint.channel.workspace
    own = own_hosts(workspace) | {endpoint.channel.handle}
    if not links_to_own([told.target], own) and not _is_ours(workspace, told.target):
        host = {"host": endpoint.channel.handle}
        raise NotTaken(400, _("The target is no page of %(host)s.") % host)
    if links_to_own([told.source], own):
        raise NotTaken(400, _("Links between our own pages need not be told."))


def _is_ours(workspace: Workspace, address: str) -> bool:
    """Whether a page elsewhere is known to be ours, like a post of ours on a network."""
    found = find_post(workspace, address)
    return found is not None and found.is_ours


def check_limits(source: str) -> None:
    """Nobody fills the house with links. Raises `NotTaken`."""
    recent = ReceivedMention.objects.filter(
        source_host=host_of(source)[:255], asked_at__gt=timezone.now() - timedelta(hours=1)
    )
    if len(recent.values_list("pk")[:A_HOST_IN_AN_HOUR]) == A_HOST_IN_AN_HOUR:
        raise NotTaken(429, _("Your site told us of many links within the hour. Try again later."))
    waiting = ReceivedMention.objects.filter(state=ReceivedMention.State.WAITING)
    if len(waiting.values_list("pk")[:MOST_WAITING]) == MOST_WAITING:
        raise NotTaken(503, _("Many links wait to be looked at. Try again later."))


@transaction.atomic
def receive_mention(*, endpoint: Endpoint, told: Told) -> ReceivedMention:
    """Write down what a stranger tells; the sweep has the page looked at within seconds.

    Nobody is nudged here: whoever knocks a thousand times makes no thousand tasks. The same pair
    again is looked at again, at most once a minute. Raises `NotTaken`.
    """
    check_told(endpoint, told)
    now = timezone.now()
    digest = digest_of(told.source, told.target)
    rows = ReceivedMention.objects.select_for_update()
    known = rows.filter(channel=endpoint.channel, digest=digest).first()
    if known is None:
        check_limits(told.source)
        return ReceivedMention.objects.create(
            workspace_id=endpoint.channel.workspace_id,
            channel=endpoint.channel,
            way=told.way,
            source=told.source,
            target=told.target,
            digest=digest,
            source_host=host_of(told.source)[:255],
        )
    return look_again(received=known, at=max(now, (known.looked_at or now) + LOOK_AGAIN_AFTER))


def look_again(*, received: ReceivedMention, at: datetime | None = None) -> ReceivedMention:
    """Look at the page once more, now or from `at` on. One that waits goes on waiting."""
    now = timezone.now()
    if received.state == ReceivedMention.State.WAITING:
        return received
    received.state, received.asked_at, received.attempts = ReceivedMention.State.WAITING, now, 0
    received.due_at, received.nudged_at = at or now, now
    received.save(update_fields=["state", "asked_at", "attempts", "due_at", "nudged_at"])
    return received


@transaction.atomic
def keep_mention(*, received: ReceivedMention, found: Linkback) -> None:
    """The page links to us: what it says arrives like anything that somebody says."""
    page, reactions = found.page, found.page.reactions
    theirs = page.posts[-1] if page.posts else None
    wording = _wording(theirs) if theirs else ""
    now = timezone.now()
    if theirs is not None and received.post_uid and wording != received.wording:
        # The page does not say that it was changed, but it says something else than before.
        changed = msgspec.structs.replace(theirs, edited_at=now)
        page = msgspec.structs.replace(page, posts=(*page.posts[:-1], changed))
    take_in(channel=received.channel, lane=LANE, page=page)
    by = theirs.author if theirs else reactions[0].by
    _note(
        received,
        state=ReceivedMention.State.KEPT,
        kind=found.kind.value,
        by_uid=by.uid[:500],
        by_name=(by.name or by.handle)[:300],
        title=(theirs.title if theirs else "")[:400],
        post_uid=(theirs.uid if theirs else reactions[0].uid)[:500],
        wording=wording,
        reason="",
    )


def _wording(said: Said) -> str:
    return sha256(f"{said.title}\n{said.html}".encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def note_not_kept(*, received: ReceivedMention, trouble: Trouble) -> None:
    """The page cannot be reached, does not link to us, or is gone: what it said before goes."""
    now = timezone.now()
    is_over = isinstance(trouble, (Refused, Gone, NotOffered)) or (
        received.attempts >= MOST_ATTEMPTS and not isinstance(trouble, OwnLimit)
    )
    if not is_over:
        ReceivedMention.objects.filter(pk=received.pk, attempts=received.attempts).update(
            leased_until=now,
            nudged_at=now,
            due_at=now + pause_for(trouble, received.attempts),
            attempts=attempts_that_count(trouble, received.attempts),
            reason=trouble.reason[:400],
        )
        return
    is_settled = isinstance(trouble, (Refused, Gone))
    if received.post_uid and is_settled:
        gone = Page(gone=(received.post_uid,))
        take_in(channel=received.channel, lane=LANE, page=gone)
    was_kept = bool(received.post_uid)
    state = ReceivedMention.State.GONE if was_kept else ReceivedMention.State.REFUSED
    _note(
        received,
        state=state if is_settled or not was_kept else ReceivedMention.State.KEPT,
        reason=str(trouble.reason if is_settled else NEVER_REACHED)[:400],
    )


def _note(received: ReceivedMention, **columns: object) -> None:
    now = timezone.now()
    mine = ReceivedMention.objects.filter(pk=received.pk, attempts=received.attempts)
    mine.update(leased_until=now, looked_at=now, attempts=0, **columns)

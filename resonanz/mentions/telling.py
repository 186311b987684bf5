"""Links of ours: which pages have to be told, once for each, and what came of it.

A text of ours counts once it stands on one of our domains, in public. What stood there before the
domain was connected is not told: nobody wants to hear of it years later.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.channels.opening import OwnLimit, attempts_that_count, pause_for
from resonanz.conversations.models import Post
from resonanz.conversations.places import Kept
from resonanz.mentions.links import pages_of_others
from resonanz.mentions.models import ADDRESS_CHARACTERS, Endpoint, SentMention, digest_of
from resonanz.outbox.models import Amendment, Delivery, Publication
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience, Endpoints
from resonanz.switchboard.trouble import Trouble, TryLater, Unsure
from resonanz.understanding.structure import host_of, is_own_host
from resonanz.understanding.written_links import links_written_in
from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Workspace
from resonanz.workspaces.queries import own_hosts

OPEN_TO_ALL = (Audience.PUBLIC.value, Audience.UNLISTED.value)
# A server's clock, and a slip that is mended at once, make no second version.
SLIP = timedelta(minutes=1)
# Attempts to tell a page whose server cannot be reached: about three hours.
MOST_ATTEMPTS = 12


def domain_of(workspace: Workspace, address: str) -> Endpoint | None:
    """Our connected domain that a page lies on; None where it lies on none."""
    host = host_of(address)
    if not host:
        return None
    rows = Endpoint.objects.filter(channel__workspace=workspace).select_related("channel")
    found = [one for one in rows if is_own_host(host, [one.channel.handle])]
    return max(found, key=lambda one: len(one.channel.handle), default=None)


@transaction.atomic
def tell_links(
    *, endpoint: Endpoint, source: str, addresses: Iterable[str], as_of: datetime
) -> list[SentMention]:
    """Note every page that `source` links to as one to be told. Gives the rows that wait now.

    Doing it again changes nothing. With a later `as_of` (our page was changed) all of them are
    told again, and those that it does not link to any more are told for the last time.
    """
    if not source or len(source) > ADDRESS_CHARACTERS:
        return []
    channel = endpoint.channel
    own = own_hosts(channel.workspace) | {channel.handle}
    wanted = pages_of_others(addresses, own)
    known = {row.target: row for row in _of_source(channel, source).select_for_update()}
    changed = [row for row in known.values() if as_of - row.as_of > SLIP]
    waiting = [row for row in changed if _renew(row, is_wanted=row.target in wanted, as_of=as_of)]
    new = [
        SentMention(
            workspace_id=channel.workspace_id,
            channel=channel,
            source=source,
            target=target,
            digest=digest_of(source, target),
            source_digest=digest_of(source, ""),
            as_of=as_of,
        )
        for target in wanted
        if target not in known
    ]
    SentMention.objects.bulk_create(new, ignore_conflicts=True)
    return waiting + new


@transaction.atomic
def tell_of_end(*, source: str, workspace: Workspace) -> list[SentMention]:
    """Our page is gone: everybody who was told of its links is told once more."""
    rows = SentMention.objects.filter(
        workspace=workspace, source_digest=digest_of(source, "")
    ).select_for_update()
    now = timezone.now()
    return [row for row in rows if _renew(row, is_wanted=False, as_of=now)]


def _of_source(channel: Channel, source: str) -> "QuerySet[SentMention]":
    # With the workspace, because the index begins with it; one of channels alone has them all.
    return SentMention.objects.filter(
        workspace=channel.workspace_id, channel=channel, source_digest=digest_of(source, "")
    )


def _renew(row: SentMention, *, is_wanted: bool, as_of: datetime) -> bool:
    """Tell a page again, as far as there is something to tell. Gives whether it waits now."""
    if not is_wanted and row.told_at is None:
        # Nobody heard of the link, so nobody has to hear that it went.
        row.delete()
        return False
    if not is_wanted and not row.is_wanted:
        return False
    row.is_wanted, row.as_of, row.attempts = is_wanted, as_of, 0
    row.state, row.due_at, row.nudged_at = SentMention.State.WAITING, timezone.now(), timezone.now()
    row.save(update_fields=["is_wanted", "as_of", "attempts", "state", "due_at", "nudged_at"])
    return True


def links_of(publication: Publication, text: str) -> list[str]:
    """What a text of ours links to: in its words, and the page that it answers."""
    answered = publication.answering.get("url", "")
    return [*links_written_in(text), *([answered] if answered else [])]


def tell_of_delivery(delivery: Delivery) -> list[SentMention]:
    """A text of ours stands on our site: note whom it links to."""
    publication = delivery.publication
    is_public = publication.audience in OPEN_TO_ALL and not publication.stays_draft
    if not (is_public and delivery.url and Can.ARTICLE.value in delivery.channel.abilities):
        return []
    endpoint = domain_of(publication.workspace, delivery.url)
    if endpoint is None:
        return []
    return tell_links(
        endpoint=endpoint,
        source=delivery.url,
        addresses=links_of(publication, publication.text),
        as_of=delivery.sent_at or timezone.now(),
    )


def tell_of_amendment(amendment: Amendment) -> list[SentMention]:
    """What stands there was changed or deleted: tell it to whom it links, or linked."""
    delivery = amendment.delivery
    workspace = delivery.publication.workspace
    endpoint = domain_of(workspace, delivery.url)
    if endpoint is None or not _of_source(endpoint.channel, delivery.url).exists():
        return []
    if amendment.kind == Amendment.Kind.DELETE:
        return tell_of_end(source=delivery.url, workspace=workspace)
    return tell_links(
        endpoint=endpoint,
        source=delivery.url,
        addresses=links_of(delivery.publication, amendment.text),
        as_of=amendment.sent_at or timezone.now(),
    )


def tell_of_posts(kept: list[Kept]) -> list[SentMention]:
    """What arrived may stand on our own site: our articles and comments, as they are read."""
    # What a domain's own channel shows of our pages came along with somebody's link to them.
    read = [one for one in kept if one.channel and Can.LINKBACKS.value not in one.channel.abilities]
    told = [one.post for one in read if not one.is_backlog and may_be_told(one.post)]
    if not told:
        return []
    workspace = told[0].workspace
    endpoints = list(
        Endpoint.objects.filter(channel__workspace=workspace).select_related("channel__workspace")
    )
    waiting = []
    for post in told:
        host = host_of(post.url)
        endpoint = next((e for e in endpoints if is_own_host(host, [e.channel.handle])), None)
        if endpoint is not None and post.said_at >= endpoint.opened_at:
            waiting += tell_links(
                endpoint=endpoint,
                source=post.url,
                addresses=[link["url"] for link in post.links],
                as_of=post.edited_at or post.said_at,
            )
    return waiting


def may_be_told(post: Post) -> bool:
    """Whether a post may be one of ours on our own site: open to all, and nobody's comment."""
    is_there = post.standing == Post.Standing.PUBLISHED and post.gone_at is None
    is_open = post.audience in OPEN_TO_ALL
    is_article = post.kind in (Post.Kind.ARTICLE, Post.Kind.POST) and "#" not in post.url
    return bool(post.url and is_there and is_open and (post.is_ours or is_article))


@transaction.atomic
def note_told(*, row: SentMention, endpoints: Endpoints) -> None:
    """The other page was told, or wants to hear nothing. Noted once."""
    now = timezone.now()
    way = "webmention" if endpoints.webmention else "pingback" if endpoints.pingback else ""
    state = SentMention.State.TOLD if way else SentMention.State.NO_ENDPOINT
    _mine(row).update(
        state=state,
        way=way,
        endpoint=(endpoints.webmention or endpoints.pingback)[:ADDRESS_CHARACTERS],
        told_at=now if way else row.told_at,
        leased_until=now,
        trouble_code="",
        reason="",
    )
    end_alarm(workspace=row.channel.workspace, matter=_matter(row.channel))


@transaction.atomic
def note_not_told(*, row: SentMention, trouble: Trouble) -> None:
    """The other page refused, or could not be reached: try again for some hours, then say so."""
    now = timezone.now()
    is_later = isinstance(trouble, TryLater | Unsure)
    is_tired = row.attempts >= MOST_ATTEMPTS and not isinstance(trouble, OwnLimit)
    columns: dict[str, object] = {
        "leased_until": now,
        "nudged_at": now,
        "due_at": now + pause_for(trouble, row.attempts),
        "attempts": attempts_that_count(trouble, row.attempts),
        "trouble_code": trouble.code,
        "reason": trouble.reason[:400],
    }
    if not is_later or is_tired:
        columns["state"] = SentMention.State.REFUSED
    _mine(row).update(**columns)
    if is_later and is_tired:
        raise_alarm(
            workspace=row.channel.workspace,
            matter=_matter(row.channel),
            code="mention_not_told",
            subject=row.channel.handle,
            detail="",
        )


@transaction.atomic
def tell_again(*, row: SentMention) -> None:
    """Try once more, because somebody asked for it."""
    now = timezone.now()
    SentMention.objects.filter(pk=row.pk).update(
        state=SentMention.State.WAITING, attempts=0, due_at=now, nudged_at=now
    )


def _mine(row: SentMention) -> "QuerySet[SentMention]":
    """The row as long as nobody changed what is to be told meanwhile."""
    return SentMention.objects.filter(pk=row.pk, attempts=row.attempts, as_of=row.as_of)


def _matter(channel: Channel) -> str:
    return f"mentions:{channel.pk}"

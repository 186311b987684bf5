"""Looking for what is new: notifications, home, and answers to our own posts."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
from mastodon import Mastodon

from resonanz.networks.mastodon.limits import (
    CONTEXTS_PER_LOOK,
    HOME_PAGES_PER_LOOK,
    NOTIFICATION_PAGES_PER_LOOK,
    NOTIFICATIONS_PER_PAGE,
    REPLIES_WATCHED_FOR,
    STATUSES_PER_PAGE,
    WATCHED_PAGES,
)
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.moments import moment
from resonanz.networks.mastodon.paging import Fetched, walk
from resonanz.networks.mastodon.payloads import (
    ContextPayload,
    NotificationPayload,
    StatusPayload,
)
from resonanz.networks.mastodon.translate import Viewpoint, said_of_each, told_of
from resonanz.switchboard import watching
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.shapes import Page, Pages, Said
from resonanz.switchboard.trouble import Gone
from resonanz.switchboard.watching import Ours

log = logging.getLogger(__name__)


def notification_pages(line: Line, view: Viewpoint, cursor: str) -> Pages:
    """What the server reports, down to the last seen."""

    def fetch(before: str) -> Fetched[NotificationPayload]:
        answer = line.ask(
            lambda api: api.notifications(max_id=before or None, limit=NOTIFICATIONS_PER_PAGE)
        )
        found = read_each(read(answer.content, list[msgspec.Raw]), NotificationPayload)
        return Fetched([(note.id, note) for note in found], next_before(answer))

    for step in walk(cursor, fetch, most_pages=NOTIFICATION_PAGES_PER_LOOK):
        posts, reactions = told_of(step.items, view)
        yield Page(posts=posts, reactions=reactions, cursor=step.cursor, is_backlog=step.is_backlog)


def home_pages(line: Line, view: Viewpoint, cursor: str) -> Pages:
    """What the accounts that we follow say and pass on."""

    def fetch(before: str) -> Fetched[StatusPayload]:
        return statuses_page(
            line, lambda api: api.timeline_home(max_id=before or None, limit=STATUSES_PER_PAGE)
        )

    for step in walk(cursor, fetch, most_pages=HOME_PAGES_PER_LOOK):
        posts = said_of_each(step.items, view)
        yield Page(posts=posts, cursor=step.cursor, is_backlog=step.is_backlog)


def statuses_page(line: Line, call: Callable[[Mastodon], object]) -> Fetched[StatusPayload]:
    """One page of a list of posts."""
    answer = line.ask(call)
    found = read_each(read(answer.content, list[msgspec.Raw]), StatusPayload)
    return Fetched([(status.id, status) for status in found], next_before(answer))


def next_before(answer: httpx.Response) -> str:
    """Where the next page begins: what the Link header says, else the id of the last entry.

    "" when a Link header is there and names no next page, or when the page is empty. Source:
    docs.joinmastodon.org/api/guidelines/#pagination; snac2 2.75 sends no Link header.
    """
    if "link" in answer.headers:
        url = answer.links.get("next", {}).get("url", "")
        return (parse_qs(urlsplit(url).query).get("max_id") or [""])[0]
    last = msgspec.json.decode(answer.content, type=list[msgspec.Raw])[-1:]
    ids = [msgspec.json.decode(raw) for raw in last]
    return str(ids[0].get("id", "")) if ids and isinstance(ids[0], dict) else ""


def reply_pages(line: Line, view: Viewpoint, cursor: str, now: datetime) -> Pages:
    """Answers below our own recent posts; at most `CONTEXTS_PER_LOOK` are read in one look."""

    def watched(status: StatusPayload) -> Ours:
        return Ours(
            key=status.id,
            name=status.id,
            answers=status.replies_count or 0,
            moment=status.created_at,
            is_young=_is_young(status, now),
            below=partial(_answers_to, line, status, view),
        )

    ours = map(watched, _our_statuses(line, view, now))
    yield from watching.reply_pages(
        ours, cursor, now, most_reads=CONTEXTS_PER_LOOK, name_of=lambda said: said.local_id
    )


def _our_statuses(line: Line, view: Viewpoint, now: datetime) -> list[StatusPayload]:
    """Our latest posts: one page, and more as long as they are watched."""
    found: dict[str, StatusPayload] = {}
    before = ""
    for _ in range(WATCHED_PAGES):
        page = statuses_page(line, partial(_statuses_before, view.us.local_id, before))
        fresh = [status for name, status in page.entries if name not in found]
        found |= dict(page.entries)
        before = page.next_before
        if not before or not any(_is_young(status, now) for status in fresh):
            break
    return [status for status in found.values() if status.reblog is None]


def _statuses_before(us: str, before: str, api: Mastodon) -> object:
    return api.account_statuses(
        us, exclude_reblogs=True, max_id=before or None, limit=STATUSES_PER_PAGE
    )


def _is_young(status: StatusPayload, now: datetime) -> bool:
    said_at = moment(status.created_at)
    return said_at is not None and now - said_at < REPLIES_WATCHED_FOR


def _answers_to(line: Line, status: StatusPayload, view: Viewpoint) -> tuple[Said, ...]:
    """Our post and everything below it; nothing when it was deleted in the meantime."""
    try:
        answer = line.ask(lambda api: api.status_context(status.id))
    except Gone:
        return ()
    context = read(answer.content, ContextPayload)
    return said_of_each([status, *read_each(context.descendants, StatusPayload)], view)

"""Looking for what is new: notifications, home, and answers to our own posts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TypeVar

from resonanz.networks.bluesky.addresses import place_of
from resonanz.networks.bluesky.deleted import findings, missing_from, to_look_after, without
from resonanz.networks.bluesky.limits import (
    FIRST_LOOK_PAGES,
    HOME_PAGES_PER_LOOK,
    IDS_REMEMBERED,
    NOTIFICATION_PAGES_PER_LOOK,
    NOTIFICATIONS_PER_PAGE,
    POSTS_PER_PAGE,
    POSTS_PER_QUESTION,
    REPLIES_WATCHED_FOR,
    THREAD_LEVELS,
    THREADS_PER_LOOK,
    WATCHED_PAGES,
)
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.moments import moment
from resonanz.networks.bluesky.payloads import (
    EntryPayload,
    FeedPayload,
    NotePayload,
    NotesPayload,
    PostPayload,
    PostsPayload,
    ThreadAnswer,
)
from resonanz.networks.bluesky.translate import (
    REACTIONS,
    TELLING_OF_A_POST,
    name_of,
    passed_on,
    said_of_each,
    thread_of,
    told_of,
)
from resonanz.switchboard import watching
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.paging import Fetched, Step, mark_of, walk
from resonanz.switchboard.shapes import Page, Pages, Said, Thread
from resonanz.switchboard.trouble import Gone, Refused
from resonanz.switchboard.watching import Ours

Item = TypeVar("Item")


def look(
    cursor: str, fetch: Callable[[str], Fetched[Item]], *, most_pages: int
) -> Iterator[Step[Item]]:
    """Steps from the newest entry down to what is known; see `switchboard/paging.py`."""
    return walk(
        cursor,
        fetch,
        most_pages=most_pages,
        first_pages=FIRST_LOOK_PAGES,
        remembered=IDS_REMEMBERED,
    )


def notification_pages(line: Line, cursor: str) -> Pages:
    """What the network reports, down to the last seen, with the posts that it is about.

    The last page tells what its authors have deleted since an earlier look.
    """
    came_by: list[str] = []
    goes_on: list[bool] = []

    def fetch(before: str) -> Fetched[NotePayload]:
        answer = line.ask(
            "app.bsky.notification.listNotifications", limit=NOTIFICATIONS_PER_PAGE, cursor=before
        )
        page = read(answer.content, NotesPayload)
        notes = read_each(page.notifications, NotePayload)
        entries = [(f"{note.uri} {note.reason}", note) for note in notes]
        came_by.extend(name for name, _ in entries)
        goes_on.append(bool(page.cursor))
        return Fetched(entries, page.cursor or "")

    last = ""
    for step in look(cursor, fetch, most_pages=NOTIFICATION_PAGES_PER_LOOK):
        known = {said.uid: said for said in said_of_each(posts_of(line, _about(step.items)))}
        posts, reactions = told_of(step.items, known, line.us)
        yield Page(posts=posts, reactions=reactions, cursor=step.cursor, is_backlog=step.is_backlog)
        last = step.cursor or last
    missing = missing_from(mark_of(cursor).seen, came_by, is_all=not goes_on[-1])
    if missing and last:
        found = findings(line, to_look_after(missing))
        yield Page(gone=found.gone, cursor=without(last, found.settled))


def _about(notes: Iterable[NotePayload]) -> list[str]:
    """The posts that notifications are about: what was said to us, and ours that was liked."""
    found: dict[str, None] = {}
    for note in notes:
        if note.reason in TELLING_OF_A_POST:
            found.setdefault(note.uri)
        elif note.reason in REACTIONS and note.reason_subject:
            found.setdefault(note.reason_subject)
    return list(found)


def posts_of(line: Line, uris: Iterable[str]) -> list[PostPayload]:
    """Posts as the network shows them to us; those that are not there are left out."""
    wanted = [uri for uri in uris if place_of(uri)]
    found: list[PostPayload] = []
    for at in range(0, len(wanted), POSTS_PER_QUESTION):
        answer = line.ask("app.bsky.feed.getPosts", uris=wanted[at : at + POSTS_PER_QUESTION])
        found += read_each(read(answer.content, PostsPayload).posts, PostPayload)
    return found


def home_pages(line: Line, cursor: str) -> Pages:
    """What the accounts that we follow say and pass on."""

    def fetch(before: str) -> Fetched[EntryPayload]:
        answer = line.ask("app.bsky.feed.getTimeline", limit=POSTS_PER_PAGE, cursor=before)
        page = read(answer.content, FeedPayload)
        entries = read_each(page.feed, EntryPayload)
        return Fetched([(name_of(entry), entry) for entry in entries], page.cursor or "")

    for step in look(cursor, fetch, most_pages=HOME_PAGES_PER_LOOK):
        posts = passed_on(step.items)
        yield Page(posts=posts, cursor=step.cursor, is_backlog=step.is_backlog)


def thread(line: Line, uri: str, *, above: int = THREAD_LEVELS) -> Thread:
    """The conversation around a post, with `above` levels of what came before."""
    answer = line.ask(
        "app.bsky.feed.getPostThread", uri=uri, depth=THREAD_LEVELS, parentHeight=above
    )
    return thread_of(read(answer.content, ThreadAnswer).thread)


def reply_pages(line: Line, cursor: str, now: datetime) -> Pages:
    """Answers below our own recent posts; at most `THREADS_PER_LOOK` are read in one look.

    Notifications tell of answers near to our post only, and of none in a conversation that was
    muted.
    """

    def watched(post: PostPayload) -> Ours:
        return Ours(
            key=_key(post),
            name=post.uri,
            answers=post.reply_count or 0,
            moment=post.indexed_at or "",
            is_young=_is_young(post, now),
            below=partial(_answers_to, line, post),
        )

    ours = map(watched, _our_posts(line, now))
    yield from watching.reply_pages(
        ours, cursor, now, most_reads=THREADS_PER_LOOK, name_of=lambda said: said.uid
    )


def _key(post: PostPayload) -> str:
    """The record key alone: all of them stand in one repository, and cursors stay short."""
    return post.uri.rpartition("/")[2]


def _our_posts(line: Line, now: datetime) -> list[PostPayload]:
    """Our latest posts: one page, and more as long as they are watched."""
    found: dict[str, PostPayload] = {}
    before = ""
    for _ in range(WATCHED_PAGES):
        answer = line.ask(
            "app.bsky.feed.getAuthorFeed",
            actor=line.us,
            filter="posts_with_replies",
            limit=POSTS_PER_PAGE,
            cursor=before,
        )
        page = read(answer.content, FeedPayload)
        entries = read_each(page.feed, EntryPayload)
        own = [one.post for one in entries if one.reason is None and one.post.author.did == line.us]
        fresh = [post for post in own if post.uri not in found]
        found |= {post.uri: post for post in own}
        before = page.cursor or ""
        if not before or not any(_is_young(post, now) for post in fresh):
            break
    return list(found.values())


def _is_young(post: PostPayload, now: datetime) -> bool:
    seen_at = moment(post.indexed_at)
    return seen_at is not None and now - seen_at < REPLIES_WATCHED_FOR


def _answers_to(line: Line, post: PostPayload) -> tuple[Said, ...]:
    """Our post and everything below it; nothing when it was deleted in the meantime."""
    try:
        return thread(line, post.uri, above=0).posts
    except (Gone, Refused):
        return ()

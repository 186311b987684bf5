"""Looking for what is new: notifications, home, and answers to our own posts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import TypeVar

import msgspec

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
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.paging import Fetched, Step, mark_of, walk
from resonanz.switchboard.shapes import Page, Pages, Said, Shape, Thread
from resonanz.switchboard.trouble import Gone, Refused

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


class Watched(Shape):
    """One of our posts, as it was when we last read what was answered to it.

    `looked_at` is in seconds since 1970; `print` changes when the answers do.
    """

    answers: int = 0
    print: str = ""
    looked_at: int = 0


def reply_pages(line: Line, cursor: str, now: datetime) -> Pages:
    """Answers below our own recent posts, the post itself included, one page per conversation.

    Notifications tell of answers near to our post only, and of none in a conversation that was
    muted. A conversation is read when more or fewer answers are counted than last time, and in
    turn as long as the post is young: answers to an answer change no count. At most
    `THREADS_PER_LOOK` are read in one look, those that changed first, and of a thread of our own
    only the top.
    """
    before = _watched_in(cursor)
    ours = _our_posts(line, now)
    after = {_key(post): before[_key(post)] for post in ours if _key(post) in before}
    below: set[str] = set()
    requests_left = THREADS_PER_LOOK
    for post in _worth_reading(ours, before, now):
        known = before.get(_key(post), Watched())
        posts: tuple[Said, ...] = ()
        if post.uri not in below:
            if not requests_left:
                continue
            requests_left -= 1
            posts = _answers_to(line, post)
            below.update(said.uid for said in posts)
        is_news = len(posts) > 1 and _print(posts) != known.print
        after[_key(post)] = Watched(
            answers=post.reply_count or 0,
            print=_print(posts) if posts else known.print,
            looked_at=int(now.timestamp()),
        )
        if is_news:
            yield Page(posts=posts, is_backlog=not cursor)
    yield Page(cursor=msgspec.json.encode(after).decode(), is_backlog=not cursor)


def _watched_in(cursor: str) -> dict[str, Watched]:
    try:
        return msgspec.json.decode(cursor, type=dict[str, Watched])
    except msgspec.DecodeError:
        return {}


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


def _worth_reading(
    ours: list[PostPayload], before: dict[str, Watched], now: datetime
) -> list[PostPayload]:
    """Which of our posts to look below, the most urgent first."""

    def urgency(post: PostPayload) -> tuple[bool, int, str]:
        looked_at = before.get(_key(post), Watched()).looked_at
        return (not _has_changed(post, before), looked_at, post.indexed_at or "")

    candidates = (post for post in ours if _has_changed(post, before) or _is_young(post, now))
    return sorted(candidates, key=urgency)


def _has_changed(post: PostPayload, before: dict[str, Watched]) -> bool:
    return (post.reply_count or 0) != before.get(_key(post), Watched()).answers


def _answers_to(line: Line, post: PostPayload) -> tuple[Said, ...]:
    """Our post and everything below it; nothing when it was deleted in the meantime."""
    try:
        return thread(line, post.uri, above=0).posts
    except (Gone, Refused):
        return ()


def _print(posts: tuple[Said, ...]) -> str:
    """A short print of which posts these are."""
    names = sorted(said.uid for said in posts)
    return blake2b("\n".join(names).encode(), digest_size=8).hexdigest()

"""Noticing answers below our own recent posts, where a network tells only how many there are.

A network's cursor for this holds what was seen of each post; only this file reads it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from resonanz.switchboard.shapes import Page, Pages, Said, Shape


class Watched(Shape):
    """One of our posts, as it was when we last read what was answered to it.

    `looked_at` is in seconds since 1970; `print` changes when the answers do.
    """

    answers: int = 0
    print: str = ""
    looked_at: int = 0


class Ours(NamedTuple):
    """One of our posts, as the network lists it.

    `key` names it in the cursor, `name` among the posts below another one (`name_of`). `answers`
    is how many the network counts, `moment` when it was said, in an order that sorts. `below`
    reads the post and everything below it; nothing when it is gone.
    """

    key: str
    name: str
    answers: int
    moment: str
    is_young: bool
    below: Callable[[], tuple[Said, ...]]


def reply_pages(
    ours: Iterable[Ours],
    cursor: str,
    now: datetime,
    *,
    most_reads: int,
    name_of: Callable[[Said], str],
) -> Pages:
    """Answers below our posts, the post itself included, one page per conversation.

    A conversation is read when the network counts other answers than last time, and in turn as
    long as the post is young: answers to an answer change no count. At most `most_reads` are
    read in one look, those that changed first, and of a thread of our own only the top.
    """
    before, posts = _watched_in(cursor), list(ours)
    after = {one.key: before[one.key] for one in posts if one.key in before}
    below: set[str] = set()
    reads_left = most_reads
    for one in _worth_reading(posts, before):
        known = before.get(one.key, Watched())
        found: tuple[Said, ...] = ()
        if one.name not in below:
            if not reads_left:
                continue
            reads_left -= 1
            found = one.below()
            below.update(map(name_of, found))
        after[one.key] = Watched(
            answers=one.answers,
            print=_print(found) if found else known.print,
            looked_at=int(now.timestamp()),
        )
        if len(found) > 1 and _print(found) != known.print:
            yield Page(posts=found, is_backlog=not cursor)
    yield Page(cursor=msgspec.json.encode(after).decode(), is_backlog=not cursor)


def _watched_in(cursor: str) -> dict[str, Watched]:
    try:
        return msgspec.json.decode(cursor, type=dict[str, Watched])
    except msgspec.DecodeError:
        return {}


def _worth_reading(posts: list[Ours], before: dict[str, Watched]) -> list[Ours]:
    """Which of our posts to look below, the most urgent first."""

    def has_changed(one: Ours) -> bool:
        return one.answers != before.get(one.key, Watched()).answers

    def urgency(one: Ours) -> tuple[bool, int, str]:
        return (not has_changed(one), before.get(one.key, Watched()).looked_at, one.moment)

    return sorted((one for one in posts if has_changed(one) or one.is_young), key=urgency)


def _print(posts: tuple[Said, ...]) -> str:
    """A short print of which posts these are, and in which version."""
    names = sorted(f"{said.uid} {said.edited_at or ''}" for said in posts)
    return blake2b("\n".join(names).encode(), digest_size=8).hexdigest()

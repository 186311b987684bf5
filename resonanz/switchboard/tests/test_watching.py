"""Watching for answers below our own posts."""

from datetime import UTC, datetime, timedelta

from resonanz.switchboard.shapes import Page, Profile, Said
from resonanz.switchboard.watching import Ours, reply_pages

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
US = Profile(uid="us", handle="@us")


def said(uid: str, edited_at: datetime | None = None) -> Said:
    return Said(uid=uid, author=US, said_at=NOW, html=uid, edited_at=edited_at)


def ours(key: str, *below: Said, is_young: bool = True, asked: list[str] | None = None) -> Ours:
    def read() -> tuple[Said, ...]:
        if asked is not None:
            asked.append(key)
        return (said(key), *below)

    return Ours(key, key, len(below), key, is_young, read)


def look(*posts: Ours, cursor: str = "", hours: int = 0, most: int = 9) -> list[Page]:
    now = NOW + timedelta(hours=hours)
    return list(reply_pages(posts, cursor, now, most_reads=most, name_of=_uid))


def _uid(post: Said) -> str:
    return post.uid


def told(pages: list[Page]) -> list[list[str]]:
    return [[post.uid for post in page.posts] for page in pages if page.posts]


def cursor_of(pages: list[Page]) -> str:
    assert pages[-1].cursor is not None
    return pages[-1].cursor


def test_an_answer_is_told_once_with_our_post_before_it() -> None:
    first = look(ours("a", said("x")), ours("b"))
    assert told(first) == [["a", "x"]]
    assert first[0].is_backlog
    again = look(ours("a", said("x")), ours("b"), cursor=cursor_of(first), hours=1)
    assert told(again) == []
    edited = ours("a", said("x", NOW))
    assert told(look(edited, cursor=cursor_of(again), hours=2)) == [["a", "x"]]


def test_old_posts_are_read_only_when_the_count_changes() -> None:
    asked: list[str] = []
    first = look(ours("a", said("x"), is_young=False))
    look(ours("a", said("x"), is_young=False, asked=asked), cursor=cursor_of(first))
    assert asked == []
    more = ours("a", said("x"), said("y"), is_young=False, asked=asked)
    assert told(look(more, cursor=cursor_of(first))) == [["a", "x", "y"]]
    assert asked == ["a"]


def test_so_many_are_read_in_one_look_and_the_others_in_the_next() -> None:
    """Those that changed first, then those that nobody looked at for longest."""
    asked: list[str] = []
    posts = [ours(key, asked=asked) for key in "abc"] + [ours("d", said("x"), asked=asked)]
    first = look(*posts, most=2)
    assert asked == ["d", "a"]
    look(*posts, cursor=cursor_of(first), hours=1, most=2)
    assert asked[2:] == ["b", "c"]


def test_of_a_thread_of_our_own_only_the_top_is_read() -> None:
    asked: list[str] = []
    top = ours("a", said("b"), said("x"), asked=asked)
    assert told(look(top, ours("b", asked=asked))) == [["a", "b", "x"]]
    assert asked == ["a"]


def test_a_cursor_that_cannot_be_read_is_a_first_look() -> None:
    assert told(look(ours("a", said("x")), cursor="{")) == [["a", "x"]]


def test_a_post_that_is_gone_tells_nothing() -> None:
    gone = Ours("a", "a", 1, "a", True, tuple)
    assert told(look(gone)) == []

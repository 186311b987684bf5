"""What is new: notifications, home, answers, threads, lists of accounts."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from resonanz.networks.bluesky.tests.sky import (
    ADA,
    BOB,
    US,
    answering,
    connected,
    note,
    post,
    profile,
    refused,
    said,
    uri,
)
from resonanz.switchboard.shapes import Page, Pages, ReactionKind
from resonanz.switchboard.trouble import Gone, Unreadable

LIST, POSTS = "app.bsky.notification.listNotifications", "app.bsky.feed.getPosts"
TIMELINE, THREAD = "app.bsky.feed.getTimeline", "app.bsky.feed.getPostThread"
FEED = "app.bsky.feed.getAuthorFeed"

Answering = Callable[[httpx.Request], httpx.Response]


def listed(*notes: dict[str, Any], cursor: str = "") -> httpx.Response:
    return said({"notifications": list(notes)} | ({"cursor": cursor} if cursor else {}))


def posts(*missing: str) -> Answering:
    """Every post that is asked for, without those that are gone."""

    def answer(request: httpx.Request) -> httpx.Response:
        wanted = request.url.params.get_list("uris")
        names = [name.split("/") for name in wanted if name not in missing]
        return said({"posts": [post(parts[-1], by=parts[2]) for parts in names]})

    return answer


def whole(pages: Pages) -> Page:
    """All that came, as one page."""
    found = list(pages)
    return Page(
        posts=tuple(one for page in found for one in page.posts),
        reactions=tuple(one for page in found for one in page.reactions),
        cursor=found[-1].cursor,
        is_backlog=found[-1].is_backlog,
    )


def test_mentions_answers_and_quotes_are_posts() -> None:
    notes = [note("3", "quote"), note("2", "reply"), note("1", "mention")]
    connector, _ = connected({LIST: listed(*notes), POSTS: posts()})
    found = whole(connector.notifications(""))
    assert [one.uid for one in found.posts] == [uri("3"), uri("2"), uri("1")]
    # Who turns to us is described in full there.
    assert "Backt gern" in found.posts[0].author.bio_html
    assert found.posts[0].author.is_full
    assert found.is_backlog


def test_likes_reposts_and_follows_are_reactions() -> None:
    ours = uri("50", US)
    notes = [note("3", "like", about=ours), note("2", "repost", BOB, ours), note("1", "follow")]
    connector, _ = connected({LIST: listed(*notes), POSTS: posts()})
    like, repost, follow = whole(connector.notifications("")).reactions
    kinds = [one.kind for one in (like, repost, follow)]
    assert kinds == [ReactionKind.FAVOURITE, ReactionKind.BOOST, ReactionKind.FOLLOW]
    assert like.post is not None
    assert (like.post.uid, repost.by.uid, follow.post) == (ours, BOB, None)


def test_somebody_who_likes_twice_likes_once() -> None:
    ours = uri("50", US)
    notes = [note("3", "like", about=ours), note("2", "like", about=ours)]
    connector, _ = connected({LIST: listed(*notes), POSTS: posts()})
    assert len(whole(connector.notifications("")).reactions) == 1


def test_what_concerns_none_of_our_posts_is_left_out() -> None:
    notes = [
        note("3", "like-via-repost", about=f"at://{US}/app.bsky.feed.repost/1"),
        note("2", "starterpack-joined"),
        note("1", "verified"),
        note("0", "never-heard-of"),
    ]
    connector, sky = connected({LIST: listed(*notes)})
    found = whole(connector.notifications(""))
    assert (found.posts, found.reactions) == ((), ())
    assert sky.names == [LIST]


def test_a_post_that_is_gone_by_now_is_not_brought() -> None:
    notes = [note("2", "mention"), note("1", "mention")]
    connector, _ = connected({LIST: listed(*notes), POSTS: posts(uri("2"))})
    assert [one.uid for one in whole(connector.notifications("")).posts] == [uri("1")]


def test_posts_are_asked_for_by_25_at_once() -> None:
    notes = [note(f"{number:02}", "mention") for number in range(60, 0, -1)]
    connector, sky = connected({LIST: listed(*notes), POSTS: posts()})
    assert len(whole(connector.notifications("")).posts) == 60
    sizes = [len(one.url.params.get_list("uris")) for one in sky.asked[1:]]
    assert sizes == [25, 25, 10]


def test_a_second_look_goes_down_to_the_last_seen() -> None:
    """A busy day has more than one page."""
    first = listed(note("2", "mention"), note("1", "mention"))
    connector, _ = connected({LIST: first, POSTS: posts()})
    cursor = whole(connector.notifications("")).cursor
    pages = [
        listed(note("5", "mention"), note("4", "mention"), cursor="b"),
        listed(note("3", "mention"), note("2", "mention"), cursor="c"),
    ]
    connector, sky = connected({LIST: pages, POSTS: posts()})
    found = whole(connector.notifications(cursor or ""))
    assert [one.uid for one in found.posts] == [uri("5"), uri("4"), uri("3")]
    assert not found.is_backlog
    assert sky.asked[2].url.params["cursor"] == "b"


def test_home_tells_who_passed_it_on() -> None:
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": profile(BOB)}
    feed = [{"post": post("2")}, {"post": post("1"), "reason": reason}, {"post": post("1")}]
    connector, _ = connected({TIMELINE: said({"feed": feed})})
    posts = whole(connector.home("")).posts
    found = [(one.uid, one.shared_by and one.shared_by.uid) for one in posts]
    assert found == [(uri("2"), None), (uri("1"), BOB), (uri("1"), None)]


def test_one_broken_entry_hides_no_other() -> None:
    feed = [{"post": post("2")}, {"post": {"uri": 7}}, "nonsense"]
    connector, _ = connected({TIMELINE: said({"feed": feed})})
    assert [one.uid for one in whole(connector.home("")).posts] == [uri("2")]


def test_what_is_nothing_but_broken_is_unreadable() -> None:
    connector, _ = connected({TIMELINE: said({"feed": ["nonsense"]})})
    with pytest.raises(Unreadable):
        list(connector.home(""))


def feed_of_ours(**counts: int) -> httpx.Response:
    feed = [{"post": post(key, by=US, replyCount=count)} for key, count in counts.items()]
    return said({"feed": feed})


def thread_of(key: str, *answers: str) -> httpx.Response:
    below = [{"post": post(one, record=answering(uri(key, US)))} for one in answers]
    return said({"thread": {"post": post(key, by=US, replyCount=len(answers)), "replies": below}})


def test_answers_below_our_posts_are_read_whether_we_are_told_or_not() -> None:
    connector, _ = connected({FEED: feed_of_ours(a=2), THREAD: thread_of("a", "b", "c")})
    found = whole(connector.replies(""))
    assert [one.uid for one in found.posts] == [uri("a", US), uri("b"), uri("c")]


def test_what_has_not_changed_is_not_brought_again() -> None:
    answers = {FEED: feed_of_ours(a=1), THREAD: thread_of("a", "b")}
    connector, _ = connected(answers)
    cursor = whole(connector.replies("")).cursor
    connector, _ = connected(answers)
    assert whole(connector.replies(cursor or "")).posts == ()


def test_a_post_of_ours_that_is_gone_meanwhile_is_passed_over() -> None:
    gone = refused("NotFound", "Post not found")
    connector, _ = connected({FEED: feed_of_ours(a=1), THREAD: gone})
    assert whole(connector.replies("")).posts == ()


def test_at_most_ten_threads_are_read_in_one_look() -> None:
    counts = {f"p{number}": 1 for number in range(15)}

    def answer(request: httpx.Request) -> httpx.Response:
        key = request.url.params["uri"].rpartition("/")[2]
        return thread_of(key, f"{key}-answer")

    connector, sky = connected({FEED: feed_of_ours(**counts), THREAD: answer})
    first = whole(connector.replies(""))
    assert sky.names.count(THREAD) == 10
    connector, sky = connected({FEED: feed_of_ours(**counts), THREAD: answer})
    second = whole(connector.replies(first.cursor or ""))
    found = {one.uid for one in (*first.posts, *second.posts)}
    assert len(found) == 30


def test_a_thread_that_is_not_there_is_gone() -> None:
    connector, _ = connected({THREAD: refused("NotFound", "Post not found: at://x")})
    with pytest.raises(Gone):
        connector.thread(uri("1"))


@pytest.mark.parametrize(
    ("uid", "url", "local_id"),
    [
        (uri("7"), "", uri("7")),
        ("x", f"https://bsky.app/profile/{ADA}/post/7", uri("7")),
        ("x", "https://bsky.app/profile/ada.example/post/7", uri("7")),
        ("https://bsky.app/profile/ada.example/post/7", "", uri("7")),
        ("x", "https://bsky.app/profile/nobody.example/post/7", ""),
        ("https://town.example/7", "https://town.example/profile/ada.example/post/7", ""),
    ],
)
def test_a_post_is_known_by_its_page(uid: str, url: str, local_id: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        is_ada = request.url.params["handle"] == "ada.example"
        return said({"did": ADA}) if is_ada else refused("InvalidRequest")

    connector, _ = connected({"com.atproto.identity.resolveHandle": answer})
    assert connector.resolve(uid, url) == local_id


def test_followers_come_in_parts_each_once() -> None:
    parts = [
        said({"followers": [profile(ADA), profile(BOB)], "cursor": "b"}),
        said({"followers": [profile(BOB), profile("did:plc:eva")]}),
    ]
    connector, sky = connected({"app.bsky.graph.getFollowers": parts})
    found = list(connector.followers(""))
    assert [[one.uid for one in part.profiles] for part in found] == [
        [ADA, BOB],
        ["did:plc:eva"],
    ]
    assert [part.cursor for part in found] == ["b", ""]
    assert sky.asked[1].url.params["cursor"] == "b"


def test_a_list_goes_on_where_it_was_left() -> None:
    connector, sky = connected({"app.bsky.graph.getFollows": said({"follows": []})})
    assert [part.cursor for part in connector.followed("later")] == [""]
    assert sky.asked[0].url.params["cursor"] == "later"

"""Comments, articles and conversations as a blog gives them."""

from typing import Any

import httpx
import pytest

from resonanz.networks.wordpress.credentials import ASKED_FOR, WRITE
from resonanz.networks.wordpress.tests.blog import (
    API,
    BLOG,
    NOW,
    World,
    account,
    article,
    comment,
    listed,
    refusal,
)
from resonanz.switchboard.shapes import Page, Standing
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, TryLater

COMMENTS, ARTICLES, SITE_PAGES = (
    f"GET {API}/wp/v2/{name}" for name in ("comments", "posts", "pages")
)
ARTICLE = {ARTICLES: listed([article()])}


def look(world: World, cursor: str = "", lane: str = "notifications", **rights: Any) -> Page:
    """One look at a lane, as one page."""
    connector = world.connector(account(**rights))
    pages = list(getattr(connector, lane)(cursor))
    return Page(
        posts=tuple(said for page in pages for said in page.posts),
        gone_local=tuple(id for page in pages for id in page.gone_local),
        cursor=pages[-1].cursor,
        is_backlog=all(page.is_backlog for page in pages),
    )


def test_comments_come_with_the_article_they_stand_below() -> None:
    world = World(
        {COMMENTS: listed([comment(35, parent=34), comment(34, status="hold")]), **ARTICLE}
    )
    page = look(world)
    assert [said.local_id for said in page.posts] == ["p12", "c35", "c34"]
    assert page.posts[2].standing is Standing.HELD
    assert page.is_backlog


def test_what_is_asked_holds_no_more_than_is_read() -> None:
    """No IP addresses and no browsers of readers come into the house."""
    world = World({COMMENTS: listed([comment(34)]), **ARTICLE})
    look(world)
    asked = dict(world.asked[0].url.params)
    assert (asked["status"], asked["type"], asked["context"]) == ("all", "all", "edit")
    assert "ip" not in asked["_fields"]
    assert "agent" not in asked["_fields"]


def test_who_may_not_moderate_asks_for_what_everybody_sees() -> None:
    world = World({COMMENTS: listed([comment(34)]), **ARTICLE})
    look(world, rights=(WRITE,))
    asked = world.asked[0].url.params
    assert "status" not in asked
    assert "context" not in asked
    look(world, rights=())
    assert "type" not in world.asked[-2].url.params


def test_a_comment_that_was_approved_at_the_blog_is_noticed() -> None:
    world = World({COMMENTS: listed([comment(34, status="hold")]), **ARTICLE})
    cursor = look(world).cursor or ""
    world.answers[COMMENTS] = listed([comment(34)])
    page = look(world, cursor)
    [said] = [said for said in page.posts if said.local_id == "c34"]
    assert said.standing is Standing.PUBLISHED
    assert said.edited_at is None
    assert not page.is_backlog


def test_words_that_were_changed_at_the_blog_are_an_edit() -> None:
    world = World({COMMENTS: listed([comment(34)]), **ARTICLE})
    cursor = look(world).cursor or ""
    world.answers[COMMENTS] = listed([comment(34, content={"rendered": "<p>Servus</p>"})])
    [said] = [said for said in look(world, cursor).posts if said.local_id == "c34"]
    assert said.edited_at == NOW


def test_spam_and_trash_of_what_we_know_is_told_and_what_is_deleted_is_gone() -> None:
    both = listed([comment(35), comment(34)])
    world = World({COMMENTS: both, **ARTICLE})
    cursor = look(world).cursor or ""

    def one_is_spam(request: httpx.Request) -> httpx.Response:
        if "include" in request.url.params:
            assert request.url.params["status"] == "any"
            return listed([comment(34, status="spam")])
        return listed([])

    world.answers[COMMENTS] = one_is_spam
    page = look(world, cursor)
    assert [(s.local_id, s.standing) for s in page.posts if s.local_id == "c34"] == [
        ("c34", Standing.SPAM)
    ]
    assert page.gone_local == ("c35",)


def test_an_empty_answer_without_a_count_makes_nothing_disappear() -> None:
    """A cache or a plugin that gives an empty list is no proof that everything was deleted."""
    world = World({COMMENTS: listed([comment(34)]), **ARTICLE})
    cursor = look(world).cursor or ""
    world.answers[COMMENTS] = httpx.Response(200, json=[])
    page = look(world, cursor)
    assert (page.posts, page.gone_local) == ((), ())
    world.answers[COMMENTS] = listed([comment(34)])
    assert look(world, page.cursor or "").posts == ()


def test_an_article_that_is_withdrawn_is_held_and_comes_back() -> None:
    world = World({ARTICLES: listed([article(13), article(12)])})
    cursor = look(world, lane="home").cursor or ""

    def withdrawn(request: httpx.Request) -> httpx.Response:
        found = [article(12, status="draft")] if "include" in request.url.params else [article(13)]
        return listed(found)

    world.answers[ARTICLES] = withdrawn
    page = look(world, cursor, lane="home")
    assert [(s.local_id, s.standing) for s in page.posts] == [("p12", Standing.HELD)]
    world.answers[ARTICLES] = listed([article(12, modified_gmt="2026-03-09T08:00:00"), article(13)])
    page = look(world, page.cursor or "", lane="home")
    assert [(s.local_id, s.standing) for s in page.posts] == [("p12", Standing.PUBLISHED)]


def test_an_article_that_was_edited_comes_again() -> None:
    world = World({ARTICLES: listed([article(12)])})
    cursor = look(world, lane="home").cursor or ""
    world.answers[ARTICLES] = listed([article(12, modified_gmt="2026-03-09T08:00:00")])
    page = look(world, cursor, lane="home")
    assert page.posts[0].edited_at is not None
    assert look(world, page.cursor or "", lane="home").posts == ()


def test_a_list_that_became_shorter_while_it_was_read_has_ended() -> None:
    def pages(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("page") == "1":
            return listed([article(13)], pages=2, total=101)
        return refusal(400, "rest_post_invalid_page_number")

    assert len(look(World({ARTICLES: pages}), lane="home").posts) == 1


def test_a_conversation_is_an_article_with_everything_below_it() -> None:
    world = World(
        {
            f"{COMMENTS}/34": comment_answer(34),
            f"{ARTICLES}/12": httpx.Response(200, json=article(comment_status="closed")),
            COMMENTS: listed([comment(34), comment(35, parent=34, status="hold")]),
        }
    )
    thread = world.connector().thread("c34")
    assert [said.local_id for said in thread.posts] == ["p12", "c34", "c35"]
    assert thread.is_complete
    assert all(said.is_closed for said in thread.posts)
    assert world.asked[-1].url.params["post"] == "12"


def comment_answer(number: int, **more: Any) -> httpx.Response:
    return httpx.Response(200, json=comment(number, **more))


def test_a_conversation_below_a_page_of_the_blog() -> None:
    up = {"up": [{"href": f"{API}/wp/v2/pages/7"}]}
    world = World(
        {
            f"{COMMENTS}/34": comment_answer(34, post=7, _links=up),
            f"{SITE_PAGES}/7": httpx.Response(200, json=article(7)),
            COMMENTS: listed([comment(34, post=7)]),
        }
    )
    assert [s.local_id for s in world.connector().thread("c34").posts] == ["p7", "c34"]
    world.answers[f"{COMMENTS}/34"] = refusal(404, "rest_comment_invalid_id")
    assert [s.local_id for s in world.connector().thread("p7").posts] == ["p7", "c34"]


def test_a_conversation_whose_article_is_hidden_is_not_complete() -> None:
    world = World(
        {
            f"{COMMENTS}/34": comment_answer(34),
            f"{ARTICLES}/12": refusal(403, "rest_forbidden"),
            COMMENTS: listed([comment(34)]),
        }
    )
    thread = world.connector().thread("c34")
    assert [said.local_id for said in thread.posts] == ["c34"]
    assert not thread.is_complete


def test_what_is_not_there_is_gone() -> None:
    for local_id in ("c34", "p12", "nonsense"):
        with pytest.raises(Gone):
            World({}).connector().thread(local_id)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refusal(401, "incorrect_password"), SignInAgain),
        (refusal(403, "incorrect_password"), SignInAgain),
        (refusal(401, "rest_not_logged_in"), SignInAgain),
        (refusal(403, "rest_forbidden"), Refused),
        (refusal(403, "rest_cannot_edit"), Refused),
        (refusal(403, "rest_forbidden_context"), Refused),
        (refusal(404, "rest_no_route"), Refused),
        (refusal(404, "rest_comment_invalid_id"), Gone),
        (refusal(429, "comment_flood"), TryLater),
        (httpx.Response(503, html="maintenance", headers={"Retry-After": "600"}), TryLater),
    ],
)
def test_what_a_refusal_means(answer: httpx.Response, trouble: type[Exception]) -> None:
    """Only a password that is not taken asks a human to sign in again."""
    with pytest.raises(trouble):
        look(World({COMMENTS: answer}))


@pytest.mark.parametrize(
    ("address", "local_id", "requests"),
    [
        (f"{BLOG}/?p=12", "p12", 0),
        (f"{BLOG}/?p=12#comment-34", "c34", 0),
        (f"{BLOG}/sauerteig-12/", "p12", 1),
        (f"{BLOG}/sauerteig-12/#comment-34", "c34", 0),
        ("http://www.blog.example/sauerteig-12", "p12", 1),
        (f"{BLOG}/", "", 0),
        ("https://elsewhere.example/sauerteig-12/", "", 0),
        ("at://did:plc:abc/app.bsky.feed.post/1", "", 0),
    ],
)
def test_an_address_of_the_blog_is_understood(address: str, local_id: str, requests: int) -> None:
    world = World({ARTICLES: listed([article()]), SITE_PAGES: listed([])})
    world.answers[ARTICLES] = listed(
        [article(link=f"{BLOG}/sauerteig-12/" if "www" not in address else address)]
    )
    assert world.connector().resolve("", address) == local_id
    assert len(world.asked) == requests


def test_a_thread_of_more_pages_than_are_read_says_so() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        return listed([comment(number * 10 + at) for at in range(3)], total=999, pages=99)

    world = World({f"{ARTICLES}/12": httpx.Response(200, json=article()), COMMENTS: page})
    assert not world.connector().thread("p12").is_complete


def test_rights_that_changed_are_kept_at_once() -> None:
    me = {"id": 2, "name": "Mehl", "slug": "mehl", "capabilities": {"edit_posts": True}}
    world = World({f"GET {API}/wp/v2/users/me": httpx.Response(200, json=me)})
    connector = world.connector()
    assert len(ASKED_FOR) > 1
    verified = connector.verify()
    assert len(world.kept) == 1
    assert world.kept[0].value == verified.credentials.value
    assert len(world.connector(verified).can) < len(connector.can)
    world.kept.clear()
    world.connector(verified).verify()
    assert not world.kept

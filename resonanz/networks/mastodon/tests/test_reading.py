"""Notifications, home, and answers to our own posts."""

from typing import Any

import httpx
import msgspec
import pytest

from resonanz.networks.mastodon.limits import CONTEXTS_PER_LOOK, WATCHED_PAGES
from resonanz.networks.mastodon.tests.town import (
    NOW,
    OURS,
    SERVER,
    Answer,
    connected,
    naming,
    note,
    person,
    said,
    status,
)
from resonanz.switchboard.shapes import Audience, Page, Said
from resonanz.switchboard.trouble import SignInAgain, TryLater, Unreadable

NOTIFICATIONS = "GET /api/v1/notifications"
HOME = "GET /api/v1/timelines/home"
OUR_POSTS = "GET /api/v1/accounts/1/statuses"


def next_page(path: str, before: int) -> dict[str, Any]:
    return {"Link": f'<{SERVER}{path}?max_id={before}>; rel="next"'}


def texts(pages: list[Page]) -> list[str]:
    return [post.html for page in pages for post in page.posts]


def test_notifications_are_paged_by_the_link_header_to_the_last_seen_one() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        top = int(request.url.params.get("max_id", "100"))
        numbers = range(top - 1, max(top - 4, 0), -1)
        path = "/api/v1/notifications"
        return said([note(number) for number in numbers], **next_page(path, top - 3))

    connector, town = connected({NOTIFICATIONS: answer})
    pages = list(connector.notifications('{"seen":["92","91","90"]}'))
    assert [len(page.posts) for page in pages] == [3, 3, 1]
    assert town.asked[1].url.params["max_id"] == "97"
    assert town.asked[0].headers["authorization"] == "Bearer t0ken"
    assert pages[-1].cursor is not None
    assert next(connector.notifications(pages[-1].cursor)).posts == ()


def test_a_quiet_account_is_asked_once() -> None:
    connector, town = connected({NOTIFICATIONS: said([note(5)], Link="")})
    pages = list(connector.notifications('{"seen":["5"]}'))
    assert (len(pages), len(town.asked), texts(pages)) == (1, 1, [])


def test_home_brings_originals_with_the_booster() -> None:
    boosted = status(21, account=person("cem@dale.example"), reblog=status(20))
    connector, _ = connected({HOME: said([boosted, status(19)], Link="")})
    (page,) = connector.home('{"seen":["1"]}')
    assert [post.local_id for post in page.posts] == ["20", "19"]
    assert page.posts[0].shared_by is not None


def test_a_page_of_html_is_unreadable_and_its_text_goes_nowhere() -> None:
    connector, _ = connected({HOME: httpx.Response(200, html="<h1>Wartung geheim</h1>")})
    with pytest.raises(Unreadable) as found:
        list(connector.home(""))
    assert "geheim" not in str(found.value)


@pytest.mark.parametrize("answer", [said({"error": "x"}), said([{"id": "1"}]), said("x")])
def test_json_of_another_kind_is_unreadable(answer: httpx.Response) -> None:
    connector, _ = connected({HOME: answer})
    with pytest.raises(Unreadable):
        list(connector.home(""))


def test_a_pause_is_carried_up() -> None:
    connector, _ = connected({HOME: said({"error": "Too many"}, 429, **{"Retry-After": "90"})})
    with pytest.raises(TryLater) as found:
        list(connector.home(""))
    assert found.value.after is not None
    assert found.value.after.total_seconds() == 90
    assert found.value.is_overload


def test_a_dead_token_is_noticed_where_one_reads() -> None:
    connector, _ = connected({HOME: said({"error": "The access token was revoked"}, 401)})
    with pytest.raises(SignInAgain):
        list(connector.home(""))


def ours(number: int, answers: int = 0, **more: Any) -> dict[str, Any]:
    return status(number, f"<p>Wir {number}</p>", account=OURS, replies_count=answers, **more)


def context(*descendants: dict[str, Any]) -> httpx.Response:
    return said({"ancestors": [], "descendants": list(descendants)})


def bare(number: int, to: int, **more: Any) -> dict[str, Any]:
    return status(number, "<p>Und wann?</p>", in_reply_to_id=str(to), **more)


def replies(posts: list[dict[str, Any]], **contexts: httpx.Response):  # type: ignore[no-untyped-def]
    answers: dict[str, Answer | list[Answer]] = {OUR_POSTS: said(posts)}
    for name, answer in contexts.items():
        answers[f"GET /api/v1/statuses/{name[1:]}/context"] = answer
    return connected(answers)  # type: ignore[arg-type]


def test_an_answer_that_does_not_name_us_is_found() -> None:
    connector, _ = replies([ours(50, 1)], _50=context(bare(60, 50)))
    pages = list(connector.replies("{}"))
    answer = pages[0].posts[1]
    assert answer.mentions == ()
    assert (answer.answers_local_id, answer.answers_uid) == ("50", "https://hill.example/posts/50")
    assert not pages[0].is_backlog
    assert pages[0].cursor is None
    assert pages[-1].cursor


def test_an_answer_below_a_post_on_a_later_page_is_found() -> None:
    """Who says much has more than a page of young posts, and each may be answered."""

    def page(request: httpx.Request) -> httpx.Response:
        top = int(request.url.params.get("max_id", "300"))
        return said([ours(n, 1 if n == 205 else 0) for n in range(top - 1, top - 41, -1)])

    contexts = {
        f"GET /api/v1/statuses/{n}/context": context(*[bare(900, 205)] * (n == 205))
        for n in range(60, 300)
    }
    connector, town = connected({OUR_POSTS: page, **contexts})
    found = [said.local_id for page in connector.replies("{}") for said in page.posts]
    assert found == ["205", "900"]
    assert town.paths.count(OUR_POSTS) == WATCHED_PAGES


def test_the_search_for_our_posts_ends_with_the_young_ones() -> None:
    old = ours(50, created_at="2026-02-01T10:00:00Z")
    connector, town = replies([ours(51), old], _51=context())
    list(connector.replies(""))
    assert town.paths.count(OUR_POSTS) == 2


def test_what_was_seen_is_not_handed_over_again_until_something_changes() -> None:
    connector, _ = replies([ours(50, 1)], _50=context(bare(60, 50)))
    cursor = list(connector.replies(""))[-1].cursor or ""
    assert texts(list(connector.replies(cursor))) == []
    edited = bare(60, 50, edited_at="2026-03-10T11:30:00Z")
    connector, _ = replies([ours(50, 1)], _50=context(edited))
    assert len(texts(list(connector.replies(cursor)))) == 2


def test_an_answer_to_an_answer_is_found_while_the_post_is_young() -> None:
    connector, _ = replies([ours(50, 1)], _50=context(bare(60, 50)))
    cursor = list(connector.replies(""))[-1].cursor or ""
    connector, _ = replies([ours(50, 1)], _50=context(bare(60, 50), bare(61, 60)))
    assert len(texts(list(connector.replies(cursor)))) == 3


def test_an_old_post_is_read_only_when_the_server_counts_other_answers() -> None:
    old = {"created_at": "2026-02-01T10:00:00Z"}
    connector, town = replies([ours(50, 1, **old)], _50=context(bare(60, 50)))
    cursor = list(connector.replies(""))[-1].cursor or ""
    list(connector.replies(cursor))
    assert town.paths.count("GET /api/v1/statuses/50/context") == 1
    connector, _ = replies([ours(50, 2, **old)], _50=context(bare(60, 50), bare(61, 50)))
    assert len(texts(list(connector.replies(cursor)))) == 3


def test_one_look_makes_few_requests_and_the_next_ones_read_the_rest() -> None:
    numbers = range(100, 140)
    posts = [ours(number) for number in numbers]
    contexts = {f"_{number}": context() for number in numbers}
    connector, town = replies(posts, **contexts)
    cursor = ""
    for _ in range(4):
        cursor = list(connector.replies(cursor))[-1].cursor or ""
    asked = [path for path in town.paths if path.endswith("/context")]
    assert len(asked) == 4 * CONTEXTS_PER_LOOK
    assert len(set(asked)) == len(numbers)


def test_a_thread_of_our_own_is_read_once_from_its_top() -> None:
    first = ours(50, 1, created_at="2026-03-10T10:00:00Z")
    second = ours(51, 1, created_at="2026-03-10T10:01:00Z", in_reply_to_id="50")
    connector, town = replies([second, first], _50=context(second, bare(60, 51)))
    pages = list(connector.replies(""))
    assert len(pages) == 2
    assert [path for path in town.paths if "context" in path] == ["GET /api/v1/statuses/50/context"]


def test_a_post_of_ours_that_was_deleted_in_between_disturbs_nobody() -> None:
    connector, _ = replies([ours(50, 1), ours(51, 1)], _51=context(bare(61, 51)))
    assert len(texts(list(connector.replies("")))) == 2


def test_our_boosts_are_not_our_posts() -> None:
    connector, town = replies([status(70, account=OURS, reblog=status(3))])
    list(connector.replies(""))
    assert not [path for path in town.paths if path.endswith("/context")]


def test_a_thread_asks_for_the_post_and_its_context() -> None:
    connector, _ = connected(
        {
            "GET /api/v1/statuses/9": said(status(9, replies_count=1)),
            "GET /api/v1/statuses/9/context": context(bare(10, 9)),
        }
    )
    thread = connector.thread("9")
    assert [post.local_id for post in thread.posts] == ["9", "10"]
    assert thread.is_complete


def test_a_thread_that_the_server_is_still_fetching_is_incomplete() -> None:
    header: dict[str, Any] = {"Mastodon-Async-Refresh": 'id="x", retry=3'}
    fetching = said({"ancestors": [], "descendants": []}, **header)
    connector, _ = connected(
        {"GET /api/v1/statuses/9": said(status(9)), "GET /api/v1/statuses/9/context": fetching}
    )
    assert not connector.thread("9").is_complete


def test_a_mention_a_direct_post_and_a_follow_come_as_what_they_are() -> None:
    direct = status(51, visibility="direct", mentions=naming("backstube"))
    notes = [note(3, status=direct), note(2, "follow"), note(1)]
    connector, _ = connected({NOTIFICATIONS: said(notes, Link="")})
    (page,) = connector.notifications("")
    first: Said = page.posts[0]
    assert (first.audience, first.is_direct_to_us) == (Audience.DIRECT, True)
    assert len(page.reactions) == 1
    assert page.is_backlog


def test_a_cursor_of_replies_says_when_we_looked() -> None:
    connector, _ = replies([ours(50)], _50=context())
    cursor = list(connector.replies(""))[-1].cursor or ""
    assert msgspec.json.decode(cursor)["50"]["looked_at"] == int(NOW.timestamp())

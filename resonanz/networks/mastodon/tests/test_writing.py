"""Saying something with all manners, and finding out whether it was said."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from resonanz.networks.mastodon.limits import SOURCES_PER_LOOK
from resonanz.networks.mastodon.tests.town import (
    NOW,
    OURS,
    Answer,
    Town,
    connected,
    naming,
    person,
    said,
    status,
)
from resonanz.switchboard.shapes import (
    Answering,
    Audience,
    Mention,
    Outgoing,
    ReactionKind,
)
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, TryLater, Unsure

POST = "POST /api/v1/statuses"
OUR_POSTS = "GET /api/v1/accounts/1/statuses"
HOME = "GET /api/v1/timelines/home"
SEARCH = "GET /api/v2/search"
ADA = Mention(uid="ada@hill.example", handle="@ada@hill.example")


def sent_by(town: Town) -> dict[str, str]:
    (request,) = [request for request in town.asked if request.method == "POST"]
    return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}


def outgoing(text: str = "Gern geschehen", **more: Any) -> Outgoing:
    return Outgoing(key="key-1", text=text, **more)


def answer(text: str = "Gern geschehen", **more: Any) -> Outgoing:
    given = {"uid": "https://hill.example/posts/9", "local_id": "9", "names": (ADA,)}
    given |= {name: more.pop(name) for name in ("local_id", "url", "answered") if name in more}
    given["audience"] = given.pop("answered", Audience.PUBLIC)
    return outgoing(text, answering=Answering(**given), **more)  # type: ignore[arg-type]


def test_an_answer_carries_names_warning_language_visibility_and_key() -> None:
    connector, town = connected({POST: said(status(77, account=OURS))})
    receipt = connector.publish(
        answer(
            warning="Kuchen & Tee",
            language="de",
            audience=Audience.FOLLOWERS,
            answered=Audience.UNLISTED,
        )
    )
    assert sent_by(town) == {
        "status": "@ada@hill.example Gern geschehen",
        "in_reply_to_id": "9",
        "visibility": "private",
        "spoiler_text": "Kuchen & Tee",
        "sensitive": "1",
        "language": "de",
    }
    assert town.asked[0].headers["idempotency-key"] == "key-1"
    assert (receipt.uid, receipt.local_id) == ("https://hill.example/posts/77", "77")


def test_a_plain_post_says_nothing_that_was_not_asked_for() -> None:
    connector, town = connected({POST: said(status(77))})
    connector.publish(outgoing())
    assert set(sent_by(town)) == {"status", "visibility", "sensitive"}


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        (" ", {}, "empty"),
        ("x" * 501, {}, "longer"),
        ("Ja", {"answered": Audience.DIRECT}, "more people"),
    ],
)
def test_what_must_not_go_out_is_refused_before_anything_is_asked(
    text: str, more: dict[str, Any], words: str
) -> None:
    connector, town = connected({POST: said(status(77))})
    with pytest.raises(Refused, match=words):
        connector.publish(answer(text, **more))
    assert town.asked == []


def test_a_post_that_another_channel_brought_is_looked_up_before_it_is_answered() -> None:
    found = status(33, uri="https://hill.example/posts/9")
    connector, town = connected(
        {SEARCH: said({"statuses": [found]}), POST: said(status(77, account=OURS))}
    )
    connector.publish(answer(local_id="", url="https://hill.example/@ada/9"))
    assert sent_by(town)["in_reply_to_id"] == "33"
    assert town.asked[0].url.params["resolve"] == "1"


def test_an_answer_to_something_unknown_is_refused_instead_of_standing_alone() -> None:
    connector, town = connected({SEARCH: said({"statuses": []}), POST: said(status(77))})
    with pytest.raises(Refused, match="does not know the post"):
        connector.publish(answer(local_id=""))
    assert POST not in town.paths


def test_a_post_is_found_by_its_name_or_its_address_and_no_other_is() -> None:
    connector, _ = connected({SEARCH: said({"statuses": [status(33)]})})
    assert connector.resolve("https://hill.example/posts/9", "") == ""
    assert connector.resolve("https://hill.example/posts/33", "") == "33"
    assert connector.resolve("tag:hill.example,2026:33", "https://hill.example/@ada/33") == "33"


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (httpx.ReadError("x"), Unsure),
        (httpx.ReadTimeout("x"), Unsure),
        (httpx.RemoteProtocolError("x"), Unsure),
        (said({"error": "x"}, 500), Unsure),
        (httpx.ConnectError("x"), TryLater),
        (said({"error": "Throttled"}, 429), TryLater),
        (said({"error": "Validation failed: Text too long"}, 422), Refused),
        (said({"error": "This action is not allowed"}, 403), Refused),
        (said({"error": "The access token was revoked"}, 403), SignInAgain),
        (said({"error": "This method requires an authenticated user"}, 422), SignInAgain),
        (said({"error": "Your login is currently disabled"}, 403), SignInAgain),
        (said({"error": "Your account has been suspended"}, 403), SignInAgain),
        (said({"error": "The access token is invalid"}, 401), SignInAgain),
        (said({"error": "Record not found"}, 404), Gone),
    ],
)
def test_what_goes_wrong_with_a_write_is_told_apart(
    reply: Answer, trouble: type[Exception]
) -> None:
    connector, _ = connected({POST: reply})
    with pytest.raises(trouble) as found:
        connector.publish(outgoing())
    assert type(found.value) is trouble
    assert "t0ken" not in repr(found.value)


def ours(content: str, **more: Any) -> dict[str, Any]:
    given = {"account": OURS, "created_at": "2026-03-10T12:00:05Z"} | more
    return status(given.pop("number", 77), content, **given)


ANSWERED = "<p><span>@<span>ada</span></span> Gern <i>geschehen</i></p>"


def tried(**more: Any) -> Outgoing:
    return answer("Gern *geschehen*", first_tried_at=NOW, **more)


def test_an_earlier_attempt_is_recognised_in_what_the_server_made_of_it() -> None:
    connector, _ = connected({OUR_POSTS: said([ours(ANSWERED, in_reply_to_id="9")])})
    receipt = connector.find_published(tried())
    assert receipt is not None
    assert receipt.local_id == "77"


@pytest.mark.parametrize(
    "other",
    [
        ours(ANSWERED, in_reply_to_id="8"),
        ours(ANSWERED),
        ours("<p>@ada Etwas anderes</p>", in_reply_to_id="9"),
        ours(ANSWERED, in_reply_to_id="9", visibility="direct"),
        ours(ANSWERED, in_reply_to_id="9", created_at="2026-03-10T11:50:00Z"),
        ours(ANSWERED, in_reply_to_id="9", account=person("ada@hill.example")),
        ours("", in_reply_to_id="9", reblog=ours(ANSWERED, in_reply_to_id="9")),
    ],
)
def test_another_post_is_not_taken_for_it(other: dict[str, Any]) -> None:
    connector, _ = connected({OUR_POSTS: said([other])})
    assert connector.find_published(tried()) is None


def test_the_clocks_may_differ_a_little() -> None:
    early = ours(ANSWERED, in_reply_to_id="9", created_at="2026-03-10T11:56:00Z")
    connector, _ = connected({OUR_POSTS: said([early])})
    assert connector.find_published(tried()) is not None


def test_what_was_typed_decides_where_the_html_is_beyond_recognition() -> None:
    """snac2 makes a picture of `:-D`; it tells the text beside it, others when asked."""
    drawn = ours("<p>@ada haha &#128516;</p>", in_reply_to_id="9")
    typed = "@ada@hill.example haha :-D"
    connector, _ = connected({OUR_POSTS: said([drawn | {"text": typed}])})
    sent = answer("haha :-D", first_tried_at=NOW)
    assert connector.find_published(sent) is not None
    source = said({"id": "77", "text": typed, "spoiler_text": ""})
    connector, _ = connected({OUR_POSTS: said([drawn]), "GET /api/v1/statuses/77/source": source})
    assert connector.find_published(sent) is not None


def test_looking_does_not_ask_for_the_source_of_everything_we_said_meanwhile() -> None:
    """A request for each would use up the channel's budget, and nothing could be sent again."""
    posts = [
        ours(f"<p>@ada Guten Tag, Nr. {n}</p>", number=n, in_reply_to_id="9") for n in range(40)
    ]
    source = {f"GET /api/v1/statuses/{n}/source": said({"text": "other"}) for n in range(40)}
    connector, town = connected({OUR_POSTS: said(posts), **source})
    assert connector.find_published(answer("Guten Tag, Nr. 77", first_tried_at=NOW)) is None
    asked = [path for path in town.paths if path.endswith("/source")]
    assert 0 < len(asked) <= SOURCES_PER_LOOK


def test_a_post_that_was_first_tried_long_ago_is_found_on_a_later_page() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        top = int(request.url.params.get("max_id", "300"))
        posts = [
            ours(f"<p>Nr. {number}</p>", number=number) for number in range(top - 1, top - 41, -1)
        ]
        if top < 300:
            posts[-1] = ours(ANSWERED, number=top - 40, in_reply_to_id="9")
        return said(posts)

    connector, town = connected({OUR_POSTS: page})
    receipt = connector.find_published(tried())
    assert receipt is not None
    assert (receipt.local_id, len(town.asked)) == ("220", 2)


def test_the_search_ends_at_what_is_older_and_at_a_server_that_repeats_itself() -> None:
    old = [
        ours("<p>alt</p>", number=number, created_at="2026-03-01T12:00:00Z") for number in (3, 2)
    ]
    connector, town = connected({OUR_POSTS: said(old)})
    assert connector.find_published(tried()) is None
    assert len(town.asked) == 1
    connector, town = connected({OUR_POSTS: said([ours("<p>neu</p>")])})
    assert connector.find_published(tried()) is None
    assert len(town.asked) == 2


def test_a_private_post_is_looked_for_at_home_too() -> None:
    """snac2 lists only public posts under an account, and calls direct ones private."""
    private = ours(ANSWERED, in_reply_to_id="9", visibility="private")
    connector, _ = connected({OUR_POSTS: said([]), HOME: said([private])}, software="snac")
    sent = tried(audience=Audience.DIRECT, answered=Audience.DIRECT)
    assert connector.find_published(sent) is not None


def test_a_first_attempt_needs_no_search() -> None:
    connector, town = connected({})
    assert connector.find_published(answer()) is None
    assert town.asked == []


def test_the_answered_post_of_another_channel_is_looked_up_for_the_search_too() -> None:
    found = status(33, uri="https://hill.example/posts/9")
    posts = said([ours(ANSWERED, in_reply_to_id="33")])
    connector, _ = connected({SEARCH: said({"statuses": [found]}), OUR_POSTS: posts})
    assert connector.find_published(tried(local_id="")) is not None


@pytest.mark.parametrize(
    ("kind", "flag", "verb"),
    [
        (ReactionKind.BOOST, "reblogged", "reblog"),
        (ReactionKind.FAVOURITE, "favourited", "favourite"),
    ],
)
def test_a_reaction_is_made_once(kind: ReactionKind, flag: str, verb: str) -> None:
    path = f"POST /api/v1/statuses/9/{verb}"
    connector, town = connected({"GET /api/v1/statuses/9": said(status(9)), path: said(status(9))})
    connector.react(kind, "9")
    assert town.paths.count(path) == 1
    connector, town = connected({"GET /api/v1/statuses/9": said(status(9) | {flag: True})})
    connector.react(kind, "9")
    assert path not in town.paths


def test_an_account_is_followed_by_its_local_id() -> None:
    connector, town = connected({"POST /api/v1/accounts/7/follow": said({"id": "7"})})
    connector.react(ReactionKind.FOLLOW, "7")
    assert town.paths == ["POST /api/v1/accounts/7/follow"]


def test_a_post_for_followers_cannot_be_boosted_and_says_so() -> None:
    connector, _ = connected(
        {
            "GET /api/v1/statuses/9": said(status(9)),
            "POST /api/v1/statuses/9/reblog": said({"error": "This action is not allowed"}, 403),
        }
    )
    with pytest.raises(Refused, match="not allowed"):
        connector.react(ReactionKind.BOOST, "9")


def test_every_request_has_a_line_of_its_own() -> None:
    """A server that closes kept lines silently would otherwise break writes half-way."""
    connector, town = connected({POST: said(status(77))})
    connector.publish(outgoing())
    assert town.asked[0].headers["connection"] == "close"


def test_mentions_of_ourselves_are_never_sent() -> None:
    us = Mention(uid="backstube@town.example", handle="@backstube@town.example")
    connector, town = connected({POST: said(status(77, mentions=naming("ada@hill.example")))})
    sent = answer()
    both = Answering(uid=sent.key, local_id="9", names=(us, ADA))
    connector.publish(outgoing(answering=both, first_tried_at=NOW - timedelta(hours=1)))
    assert sent_by(town)["status"] == "@ada@hill.example Gern geschehen"

"""Posts and notifications as they happen."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue

import httpx
import pytest

from resonanz.networks.mastodon import streaming
from resonanz.networks.mastodon.limits import SIGN_OF_LIFE_SECONDS
from resonanz.networks.mastodon.tests.town import (
    SERVER,
    Answer,
    connected,
    naming,
    note,
    said,
    status,
)
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Page
from resonanz.switchboard.trouble import (
    NotOffered,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
)

STREAM = "GET /api/v1/streaming/user"


class Line(httpx.SyncByteStream):
    """A line that says its pieces and then is silent until it is let go, or ends."""

    def __init__(self, *pieces: bytes, until: threading.Event | None = None) -> None:
        self.pieces = pieces
        self.until = until

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        assert self.until is None or self.until.wait(30), "nobody let go of a silent line"


def event(name: str, data: object) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"event: {name}\ndata: {text}\n\n".encode()


def streaming_answer(*pieces: bytes, until: threading.Event | None = None) -> httpx.Response:
    headers = {"content-type": "text/event-stream"}
    return httpx.Response(200, headers=headers, stream=Line(*pieces, until=until))


def pages_of(*pieces: bytes) -> list[Page]:
    """What a line gives after it was opened, until it ends."""
    connector, _ = connected({STREAM: streaming_answer(*pieces)}, streaming_url=SERVER)
    pages: list[Page] = []
    with suppress(TryLater):
        for page in connector.stream(threading.Event()):
            pages.append(page)
    opened, *told = pages
    assert opened == Page()
    return told


def test_posts_notifications_edits_and_deletions_arrive_as_pages_without_cursor() -> None:
    direct = status(12, visibility="direct", mentions=naming("backstube"))
    pages = pages_of(
        b":thump\n\n",
        event("update", status(10)),
        event("notification", note(3, status=direct)),
        event("notification", note(4, "favourite")),
        event("status.update", status(10, edited_at="2026-03-10T12:00:00Z")),
        event("delete", "10"),
        event("filters_changed", ""),
    )
    assert [len(page.posts) for page in pages] == [1, 1, 0, 1, 0, 0]
    assert pages[1].posts[0].is_direct_to_us
    assert len(pages[2].reactions) == 1
    assert pages[3].posts[0].edited_at is not None
    assert pages[4].gone_local == ("10",)
    assert all(page.cursor is None for page in pages)


def test_an_event_may_come_in_pieces_and_hold_any_line_separator() -> None:
    """U+2028 ends a line in Python, not in a stream of events."""
    whole = event("update", status(10, content="<p>eins\u2028zwei</p>"))
    pages = pages_of(whole[:40], whole[40:90], whole[90:])
    assert pages[0].posts[0].html == "<p>eins\u2028zwei</p>"


def test_a_broken_event_is_passed_over() -> None:
    pages = pages_of(event("update", "{broken"), event("update", status(11)))
    assert [len(page.posts) for page in pages] == [0, 1]


def test_the_stream_asks_for_a_line_without_end_with_our_token() -> None:
    connector, town = connected({STREAM: streaming_answer()}, streaming_url=SERVER)
    with pytest.raises(TryLater, match="ended the stream"):
        list(connector.stream(threading.Event()))
    assert town.asked[0].headers["authorization"] == "Bearer t0ken"
    assert town.asked[0].extensions["resonanz.endless"] is True


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (said({"error": "The access token is invalid"}, 401), SignInAgain),
        (said({"error": "x"}, 503), TryLater),
        (httpx.Response(200, html="<h1>Hallo</h1>"), Unreadable),
        (httpx.ConnectError("x"), TryLater),
        (httpx.ReadTimeout("x"), TryLater),
    ],
)
def test_a_stream_that_cannot_be_had_says_why(answer: Answer, trouble: type[Exception]) -> None:
    connector, _ = connected({STREAM: answer}, streaming_url=SERVER)
    with pytest.raises(trouble):
        list(connector.stream(threading.Event()))


def test_stop_ends_a_silent_stream_soon() -> None:
    silent, stop = threading.Event(), threading.Event()
    answer = streaming_answer(event("update", status(10)), until=silent)
    connector, _ = connected({STREAM: answer}, streaming_url=SERVER)
    pages = connector.stream(stop)
    assert [len(next(pages).posts) for _ in range(2)] == [0, 1]
    threading.Timer(0.1, stop.set).start()
    assert list(pages) == []
    silent.set()


def test_an_open_line_says_so_before_anything_happens() -> None:
    silent, stop = threading.Event(), threading.Event()
    connector, _ = connected({STREAM: streaming_answer(until=silent)}, streaming_url=SERVER)
    assert next(connector.stream(stop)) == Page()
    silent.set()


def test_a_line_that_is_not_open_yet_gives_no_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "SIGN_OF_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(streaming, "LOOK_AT_STOP_EVERY_SECONDS", 0.01)
    heard: SimpleQueue[Page | Trouble] = SimpleQueue()
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    assert list(streaming._until_stopped(heard, stop)) == []


def test_signs_of_life_come_more_often_than_the_contract_asks() -> None:
    assert SIGN_OF_LIFE_SECONDS + streaming.LOOK_AT_STOP_EVERY_SECONDS < 30


def test_a_server_without_streaming_does_not_offer_it() -> None:
    connector, town = connected({}, streaming_url="")
    assert Can.STREAM not in connector.can
    with pytest.raises(NotOffered):
        list(connector.stream(threading.Event()))
    assert town.asked == []

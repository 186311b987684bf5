"""What every answer and every broken line means, on every network that does not say otherwise."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from resonanz.switchboard.decoding import NOT_AS_ASKED
from resonanz.switchboard.http import (
    LINE_BROKE,
    NO_CONNECTION,
    NOT_IN_TIME,
    decode,
    reason_of,
    retry_after,
    send,
    trouble_of,
)
from resonanz.switchboard.shapes import Shape
from resonanz.switchboard.trouble import (
    Gone,
    Refused,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
    Unsure,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
URL = "https://town.example/api"


class Greeting(Shape):
    """What the pretended server says."""

    word: str
    times: int = 1


def answering(response: httpx.Response | Exception) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return response

    return httpx.Client(transport=httpx.MockTransport(answer))


def ask(response: httpx.Response | Exception, *, writing: bool = False) -> httpx.Response:
    with answering(response) as http:
        method = "POST" if writing else "GET"
        return send(http, method, URL, writing=writing, now=NOW)


@pytest.mark.parametrize(
    ("status", "reading", "writing"),
    [
        (400, Refused, Refused),
        (401, SignInAgain, SignInAgain),
        (403, Refused, Refused),
        (404, Gone, Gone),
        (408, TryLater, TryLater),
        (409, Refused, Refused),
        (410, Gone, Gone),
        (422, Refused, Refused),
        (425, TryLater, TryLater),
        (429, TryLater, TryLater),
        (500, TryLater, Unsure),
        (502, TryLater, Unsure),
        (503, TryLater, TryLater),
        (504, TryLater, Unsure),
    ],
)
def test_each_status_means_one_trouble(
    status: int, reading: type[Trouble], writing: type[Trouble]
) -> None:
    for is_writing, meant in ((False, reading), (True, writing)):
        with pytest.raises(Trouble) as trouble:
            ask(httpx.Response(status), writing=is_writing)
        assert type(trouble.value) is meant


@pytest.mark.parametrize("status", [200, 201, 202, 204, 304])
def test_a_good_answer_is_given_as_it_came(status: int) -> None:
    assert ask(httpx.Response(status)).status_code == status


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_told_from_a_line_that_is_down(status: int) -> None:
    with pytest.raises(TryLater) as busy:
        ask(httpx.Response(status))
    with pytest.raises(TryLater) as down:
        ask(httpx.ConnectError("no route"))
    assert (busy.value.is_overload, down.value.is_overload) == (True, False)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 120 "}, 120),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": format_datetime(NOW + timedelta(minutes=2), usegmt=True)}, 120),
        ({"Retry-After": format_datetime(NOW - timedelta(minutes=2), usegmt=True)}, 0),
        ({"Retry-After": str(int(NOW.timestamp()) + 120)}, 120),
        ({"X-RateLimit-Reset": (NOW + timedelta(minutes=2)).isoformat()}, 120),
        ({"X-RateLimit-Reset": "2026-03-02T09:02:00.000000Z"}, 120),
        ({"X-RateLimit-Reset": "2026-03-02T09:02:00"}, 120),
        ({"RateLimit-Reset": str(int(NOW.timestamp()) + 120)}, 120),
        ({"Retry-After": "60", "X-RateLimit-Reset": "2026-03-02T10:00:00Z"}, 60),
    ],
)
def test_the_pause_is_read_in_every_form(headers: dict[str, str], seconds: int) -> None:
    response = httpx.Response(429, headers=headers)
    trouble = trouble_of(response, writing=False, now=NOW)
    assert isinstance(trouble, TryLater)
    assert trouble.after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers", [{}, {"Retry-After": ""}, {"Retry-After": "soon"}, {"Retry-After": "-5"}]
)
def test_no_pause_is_made_up(headers: dict[str, str]) -> None:
    assert retry_after(httpx.Headers(headers), NOW) is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error": "Text is too long"}', "Text is too long"),
        (b'{"error": "invalid", "error_description": "The code is old."}', "The code is old."),
        (b'{"code": "no", "message": "Comments are closed."}', "Comments are closed."),
        (b'{"error": {"code": 7}}', "422 Unprocessable Entity"),
        (b'["error"]', "422 Unprocessable Entity"),
        (b"<html>", "422 Unprocessable Entity"),
        (b"\xff\xfe", "422 Unprocessable Entity"),
        (b"", "422 Unprocessable Entity"),
    ],
)
def test_the_reason_is_in_the_servers_own_words(body: bytes, reason: str) -> None:
    assert reason_of(httpx.Response(422, content=body)) == reason


def test_a_long_reason_is_cut() -> None:
    assert len(reason_of(httpx.Response(422, json={"error": "x" * 5000}))) == 300


@pytest.mark.parametrize("scheme", ["Bearer ", "Basic ", ""])
def test_a_server_that_quotes_our_token_is_not_repeated(scheme: str) -> None:
    request = httpx.Request("GET", URL, headers={"Authorization": f"{scheme}s3cret-4711"})
    told = {"error": "The token s3cret-4711 has ended"}
    reason = reason_of(httpx.Response(401, json=told, request=request))
    assert reason == "The token … has ended"


@pytest.mark.parametrize(
    ("error", "reading", "writing"),
    [
        (httpx.ReadError("x"), TryLater, Unsure),
        (httpx.ReadTimeout("x"), TryLater, Unsure),
        (httpx.WriteError("x"), TryLater, Unsure),
        (httpx.RemoteProtocolError("x"), TryLater, Unsure),
        (ConnectionResetError("x"), TryLater, Unsure),
        (httpx.ConnectError("x"), TryLater, TryLater),
        (httpx.ConnectTimeout("x"), TryLater, TryLater),
        (httpx.PoolTimeout("x"), TryLater, TryLater),
    ],
)
def test_a_write_that_may_have_been_heard_is_unsure(
    error: Exception, reading: type[Trouble], writing: type[Trouble]
) -> None:
    for is_writing, meant in ((False, reading), (True, writing)):
        with pytest.raises(Trouble) as trouble:
            ask(error, writing=is_writing)
        assert type(trouble.value) is meant
        assert trouble.value.__cause__ is error


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (httpx.ConnectError("x"), NO_CONNECTION),
        (httpx.PoolTimeout("x"), NO_CONNECTION),
        (httpx.ReadTimeout("x"), NOT_IN_TIME),
        (httpx.ReadError("x"), LINE_BROKE),
        (ConnectionResetError("x"), LINE_BROKE),
    ],
)
def test_a_broken_line_is_told_in_a_sentence(
    error: Exception, sentence: str, writing: bool
) -> None:
    """Pages show the reason, so the name of a class of Python has no place in it."""
    with pytest.raises(Trouble) as trouble:
        ask(error, writing=writing)
    assert trouble.value.reason == sentence


def test_an_address_that_is_none_is_refused() -> None:
    with answering(httpx.Response(200)) as http, pytest.raises(Refused):
        send(http, "GET", "https://town.example:port/", writing=False, now=NOW)


def test_a_body_becomes_a_shape() -> None:
    response = ask(httpx.Response(200, json={"word": "Moin", "times": "2", "more": []}))
    assert decode(response, Greeting) == Greeting(word="Moin", times=2)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"times": 2}', b'{"word": null}', b'{"word": "\xff"}']
)
def test_a_body_that_is_none_is_unreadable_and_not_quoted(body: bytes) -> None:
    response = ask(httpx.Response(200, content=body))
    with pytest.raises(Unreadable) as trouble:
        decode(response, Greeting)
    assert trouble.value.reason == NOT_AS_ASKED

"""A library that brings `requests` speaks through the client that was handed in."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import requests

from resonanz.switchboard.requests_adapter import (
    RequestsAdapter,
    requests_session,
    trouble_behind,
)
from resonanz.switchboard.trouble import Gone, Refused, Trouble, TryLater, Unreadable, Unsure

URL = "https://town.example/x"


class Wire:
    """Answers everything with one answer, and remembers what was asked."""

    def __init__(self, answer: httpx.Response | Exception) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []
        self.http = httpx.Client(
            transport=httpx.MockTransport(self), headers={"User-Agent": "Resonanz"}
        )

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def session_on(answer: httpx.Response | Exception) -> tuple[requests.Session, Wire]:
    wire = Wire(answer)
    return requests_session(RequestsAdapter(wire.http)), wire


def test_a_request_arrives_as_it_was_made_and_the_answer_as_it_was_given() -> None:
    answer = httpx.Response(201, json={"a": "ü"}, headers={"Link": "<x>; rel=next"})
    session, wire = session_on(answer)
    found = session.post(URL, data={"status": "Grüße & mehr"}, headers={"X-Key": "1"})
    assert (found.status_code, found.json(), found.headers["link"]) == (
        201,
        {"a": "ü"},
        "<x>; rel=next",
    )
    (request,) = wire.asked
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.content == b"status=Gr%C3%BC%C3%9Fe+%26+mehr"
    assert request.headers["x-key"] == "1"
    assert request.headers["user-agent"] == "Resonanz"


def test_files_arrive_too() -> None:
    session, wire = session_on(httpx.Response(200))
    session.post(URL, files={"file": ("a.txt", b"inhalt")})
    assert b"inhalt" in wire.asked[0].content


@pytest.mark.parametrize(
    ("answer", "reading", "writing"),
    [
        (httpx.ReadError("x"), TryLater, Unsure),
        (httpx.ConnectError("x"), TryLater, TryLater),
        (httpx.Response(500), TryLater, Unsure),
        (httpx.Response(404), Gone, Gone),
        (httpx.Response(422), Refused, Refused),
    ],
)
def test_troubles_are_told_apart_when_reading_and_when_writing(
    answer: httpx.Response | Exception, reading: type[Trouble], writing: type[Trouble]
) -> None:
    session, _ = session_on(answer)
    with pytest.raises(reading):
        session.get(URL)
    with pytest.raises(writing):
        session.post(URL)


def test_a_pause_is_counted_by_the_clock_that_was_handed_in() -> None:
    wire = Wire(httpx.Response(429, headers={"Retry-After": "Tue, 10 Mar 2026 12:01:00 GMT"}))
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    session = requests_session(RequestsAdapter(wire.http, clock=lambda: noon))
    with pytest.raises(TryLater) as found:
        session.get(URL)
    assert found.value.after is not None
    assert found.value.after.total_seconds() == 60


def test_a_stand_in_hides_the_body_from_the_library_and_keeps_the_answer() -> None:
    wire = Wire(httpx.Response(200, content=b"real"))
    adapter = RequestsAdapter(wire.http, stand_in=b"{}")
    with pytest.raises(LookupError):
        _ = adapter.answer
    assert requests_session(adapter).get(URL).content == b"{}"
    assert adapter.answer.content == b"real"


def test_neither_netrc_nor_proxies_of_the_environment_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login ada password geheim\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
    session, wire = session_on(httpx.Response(200))
    session.get(URL)
    assert "authorization" not in wire.asked[0].headers
    assert wire.asked[0].url.host == "town.example"


def test_only_web_addresses_are_spoken_to() -> None:
    session, _ = session_on(httpx.Response(200))
    with pytest.raises(requests.exceptions.InvalidSchema):
        session.get("ftp://town.example/x")


def wrapped(inner: Trouble | ValueError) -> Exception:
    try:
        try:
            raise inner
        except (Trouble, ValueError):
            raise RuntimeError("quoting a whole payload")  # noqa: B904  (as libraries do)
    except RuntimeError as error:
        return error


def test_a_trouble_is_found_however_a_library_wraps_it() -> None:
    trouble = Unsure("ReadError")
    assert trouble_behind(wrapped(trouble)) is trouble
    assert trouble_behind(trouble) is trouble


def test_without_a_trouble_the_answer_is_unreadable_and_not_quoted() -> None:
    found = trouble_behind(wrapped(ValueError("x")))
    assert isinstance(found, Unreadable)
    assert "payload" not in found.reason

"""Telling a page that one of ours links to it."""

from urllib.parse import parse_qs
from xmlrpc.client import Fault, dumps, loads

import httpx
import pytest

from resonanz.networks.webmention.limits import PINGS_COME_EVERY
from resonanz.networks.webmention.tests.world import RYE, World
from resonanz.switchboard.shapes import Endpoints
from resonanz.switchboard.trouble import Refused, TryLater, Unreadable

ENDPOINT = "https://ada.example/hook?site=1"
TARGET = "https://ada.example/notes/1"


def told(answer: httpx.Response, endpoints: Endpoints) -> httpx.Request:
    world = World({ENDPOINT: answer})
    world.connector.tell_of_link(endpoints, RYE, TARGET)
    return world.wire.requests[-1]


def test_a_webmention_is_a_form_and_the_query_of_the_endpoint_stays_where_it_is() -> None:
    request = told(httpx.Response(202), Endpoints(webmention=ENDPOINT, pingback=ENDPOINT))
    assert str(request.url) == ENDPOINT
    assert parse_qs(request.content.decode()) == {"source": [RYE], "target": [TARGET]}


def test_a_pingback_is_a_call_with_two_addresses() -> None:
    answer = httpx.Response(200, content=dumps(("Thanks",), methodresponse=True).encode())
    request = told(answer, Endpoints(pingback=ENDPOINT))
    assert loads(request.content.decode()) == ((RYE, TARGET), "pingback.ping")


def fault(code: int, words: str) -> httpx.Response:
    return httpx.Response(200, content=dumps(Fault(code, words), methodresponse=True).encode())


@pytest.mark.parametrize("code", [48, 409])
def test_that_the_link_is_known_already_is_a_good_answer(code: int) -> None:
    """By the specification, and as WordPress says of every comment that it has already."""
    told(fault(code, "Already registered"), Endpoints(pingback=ENDPOINT))


def test_a_blog_that_takes_no_two_pings_within_seconds_is_told_a_little_later() -> None:
    with pytest.raises(TryLater) as slow:
        told(fault(429, "Slow down."), Endpoints(pingback=ENDPOINT))
    assert (slow.value.reason, slow.value.after) == ("Slow down.", PINGS_COME_EVERY)


@pytest.mark.parametrize(
    ("answer", "endpoints", "trouble"),
    [
        (httpx.Response(400, text="No."), Endpoints(webmention=ENDPOINT), Refused),
        (httpx.Response(500), Endpoints(webmention=ENDPOINT), TryLater),
        (httpx.Response(200, content=b"Thanks"), Endpoints(pingback=ENDPOINT), Unreadable),
        (fault(17, "No link"), Endpoints(pingback=ENDPOINT), Refused),
        (fault(50, "The database is gone"), Endpoints(pingback=ENDPOINT), TryLater),
    ],
)
def test_what_goes_wrong_becomes_the_right_trouble(
    answer: httpx.Response, endpoints: Endpoints, trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        told(answer, endpoints)


def test_a_bomb_of_entities_in_an_answer_is_not_read() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b"<methodResponse><params><param><value>&b;</value></param></params></methodResponse>"
    )
    with pytest.raises(Unreadable):
        told(httpx.Response(200, content=bomb), Endpoints(pingback=ENDPOINT))

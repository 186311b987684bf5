"""Telling a page that one of ours links to it."""

from urllib.parse import parse_qs
from xmlrpc.client import Fault, dumps, loads

import httpx
import pytest

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


def test_that_the_link_is_known_already_is_a_good_answer() -> None:
    known = dumps(Fault(48, "Already registered"), methodresponse=True).encode()
    told(httpx.Response(200, content=known), Endpoints(pingback=ENDPOINT))


@pytest.mark.parametrize(
    ("answer", "endpoints", "trouble"),
    [
        (httpx.Response(400, text="No."), Endpoints(webmention=ENDPOINT), Refused),
        (httpx.Response(500), Endpoints(webmention=ENDPOINT), TryLater),
        (httpx.Response(200, content=b"Thanks"), Endpoints(pingback=ENDPOINT), Unreadable),
        (
            httpx.Response(200, content=dumps(Fault(17, "No link"), methodresponse=True).encode()),
            Endpoints(pingback=ENDPOINT),
            Refused,
        ),
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

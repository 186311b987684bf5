"""The public doors: what strangers may tell, and what they are answered."""

from xmlrpc.client import Fault, dumps, loads

import pytest
from django.http import HttpResponse
from django.test import Client

from resonanz.mentions import receiving
from resonanz.mentions.models import Endpoint, ReceivedMention
from resonanz.mentions.tests.web import ENGLISH, Web, received, tell

SOURCE = "https://ada.example/1"
State = ReceivedMention.State


def rye(web: Web) -> str:
    return web.our_address("/rye")


def ping(endpoint: Endpoint, body: bytes) -> HttpResponse:
    stranger = Client(enforce_csrf_checks=True, headers=ENGLISH)
    path = f"/pingback/{endpoint.token}"
    return stranger.post(path, body, content_type="text/xml")  # type: ignore[return-value]


def fault_of(answer: HttpResponse) -> int:
    with pytest.raises(Fault) as told:
        loads(answer.content.decode())
    return int(told.value.faultCode)


def test_a_link_is_taken_without_being_believed(endpoint: Endpoint, web: Web) -> None:
    """It waits; the sender gets an address at which he sees what becomes of it."""
    answer = tell(endpoint, SOURCE, rye(web))
    assert (answer.status_code, received().state) == (201, State.WAITING)
    assert received().source_host == "ada.example"
    status = answer["Location"].partition("/webmention/")[2]
    seen = Client(headers=ENGLISH).get(f"/webmention/{status}")
    assert (seen.status_code, "looked at soon" in seen.content.decode()) == (200, True)
    assert seen["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("", "/rye", "“source” is missing"),
        (SOURCE, "", "“target” is missing"),
        ("ada.example", "/rye", "no address"),
        ("ftp://ada.example/1", "/rye", "no address"),
        ("javascript:alert(1)", "/rye", "no address"),
        (f"https://ada.example/{'x' * 1000}", "/rye", "no address"),
        (SOURCE, "https://elsewhere.example/", "no page of 127.0.0.1"),
        ("/rye", "/rye#dough", "same page"),
        ("/other", "/rye", "our own pages"),
        ("https://shop.bakery.example/", "/rye", "our own pages"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence(
    endpoint: Endpoint, web: Web, source: str, target: str, words: str
) -> None:
    filled = [web.our_address(one) if one.startswith("/") else one for one in (source, target)]
    answer = tell(endpoint, *filled)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ReceivedMention.objects.exists()


def test_a_domain_of_the_workspace_is_ours_as_well(endpoint: Endpoint) -> None:
    assert tell(endpoint, SOURCE, "https://www.bakery.example/rye").status_code == 201


def test_the_same_pair_again_is_looked_at_again_and_not_kept_twice(
    endpoint: Endpoint, web: Web
) -> None:
    for _ in range(3):
        assert tell(endpoint, SOURCE, rye(web)).status_code == 201
    row = received()
    ReceivedMention.objects.update(state=State.KEPT, looked_at=row.asked_at)
    tell(endpoint, SOURCE, rye(web))
    again = received()
    assert (again.pk, again.state) == (row.pk, State.WAITING)
    assert again.due_at >= row.asked_at + receiving.LOOK_AGAIN_AFTER


def test_nobody_knows_the_door_by_guessing_and_nobody_fills_it(
    endpoint: Endpoint, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().post("/webmention/guessed").status_code == 404
    assert Client(headers=ENGLISH).get("/webmention/status/guessed").status_code == 404
    door = f"/webmention/{endpoint.token}"
    assert Client(headers=ENGLISH).get(door).status_code == 200
    assert Client().post(door, {"source": "x" * 30_000}).status_code == 413
    monkeypatch.setattr(receiving, "A_HOST_IN_AN_HOUR", 2)
    found = [tell(endpoint, f"{SOURCE}{n}", rye(web)) for n in range(3)]
    assert [answer.status_code for answer in found] == [201, 201, 429]
    assert found[2]["Retry-After"]
    assert tell(endpoint, "https://bob.example/1", rye(web)).status_code == 201
    monkeypatch.setattr(receiving, "MOST_WAITING", 3)
    assert tell(endpoint, "https://cleo.example/1", rye(web)).status_code == 503


def test_a_pingback_is_taken_like_a_webmention(endpoint: Endpoint, web: Web) -> None:
    answer = ping(endpoint, dumps((SOURCE, rye(web)), "pingback.ping").encode())
    (words,), _ = loads(answer.content.decode())
    assert "looked at soon" in str(words)
    assert (received().way, received().source) == ("pingback", SOURCE)


def test_a_pingback_that_cannot_be_true_is_a_fault(endpoint: Endpoint) -> None:
    elsewhere = dumps((SOURCE, "https://elsewhere.example/"), "pingback.ping")
    assert fault_of(ping(endpoint, elsewhere.encode())) == 33
    assert fault_of(ping(endpoint, dumps((), "system.listMethods").encode())) == -32601
    assert fault_of(ping(endpoint, b"source=x")) == -32700
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><methodCall><methodName>&a;</methodName></methodCall>'
    assert fault_of(ping(endpoint, bomb)) == -32700
    assert not ReceivedMention.objects.exists()


def test_too_many_from_one_place_are_told_to_wait(endpoint: Endpoint, web: Web) -> None:
    codes = {tell(endpoint, SOURCE, rye(web)).status_code for _ in range(61)}
    assert codes == {201, 429}

"""What is handed in: too much of it, numbers that are none, pictures that are bombs."""

import asyncio
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from resonanz.house.asgi import application
from resonanz.house.request_size import LimitedBody, Message
from resonanz.house.tests.every_address import (
    OF_A_THING,
    OF_A_WORKSPACE,
    OPEN,
    OWN_LOGIN,
    address,
    filled_in,
    patterns_of,
    read_whole,
)
from resonanz.house.tests.things import Things
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

SCOPE: dict[str, Any] = {"type": "http", "headers": []}
NO_IDS = ["9" * 25, "9" * 5000, "²", "٣", "-1", "1e3", "0x1", "", "1;DROP TABLE"]


def answer_to(sizes: list[int], headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """The status, and how many bytes were taken, of a body in pieces of these sizes."""
    taken, sent = 0, []
    pieces = [{"type": "http.request", "body": b"x" * size, "more_body": True} for size in sizes]
    pieces.append({"type": "http.request", "body": b"", "more_body": False})

    async def reads_all(_scope: Message, receive: Any, send: Any) -> None:
        nonlocal taken
        while (message := await receive())["type"] != "http.disconnect":
            taken += len(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = SCOPE | {"headers": headers}
    asyncio.run(LimitedBody(reads_all, most_bytes=1000)(scope, receive, send))
    return next(one["status"] for one in sent if "status" in one), taken


def test_a_request_of_the_largest_size_passes() -> None:
    assert answer_to([400, 600], [(b"content-length", b"1000")]) == (200, 1000)


def test_more_than_that_is_refused_by_its_announcement() -> None:
    """Nothing of it is taken."""
    assert answer_to([2000], [(b"content-length", b"2000")]) == (413, 0)


def test_more_than_that_is_cut_off_without_an_announcement() -> None:
    assert answer_to([600] * 1000, [(b"transfer-encoding", b"chunked")]) == (413, 600)


def test_the_house_itself_stands_behind_it() -> None:
    assert isinstance(application, LimitedBody)


@pytest.mark.parametrize("told", NO_IDS)
def test_what_is_no_number_breaks_no_page(
    things: Things, alice: Member, client_of: ClientOf, told: str
) -> None:
    """Ids in forms and addresses are whatever somebody writes there."""
    client = client_of(alice)
    client.raise_request_exception = False
    talk, post = things.conversation.pk, things.post.pk
    draft = f"/outbox/drafts/{things.draft.pk}/"
    box = {"text": "x", "audience": "public", "language": "en", "page": "p", "keep": "1"}
    tries: list[tuple[str, dict[str, Any]]] = [
        (f"/conversations/{talk}/move/", {"do": "give", "to": told}),
        ("/conversations/move/", {"do": "done", "pk": told}),
        (f"/conversations/posts/{post}/react/", {"kind": "favourite", "channel": told}),
        (draft, box | {"remove": told}),
        (draft, box | {"put_in": told}),
        (draft, box | {f"description-{told}": "x"}),
        (draft, box | {"channels": told, "voice": told}),
        ("/channels/connect/pretend/", {"again": told}),
        ("/security/sessions/", {"session": told}),
    ]
    asked = [
        "channels/?before=",
        "conversations/?where=channel:",
        "conversations/?who=",
        "trail/?member=",
    ]
    asked += [
        "search/?q=a&before=",
        f"conversations/{talk}/?post=",
        "outbox/?before=",
        "people/?before=",
    ]
    statuses = {}
    for where, form in tries:
        with transaction.atomic():
            statuses[where, *form] = client.post(where, form).status_code
            transaction.set_rollback(True)
    for where in asked:
        statuses[where,] = client.get(f"/{where}{told}").status_code
    assert {where: status for where, status in statuses.items() if status >= 500} == {}


def test_every_form_asks_for_the_token(things: Things, alice: Member) -> None:
    """What comes without is open to everybody: see the test below."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    names = [*OF_A_WORKSPACE, *OF_A_THING, *OPEN, *OWN_LOGIN]
    for headers in ({}, {"HX-Request": "true"}, {"Origin": "https://evil.example"}):
        statuses = {}
        for name in set(names) - {"letters-stop"}:
            where = address(name, things)
            with transaction.atomic():
                statuses[name] = client.post(where, filled_in(things), headers=headers).status_code
                transaction.set_rollback(True)
        # 405: there is no form. 404: the set-up is over, or the thing is not there.
        assert {name for name, status in statuses.items() if status not in (403, 404, 405)} == set()
        assert sum(status == 403 for status in statuses.values()) > 100


def test_only_the_link_of_letters_and_the_doors_for_links_are_free_of_the_token() -> None:
    """One click of a mail program brings a link; at the doors nobody is signed in."""
    free = [
        pattern.name
        for pattern in patterns_of(get_resolver())
        if getattr(pattern.callback, "csrf_exempt", False)
    ]
    assert set(free) == {"letters-stop", "pingback", "webmention"}


def test_every_answer_is_shut_in(things: Things, alice: Member, client_of: ClientOf) -> None:
    """No frame, no foreign script, no guessing of types, no other site that may read it."""
    client = client_of(alice)
    for name in [*OF_A_WORKSPACE, *OF_A_THING]:
        answer = client.get(address(name, things), headers={"Origin": "https://evil.example"})
        read_whole(answer)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert "Access-Control-Allow-Origin" not in answer, name
    signed_in = Client().post("/sign-in/", {"login": alice.user.email, "password": PASSWORD})
    session = signed_in.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"

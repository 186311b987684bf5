"""Doors that somebody tries who has no business there, or no more."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from resonanz.workspaces.membership import change_role, invite, leave
from resonanz.workspaces.models import Invitation, Member
from resonanz.workspaces.sign_in_actions import forget_ended_sessions
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf


@pytest.fixture(autouse=True)
def nobody_failed_before(db: None) -> Iterator[None]:
    """The counts of wrong passwords are kept in the cache."""
    cache.clear()
    yield
    cache.clear()


HERS = "alice@bakery.example"


def tried(door: Client, password: str, *, address: str = HERS, **told: Any) -> str:
    """The page after signing in; `told` are headers as WSGI names them."""
    answer = door.post("/sign-in/", {"login": address, "password": password}, **told)
    return answer.content.decode()


def test_another_host_or_place_gives_no_more_tries(alice: Member, settings: Settings) -> None:
    """Whoever asks chooses the Host header, and may have many addresses."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "a.example", "b.example"]
    hosts = ["localhost", "127.0.0.1", "[::1]", "localhost:1", "a.example"]
    for number, host in enumerate(hosts):
        tried(Client(), "wrong", HTTP_HOST=host, REMOTE_ADDR=f"198.51.100.{number}")
    door = Client(headers={"accept-language": "en"})
    page = tried(door, PASSWORD, HTTP_HOST="b.example", REMOTE_ADDR="198.51.100.77")
    assert "There were too many wrong passwords" in page


def test_another_spelling_of_the_address_gives_no_more_tries(alice: Member) -> None:
    for number, address in enumerate(("alice@bakery.example", "ALICE@bakery.example") * 3):
        tried(Client(), "wrong", address=f" {address} ", REMOTE_ADDR=f"198.51.100.{number}")
    page = tried(Client(headers={"accept-language": "en"}), PASSWORD, REMOTE_ADDR="198.51.100.77")
    assert "There were too many wrong passwords" in page


def test_what_a_visitor_claims_about_his_place_is_not_believed(alice: Member) -> None:
    """Ten wrong ones from one place in a minute, whatever X-Forwarded-For says."""
    for number in range(10):
        claimed = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"}
        tried(Client(), "wrong", address=f"nobody{number}@bakery.example", **claimed)
    door = Client(headers={"accept-language": "en"})
    page = tried(door, PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.200")
    assert "There were too many wrong passwords" in page


def test_who_left_cannot_come_back_by_her_own_invitation(alice: Member, berta: Member) -> None:
    invitation, secret = invite(member=berta, role=Member.Role.OWNER, language="de")
    leave(member=berta, by=alice)
    assert not Invitation.objects.open().filter(pk=invitation.pk).exists()
    assert Client().get(f"/invitation/{secret}/").status_code == 404


def test_who_looks_after_no_more_has_no_open_invitations(alice: Member, berta: Member) -> None:
    invite(member=berta, role=Member.Role.OWNER, language="de")
    kept, _secret = invite(member=alice, role=Member.Role.GUEST, language="de")
    change_role(member=berta, role=Member.Role.COLLEAGUE, by=alice)
    assert list(Invitation.objects.open()) == [kept]


def test_a_role_that_was_lowered_counts_at_once(
    alice: Member, berta: Member, client_of: ClientOf
) -> None:
    """In the session that is open as well."""
    client = client_of(berta)
    assert client.get("/trail/").status_code == 200
    change_role(member=berta, role=Member.Role.GUEST, by=alice)
    for where in ("/trail/", "/people/", "/outbox/", "/members/"):
        assert client.get(where).status_code == 404


def test_sessions_that_are_over_are_thrown_away(alice: Member, client_of: ClientOf) -> None:
    """What somebody wrote when hers had ended lies in one."""
    over = SessionStore()
    over["kept_writing"] = {"fields": [["text", "Dear Ada"]]}
    over.set_expiry(timezone.now() - timedelta(hours=1))
    over.save()
    alive = client_of(alice)
    forget_ended_sessions()
    assert [row.session_key for row in Session.objects.all()] == [alive.session.session_key]
    assert set(UserSession.objects.values_list("session_key", flat=True)) <= {
        alive.session.session_key
    }


def test_signing_in_changes_the_session(alice: Member) -> None:
    """A session that somebody put into her browser beforehand opens nothing."""
    door = Client()
    door.get("/sign-in/?next=/settings/")
    session = door.session
    session["planted"] = True
    session.save()
    before = session.session_key
    tried(door, PASSWORD)
    assert door.get("/settings/").status_code == 200
    assert door.session.session_key != before


def test_opening_the_address_signs_nobody_out(alice: Member, client_of: ClientOf) -> None:
    """A picture in somebody's page could ask for it."""
    client = client_of(alice)
    client.get("/sign-out/")
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\t//evil.example",
    ],
)
def test_no_form_leads_out_of_the_house(alice: Member, client_of: ClientOf, told: str) -> None:
    answers = [
        Client().post("/sign-in/", {"login": alice.user.email, "password": PASSWORD, "next": told}),
        Client().post("/language/", {"language": "en", "next": told}),
        client_of(alice).post("/conversations/move/", {"do": "done", "next": told}),
        Client().get("/sign-in/", {"next": told}),
    ]
    for answer in answers:
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")

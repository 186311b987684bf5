"""Signing in with the organisation's provider, against a scripted wire."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from resonanz.house.settings import sign_in
from resonanz.plumbing.tests.loopback import Asked, serving
from resonanz.workspaces.models import Member, TrailEntry, User
from resonanz.workspaces.sign_in_actions import ask_for_second_step
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

CLIENT = "resonanz-tests"


@dataclass
class Wire:
    """What the scripted provider says; tests change it."""

    address: str = ""
    nonce: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    config_status: int = 200
    config_body: bytes | None = None
    token_status: int = 200

    def answer(self, asked: Asked) -> None:
        path = urlsplit(asked.path).path
        asked.give(*self._for(path), content_type="application/json")

    def _for(self, path: str) -> tuple[bytes, int]:
        if path == "/.well-known/openid-configuration":
            body = json.dumps(self._config()).encode()
            return body if self.config_body is None else self.config_body, self.config_status
        if path == "/token":
            proof = {"iss": self.address, "aud": CLIENT, "exp": int(time.time()) + 60}
            token = jwt.encode({**proof, "nonce": self.nonce, **self.told}, "k" * 32, "HS256")
            found = {"access_token": "a", "token_type": "Bearer", "id_token": token}
            return json.dumps(found).encode(), self.token_status
        return json.dumps(self.info).encode(), 200

    def _config(self) -> dict[str, Any]:
        places = {"authorization": "auth", "token": "token", "userinfo": "me"}
        found = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in places.items()}
        return {**found, "issuer": self.address, "jwks_uri": f"{self.address}/keys"}

    def is_about(self, uid: str, email: str, *, verified: Any = True) -> None:
        self.told = {"sub": uid}
        self.info = {"sub": uid, "email": email, "email_verified": verified, "name": "Somebody"}


def read_settings() -> None:
    address = sign_in.provider_address()
    sign_in.provider_only(address)
    sign_in.providers(address)


@contextmanager
def provider_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A provider on loopback that the settings know."""
    wire = Wire()
    with serving(wire.answer) as served:
        wire.address = served.address
        told = {"ADDRESS": served.address, "CLIENT": CLIENT, "SECRET": "s", "NAME": "Guildhall"}
        for name, value in told.items():
            monkeypatch.setenv(f"RESONANZ_OIDC_{name}", value)
        settings.RESONANZ_OIDC_ADDRESS = sign_in.provider_address()
        settings.SOCIALACCOUNT_PROVIDERS = sign_in.providers(served.address)
        yield wire


@pytest.fixture
def wire(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    cache.clear()
    with provider_at(settings, monkeypatch) as found:
        found.is_about("u-1", "alice@bakery.example")
        yield found
    cache.clear()


@pytest.fixture
def door() -> Client:
    return Client(headers={"accept-language": "en"})


def leave(door: Client, query: str = "") -> dict[str, str]:
    """Press the button. Gives what the provider is asked."""
    answer = door.get(f"/sign-in/with/house/{query}")
    assert answer.status_code == 302
    return {
        name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()
    }


def come_back(door: Client, wire: Wire, query: str = "", **changed: str) -> Any:
    """Leave and come back with what the provider says."""
    asked = leave(door, query)
    wire.nonce = changed.pop("nonce", asked["nonce"])
    told = {"code": "c", "state": asked["state"], **changed}
    return door.get("/sign-in/with/house/back/", told)


def test_the_question_carries_state_nonce_and_proof_key(wire: Wire, door: Client) -> None:
    """The code flow with PKCE; nothing is taken from the address line."""
    asked = leave(door, "?auth_params=prompt%3Dnone&scope=admin")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) == 32
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked


def test_whom_the_house_knows_comes_in(wire: Wire, alice: Member, door: Client) -> None:
    """By her verified address, in whatever case; the tie is kept and stands in the trail."""
    wire.is_about("u-1", "Alice@Bakery.example")
    answer = come_back(door, wire, "?next=/people/")
    assert answer["Location"] == "/people/"
    assert door.get("/settings/").status_code == 200
    assert SocialAccount.objects.get().user == alice.user
    assert TrailEntry.objects.latest("pk").verb == "tied to the provider"
    alice.user.refresh_from_db()
    assert alice.user.check_password(PASSWORD)


def test_a_tie_holds_when_the_address_changes(wire: Wire, alice: Member, door: Client) -> None:
    """The provider's own name for her counts from then on."""
    come_back(door, wire)
    wire.is_about("u-1", "somewhere@else.example", verified=False)
    other = Client()
    assert come_back(other, wire)["Location"] == "/"


def test_a_stranger_is_told_kindly(wire: Wire, alice: Member, door: Client) -> None:
    """No login is made."""
    wire.is_about("u-9", "nobody@else.example")
    answer = come_back(door, wire)
    assert answer.status_code == 403
    assert "entered by invitation" in answer.content.decode()
    assert User.objects.count() == 1
    assert door.get("/settings/").status_code == 302


@pytest.mark.parametrize("verified", [False, "false", None, 0])
def test_an_address_that_is_not_verified_opens_nothing(
    wire: Wire, alice: Member, door: Client, verified: Any
) -> None:
    """Anybody could have typed it there."""
    wire.is_about("u-9", "alice@bakery.example", verified=verified)
    assert come_back(door, wire).status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_address_that_somebody_else_has_now_opens_nothing(
    wire: Wire, alice: Member, door: Client
) -> None:
    """The login is tied to another account of the provider."""
    come_back(door, wire)
    wire.is_about("u-2", "alice@bakery.example")
    answer = come_back(Client(headers={"accept-language": "en"}), wire)
    assert answer.status_code == 403
    assert "belongs to another account" in answer.content.decode()


@pytest.mark.parametrize("changed", [{"state": "guessed"}, {"nonce": "guessed"}, {"nonce": ""}])
def test_an_answer_to_another_question_is_refused(
    wire: Wire, alice: Member, door: Client, changed: dict[str, str]
) -> None:
    """State and nonce have to be ours."""
    answer = come_back(door, wire, **changed)
    assert answer.status_code == 401
    assert "does not belong to a sign-in" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_two_answers_about_two_people_are_refused(wire: Wire, alice: Member, door: Client) -> None:
    """The signed one and the one asked for have to agree."""
    wire.told = {"sub": "u-2"}
    assert come_back(door, wire).status_code == 401


def test_a_proof_for_another_house_is_refused(wire: Wire, alice: Member, door: Client) -> None:
    wire.told = {"sub": "u-1", "aud": "another-client"}
    assert come_back(door, wire).status_code == 401


def test_an_answer_serves_once(wire: Wire, alice: Member, door: Client) -> None:
    """Going back in the browser leads nowhere."""
    asked = leave(door)
    wire.nonce = asked["nonce"]
    told = {"code": "c", "state": asked["state"]}
    assert door.get("/sign-in/with/house/back/", told).status_code == 302
    assert Client().get("/sign-in/with/house/back/", told).status_code == 401


def test_turning_back_at_the_provider_is_no_error(wire: Wire, alice: Member, door: Client) -> None:
    asked = leave(door)
    told = {"error": "access_denied", "state": asked["state"]}
    answer = door.get("/sign-in/with/house/back/", told, follow=True)
    assert answer.status_code == 200
    assert "You turned back" in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "body"), [(500, None), (200, b"<html>"), (200, b"[]"), (200, b"{}")]
)
def test_a_provider_that_does_not_answer_is_told_in_a_sentence(
    wire: Wire, alice: Member, door: Client, status: int, body: bytes | None
) -> None:
    """On the way there."""
    wire.config_status, wire.config_body = status, body
    answer = door.get("/sign-in/with/house/")
    assert answer.status_code == 502
    assert "Guildhall cannot be reached just now" in answer.content.decode()


def test_a_provider_that_breaks_off_is_told_in_a_sentence(
    wire: Wire, alice: Member, door: Client
) -> None:
    """On the way back."""
    wire.token_status = 500
    assert come_back(door, wire).status_code == 401


def test_the_second_step_is_asked_after_the_provider_too(
    wire: Wire, alice: Member, door: Client, client_of: ClientOf
) -> None:
    """Who chose to have one here has it for every way in."""
    from resonanz.workspaces.tests.test_second_step import set_up_app  # noqa: PLC0415

    set_up_app(client_of(alice))
    assert come_back(door, wire)["Location"].startswith("/sign-in/second-step/")


def test_the_provider_counts_where_everybody_has_to_have_one(
    wire: Wire, alice: Member, door: Client
) -> None:
    """It is the organisation's own word on who one is."""
    ask_for_second_step(workspace=alice.workspace, member=alice, of_everybody=True)
    come_back(door, wire)
    assert door.get("/settings/").status_code == 200


def test_an_account_with_another_address_is_tied_by_hand(
    wire: Wire, alice: Member, client_of: ClientOf
) -> None:
    """After the password was said again; and it can be cut."""
    wire.is_about("u-7", "a.baker@guild.example", verified=False)
    here = client_of(alice)
    here.post("/security/password/", {"password": PASSWORD})
    assert come_back(here, wire, "?process=connect")["Location"] == "/security/"
    assert SocialAccount.objects.get().user == alice.user
    assert here.post("/security/provider/cut/")["Location"] == "/security/"
    assert not SocialAccount.objects.exists()


def test_where_the_provider_is_the_only_door_no_password_is_asked(
    wire: Wire, alice: Member, door: Client, settings: Settings
) -> None:
    """Nor taken, nor a passkey."""
    settings.RESONANZ_OIDC_ONLY = True
    assert 'type="password"' not in door.get("/sign-in/").content.decode()
    door.post("/sign-in/", {"login": "alice@bakery.example", "password": PASSWORD})
    assert door.get("/settings/").status_code == 302
    answer = door.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert answer["Location"] == "/sign-in/"


def test_nothing_is_offered_where_no_provider_is_set(alice: Member, door: Client) -> None:
    assert "/sign-in/with/" not in door.get("/sign-in/").content.decode()
    assert door.get("/sign-in/with/house/").status_code == 404


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"ADDRESS": "http://login.example"}, "https://login.example"),
        ({"ADDRESS": "login.example"}, "has to look like"),
        ({"ADDRESS": "https://login.example"}, "RESONANZ_OIDC_CLIENT"),
        ({"ONLY": "yes"}, "nobody could sign in"),
        ({"ONLY": "perhaps"}, "yes or no"),
        (
            {"ADDRESS": "https://login.example", "CLIENT": "c", "SECRET_FILE": "/no/such/file"},
            "cannot be read",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], words: str
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(f"RESONANZ_OIDC_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=words):
        read_settings()

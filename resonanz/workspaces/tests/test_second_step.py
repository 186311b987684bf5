"""The second step: an app's codes, codes for emergencies, and where everybody has to have one."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from resonanz.house.new_password import remove_second_step
from resonanz.workspaces.models import Member, TrailEntry
from resonanz.workspaces.sign_in_actions import ask_for_second_step
from resonanz.workspaces.tests.app_codes import code_of
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

SECRET = re.compile(r"<code>([A-Z2-7 ]{32,})</code>")
CODE = re.compile(r"<code>(\d{8})</code>")


@pytest.fixture(autouse=True)
def nobody_failed_before(db: None) -> Iterator[None]:
    """The counts of wrong codes are kept in the cache."""
    cache.clear()
    yield
    cache.clear()


def confirm(client: Client) -> None:
    """Say the password again, as the page asks before something sensitive."""
    answer = client.post("/security/password/", {"password": PASSWORD})
    assert answer.status_code == 302


def set_up_app(client: Client) -> str:
    """Set an app up through the pages. Gives its secret."""
    confirm(client)
    found = SECRET.search(client.get("/security/app/").content.decode())
    assert found is not None
    answer = client.post("/security/app/", {"code": code_of(found[1], -1)})
    assert answer["Location"] == "/security/codes/"
    return found[1]


def with_password(language: str = "en") -> Client:
    """A browser in which the password was just right."""
    client = Client(headers={"accept-language": language})
    answer = client.post("/sign-in/", {"login": "alice@bakery.example", "password": PASSWORD})
    assert answer["Location"].split("?")[0] == "/sign-in/second-step/"
    return client


def second_step(client: Client, code: str) -> str:
    """Say a code. Gives where it leads, or the page's words."""
    answer = client.post("/sign-in/second-step/", {"code": code})
    return answer.get("Location") or answer.content.decode()


def verbs() -> list[str]:
    return list(TrailEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_before_anything_changes_the_password_is_asked_for_again(
    alice: Member, client_of: ClientOf
) -> None:
    """A browser that was left open is not enough."""
    answer = client_of(alice).get("/security/app/")
    assert answer["Location"].startswith("/security/password/?next=")


def test_with_an_app_a_password_is_not_enough(alice: Member, client_of: ClientOf) -> None:
    """The right code leads in, and only then."""
    secret = set_up_app(client_of(alice))
    door = with_password()
    assert door.get("/settings/").status_code == 302
    assert "This code is not right, or was used already." in second_step(door, "000000")
    assert second_step(door, code_of(secret)) == "/"
    assert door.get("/settings/").status_code == 200


def test_a_code_lets_in_once(alice: Member, client_of: ClientOf) -> None:
    """Also when the count of what was used is lost with the cache."""
    secret = set_up_app(client_of(alice))
    code = code_of(secret)
    assert second_step(with_password(), f"{code[:3]} {code[3:]}") == "/"
    cache.clear()
    assert "was used already" in second_step(with_password(), code)


def test_too_many_wrong_codes_are_stopped(alice: Member, client_of: ClientOf) -> None:
    """Then the right one has to wait as well."""
    secret = set_up_app(client_of(alice))
    door = with_password()
    for number in range(5):
        second_step(door, f"00000{number}")
    assert "Wait five minutes" in second_step(door, code_of(secret))


def test_the_secret_is_sealed_in_the_database(alice: Member, client_of: ClientOf) -> None:
    """The key lies outside."""
    secret = set_up_app(client_of(alice)).replace(" ", "")
    for row in Authenticator.objects.all():
        assert secret not in json.dumps(row.data)
        assert "gAAAA" in json.dumps(row.data)


def test_a_code_for_emergencies_lets_in_once(alice: Member, client_of: ClientOf) -> None:
    """And the trail knows it, without the code."""
    here = client_of(alice)
    set_up_app(here)
    page = here.get("/security/codes/").content.decode()
    codes = CODE.findall(page)
    assert len(codes) == 10
    assert codes[0] in here.get("/security/codes/file/").content.decode()
    assert second_step(with_password(), codes[0]) == "/"
    assert "not right, or was used" in second_step(with_password(), codes[0])
    assert "code for emergencies used" in verbs()
    assert codes[0] not in here.get("/security/codes/").content.decode()
    assert "9 codes are left." in here.get("/security/").content.decode()


def test_new_codes_end_the_old_ones(alice: Member, client_of: ClientOf) -> None:
    here = client_of(alice)
    set_up_app(here)
    old = CODE.findall(here.get("/security/codes/").content.decode())
    assert here.post("/security/codes/new/")["Location"] == "/security/codes/"
    assert "not right" in second_step(with_password(), old[3])


def test_the_app_can_go_again(
    alice: Member, client_of: ClientOf, django_capture_on_commit_callbacks: Any
) -> None:
    """The codes for emergencies go with it, and both stand in the trail."""
    here = client_of(alice)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(here)
    assert here.post("/security/app/remove/")["Location"] == "/security/"
    assert not Authenticator.objects.exists()
    told = verbs()
    assert set(told[1:3]) == {"second step switched on", "codes for emergencies made"}
    assert set(told[3:]) == {"second step switched off", "codes for emergencies removed"}


def test_pages_of_another_login_are_not_there(
    alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    """404 as if there were nothing."""
    hers = Authenticator.objects.create(
        user=alice.user, type="webauthn", data={"name": "Phone", "credential": {}}
    )
    stranger = client_of(charlie)
    confirm(stranger)
    for what in ("name", "remove"):
        assert stranger.get(f"/security/passkeys/{hers.pk}/{what}/").status_code == 404


def test_a_workspace_can_ask_everybody(alice: Member, bob: Member, client_of: ClientOf) -> None:
    """Who has no second step is led to one before anything else; what he sent is not done."""
    set_up_app(owner := client_of(alice))
    assert owner.post("/security/everybody/", {"wanted": "yes"})["Location"] == "/security/"
    his = client_of(bob)
    assert his.get("/conversations/")["Location"] == "/security/"
    refused = his.post("/settings/me/", {"member-name": "Robert"})
    assert refused.status_code == 403
    assert his.get("/status/", headers={"HX-Request": "true"})["HX-Redirect"] == "/security/"
    assert "Dein Arbeitsraum" in his.get("/security/").content.decode()
    set_up_app(his)
    assert his.get("/conversations/").status_code == 200
    assert owner.get("/conversations/").status_code == 200
    bob.refresh_from_db()
    assert bob.name == "Bob"


def test_the_last_second_step_stays_where_everybody_has_to_have_one(
    alice: Member, client_of: ClientOf
) -> None:
    """The page says why instead of offering the button."""
    set_up_app(here := client_of(alice))
    ask_for_second_step(workspace=alice.workspace, member=alice, of_everybody=True)
    assert "Add a passkey first" in here.get("/security/app/remove/").content.decode()
    here.post("/security/app/remove/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_only_owners_may_ask_everybody(bob: Member, client_of: ClientOf) -> None:
    assert client_of(bob).post("/security/everybody/", {"wanted": "yes"}).status_code == 404


def test_the_command_removes_a_lost_second_step(alice: Member, client_of: ClientOf) -> None:
    """And signs out everywhere; the second time it says that there is none."""
    secret = set_up_app(client_of(alice))
    door = with_password()
    second_step(door, code_of(secret))
    told = io.StringIO()
    assert remove_second_step("ALICE@bakery.example", told) == 0
    assert door.get("/settings/").status_code == 302
    assert not Authenticator.objects.exists()
    assert verbs()[-1] == "second step removed on the machine"
    assert remove_second_step("alice@bakery.example", told) == 1
    assert remove_second_step("nobody@bakery.example", told) == 1
    assert "has no second step. Nothing was changed." in told.getvalue()

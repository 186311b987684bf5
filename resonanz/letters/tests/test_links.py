"""Invitations and forgotten passwords: links that open something, on their way by mail."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from resonanz.letters.models import Letter
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import ScriptedPost
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Invitation, Member
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

LINK = re.compile(r"https://resonanz\.example(/\S+)")
NEW = "caraway-and-rye-71"


@pytest.fixture(autouse=True)
def nobody_asked_before(db: None) -> None:
    """Asking too often is counted in the cache."""
    cache.clear()


def everything_kept() -> str:
    return json.dumps(list(Letter.objects.values("facts", "matter", "trouble", "to")))


def invite(client: Client, **more: str) -> None:
    told = {"role": "colleague", "name": "Özlem", "email": "oezlem@bakery.example"}
    client.post("/members/invite/", {**told, "language": "de", **more})


def test_an_invitation_arrives_in_the_language_it_was_given(
    post: ScriptedPost, alice: Member, client_of: ClientOf, clock: HandClock, send_due: SendDue
) -> None:
    """With a link that opens; the row keeps it sealed, and then not at all."""
    invite(client_of(alice))
    kept = everything_kept()
    send_due()
    [letter] = post.letters
    assert letter["Subject"] == "Einladung zu Daybreak Bakery"
    assert letter["To"] == "Özlem <oezlem@bakery.example>"
    text = letter.get_content()
    assert "Alice lädt dich zu Daybreak Bakery in Resonanz ein." in text
    [path] = [found for found in LINK.findall(text) if "/invitation/" in found]
    assert "List-Unsubscribe" not in letter
    assert Client().get(path).status_code == 200
    assert path.split("/")[2] not in kept
    assert Letter.objects.get().facts == {
        "name": "Özlem",
        "invitation": Invitation.objects.get().pk,
    }


def test_a_withdrawn_invitation_is_not_sent(
    post: ScriptedPost, alice: Member, client_of: ClientOf, clock: HandClock, send_due: SendDue
) -> None:
    """And of one that was renewed before it went, only the new link."""
    client = client_of(alice)
    invite(client)
    pk = Invitation.objects.get().pk
    client.post(f"/members/invitations/{pk}/renew/")
    send_due()
    assert len(post.letters) == 1
    invite(client, email="other@bakery.example")
    client.post(f"/members/invitations/{Invitation.objects.latest('pk').pk}/withdraw/")
    send_due()
    assert len(post.letters) == 1


def test_an_invitation_without_an_address_shows_its_link_only(
    post: ScriptedPost, alice: Member, client_of: ClientOf
) -> None:
    invite(client_of(alice), email="")
    assert not Letter.objects.exists()


def test_a_forgotten_password_is_chosen_anew_once(
    post: ScriptedPost, bob: Member, clock: HandClock, send_due: SendDue
) -> None:
    """By the link of a letter, in the language of the login."""
    door = Client()
    door.get("/")
    answer = door.post("/password/forgotten/", {"email": "Bob@Bakery.example"})
    assert answer.headers["Location"] == "/password/forgotten/sent/"
    kept = everything_kept()
    send_due()
    [letter] = post.letters
    assert letter["To"] == "Bob <bob@bakery.example>"
    assert letter["Subject"] == "Ein neues Passwort für Resonanz"
    [path] = [found for found in LINK.findall(letter.get_content()) if "/password/new/" in found]
    assert path.split("-", 1)[1].strip("/") not in kept
    form = door.get(path, follow=True)
    assert path not in form.request["PATH_INFO"]
    told = {"password1": NEW, "password2": NEW}
    assert door.post(form.request["PATH_INFO"], told).headers["Location"] == "/password/new/"
    assert Client().login(email="bob@bakery.example", password=NEW)
    again = Client().get(path, follow=True).content.decode()
    assert "password1" not in again


def test_the_link_opens_for_a_day(
    post: ScriptedPost, bob: Member, clock: HandClock, send_due: SendDue
) -> None:
    Client().post("/password/forgotten/", {"email": "bob@bakery.example"})
    clock.advance(hours=25)
    send_due()
    assert post.letters == []
    assert Letter.objects.get().facts.get("sealed") is None


def test_nobody_learns_who_has_a_login(post: ScriptedPost, bob: Member) -> None:
    """The same answer, and no letter to strangers."""
    answers = [
        Client().post("/password/forgotten/", {"email": email})
        for email in ("bob@bakery.example", "nobody@bakery.example")
    ]
    assert len({(one.status_code, one.headers["Location"]) for one in answers}) == 1
    assert list(Letter.objects.values_list("to", flat=True)) == ["bob@bakery.example"]


def test_nobody_fills_somebodys_box(post: ScriptedPost, bob: Member) -> None:
    """Three an hour for one address."""
    door = Client()
    answers = [
        door.post("/password/forgotten/", {"email": "bob@bakery.example"}).status_code
        for _ in range(5)
    ]
    assert answers == [302, 302, 302, 429, 429]
    assert Letter.objects.count() == 3


def test_the_link_leads_home_whatever_host_was_named(
    settings: Settings, post: ScriptedPost, bob: Member, send_due: SendDue, clock: HandClock
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Client(headers={"host": "evil.example"}).post(
        "/password/forgotten/", {"email": "bob@bakery.example"}
    )
    send_due()
    assert "evil" not in post.letters[0].as_string()


@pytest.mark.parametrize("only_provider", [False, True])
def test_where_no_link_is_sent_the_page_says_who_helps(
    settings: Settings, post: ScriptedPost, bob: Member, only_provider: bool
) -> None:
    if only_provider:
        settings.RESONANZ_OIDC_ONLY = True
    else:
        settings.RESONANZ_MAIL_SERVER = None
    assert "resonanz password" in Client().get("/password/forgotten/").content.decode()
    answer = Client().post("/password/forgotten/", {"email": "bob@bakery.example"})
    assert answer.status_code == 405
    assert not Letter.objects.exists()


def test_who_signs_in_at_the_provider_gets_no_password_by_the_back_door(
    post: ScriptedPost, bob: Member
) -> None:
    bob.user.set_unusable_password()
    bob.user.save()
    Client().post("/password/forgotten/", {"email": "bob@bakery.example"})
    assert not Letter.objects.exists()


def test_a_sealed_link_does_not_outlive_its_refusal(
    post: ScriptedPost, bob: Member, clock: HandClock, send_due: SendDue
) -> None:
    post.answers = {"RCPT": ["550 nobody here"]}
    Client().post("/password/forgotten/", {"email": "bob@bakery.example"})
    clock.advance(minutes=1)
    send_due()
    letter = Letter.objects.get()
    assert (letter.state, letter.facts.get("sealed")) == ("refused", None)
    assert clock() - letter.created_at < timedelta(hours=1)


def test_the_sign_in_still_asks_for_the_old_one_until_then(post: ScriptedPost, bob: Member) -> None:
    """Asking alone changes nothing."""
    Client().post("/password/forgotten/", {"email": "bob@bakery.example"})
    assert Client().login(email="bob@bakery.example", password=PASSWORD)

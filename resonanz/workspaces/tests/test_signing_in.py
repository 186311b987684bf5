"""The door: in, out, forgotten, too often."""

import io
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from resonanz.house.new_password import ask_for_new_password
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf


@pytest.fixture(autouse=True)
def nobody_failed_before(db: None) -> Iterator[None]:
    """The counts of wrong passwords are kept in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def door() -> Client:
    return Client(headers={"accept-language": "en"})


def test_signing_in_leads_to_where_one_wanted_to_go(alice: Member, door: Client) -> None:
    """In whatever case the address is typed."""
    answer = door.post(
        "/sign-in/",
        {"login": "ALICE@bakery.example", "password": PASSWORD, "next": "/settings/"},
    )
    assert answer["Location"] == "/settings/"


def test_it_does_not_lead_out_of_the_house(alice: Member, door: Client) -> None:
    """A foreign address behind `next` is not followed."""
    answer = door.post(
        "/sign-in/",
        {"login": "alice@bakery.example", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_a_wrong_password_is_told_in_a_sentence(alice: Member, door: Client) -> None:
    """The same for an address that nobody has."""
    sentence = "This e-mail address and this password do not belong together."
    for address in ("alice@bakery.example", "nobody@bakery.example"):
        page = door.post("/sign-in/", {"login": address, "password": "wrong"}).content.decode()
        assert sentence in page


def test_too_many_wrong_passwords_are_stopped_with_a_sentence(alice: Member, door: Client) -> None:
    """After five even the right one has to wait."""
    for _ in range(5):
        door.post("/sign-in/", {"login": "alice@bakery.example", "password": "wrong"})
    answer = door.post("/sign-in/", {"login": "alice@bakery.example", "password": PASSWORD})
    assert "There were too many wrong passwords or codes." in answer.content.decode()


def test_a_flood_gets_a_page_of_the_house(alice: Member, door: Client) -> None:
    """Not a bare English sentence."""
    answers = [door.post("/sign-in/", {}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "the house asks for a pause" in answers[-1].content.decode()


def test_signing_out(alice: Member, client_of: ClientOf) -> None:
    """Asks first, then leads to the door and says so."""
    client = client_of(alice)
    assert client.get("/sign-out/").status_code == 200
    page = client.post("/sign-out/", follow=True)
    assert page.redirect_chain == [("/sign-in/", 302)]
    assert client.get("/settings/").status_code == 302


def test_changing_the_password(alice: Member, client_of: ClientOf) -> None:
    """This device stays signed in, others are not."""
    here, elsewhere = client_of(alice), client_of(alice)
    fresh = "barley-and-honey-23"
    wrong = here.post("/password/", {"oldpassword": "no", "password1": fresh, "password2": fresh})
    assert "This is not your password now." in wrong.content.decode()
    answer = here.post(
        "/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    )
    assert answer["Location"] == "/security/"
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


def test_a_forgotten_password_is_somebodys_errand(alice: Member, door: Client) -> None:
    """No mail is sent, so the page names the command."""
    assert "resonanz password" in door.get("/password/forgotten/").content.decode()


def test_the_command_gives_a_new_password(alice: Member) -> None:
    """Asked twice, checked, and every session ends."""
    told = io.StringIO()
    answers = io.StringIO("barley-and-honey-23\nbarley-and-honey-23\n")
    assert ask_for_new_password("Alice@Bakery.example", answers, told) == 0
    alice.user.refresh_from_db()
    assert alice.user.check_password("barley-and-honey-23")


@pytest.mark.parametrize(
    ("email", "typed", "sentence"),
    [
        ("nobody@bakery.example", "", "Nobody signs in with nobody@bakery.example."),
        ("alice@bakery.example", "one\ntwo\n", "The two passwords are not the same."),
        ("alice@bakery.example", "short\nshort\n", "Nothing was changed."),
    ],
)
def test_the_command_changes_nothing_by_mistake(
    alice: Member, email: str, typed: str, sentence: str
) -> None:
    """And says why."""
    told = io.StringIO()
    assert ask_for_new_password(email, io.StringIO(typed), told) == 1
    assert sentence in told.getvalue()
    alice.user.refresh_from_db()
    assert alice.user.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup"])
def test_pages_of_allauth_that_are_not_needed_are_not_there(name: str) -> None:
    """Nobody signs up by himself."""
    with pytest.raises(NoReverseMatch):
        reverse(name)

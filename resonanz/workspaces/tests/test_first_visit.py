"""The first visit: once, in either language, and never half."""

import pytest
from django.test import Client

from resonanz.workspaces.actions import AlreadySetUp, found_first_workspace
from resonanz.workspaces.models import Member, User, Voice, Workspace
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

ANSWERS = {
    "name": "Daybreak Bakery",
    "domains": "https://www.bakery.example/\nbäckerei.example",
    "time_zone": "Europe/Vienna",
    "member_name": "Ada",
    "email": "Ada@bakery.example",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "capacity": "organisation",
    "signature": "",
}


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(headers={"accept-language": "en"})


def test_an_empty_house_leads_to_the_first_visit(visitor: Client) -> None:
    """Whatever page is asked for, and the sign-in too."""
    assert visitor.get("/channels/")["Location"] == "/setup/"
    assert visitor.get("/sign-in/")["Location"] == "/setup/"


def test_it_says_honestly_what_to_expect(visitor: Client) -> None:
    """After three and twelve months, and when not to start."""
    page = visitor.get("/setup/").content.decode()
    assert "After three months" in page
    assert "After twelve months" in page
    assert "When not to start" in page


def test_it_founds_the_workspace_and_signs_in(visitor: Client) -> None:
    """With clean domains, a suggested signature, and the language of the page."""
    answer = visitor.post("/setup/", ANSWERS, follow=True)
    assert answer.redirect_chain == [("/welcome/", 302)]
    workspace = Workspace.objects.get()
    assert (workspace.language, workspace.time_zone) == ("en", "Europe/Vienna")
    hosts = set(workspace.domains.values_list("host", flat=True))
    assert hosts == {"bakery.example", "xn--bckerei-5wa.example"}
    voice = Voice.objects.get()
    assert (voice.name, voice.signature, voice.capacity) == ("Ada", "— Ada", "organisation")
    assert User.objects.get().email == "ada@bakery.example"


def test_three_equal_doors_lead_on(visitor: Client) -> None:
    """An account, feeds, the pretend town."""
    page = visitor.post("/setup/", ANSWERS, follow=True).content.decode()
    assert page.count('class="door"') == 3


def test_a_slip_keeps_what_was_typed(visitor: Client) -> None:
    """And says what to look at again; passwords are not shown again."""
    wrong = ANSWERS | {"domains": "bakery", "password_again": "another"}
    answer = visitor.post("/setup/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“bakery” is not a domain." in page
    assert "The two passwords are not the same." in page
    assert 'value="Daybreak Bakery"' in page
    assert PASSWORD not in page
    assert not Workspace.objects.exists()


@pytest.mark.parametrize("weak", ["short", "password123", "1234567890"])
def test_a_weak_password_is_not_taken(visitor: Client, weak: str) -> None:
    """Short ones and common ones."""
    answer = visitor.post("/setup/", ANSWERS | {"password": weak, "password_again": weak})
    assert answer.status_code == 422
    assert not Workspace.objects.exists()


def test_the_language_switches_at_once_and_keeps_what_was_typed(visitor: Client) -> None:
    """The buttons belong to the form."""
    answer = visitor.post("/setup/", {"name": "Morgenrot", "language": "de"})
    page = answer.content.decode()
    assert '<html lang="de"' in page
    assert 'value="Morgenrot"' in page
    assert "Nach drei Monaten" in page
    assert visitor.get("/setup/").content.decode().count('<html lang="de"') == 1


def test_a_second_click_goes_on_instead_of_failing(visitor: Client) -> None:
    """Both POSTs were sent before the first was answered, so the second has no session."""
    visitor.post("/setup/", ANSWERS)
    second = Client().post("/setup/", ANSWERS)
    assert second["Location"] == "/welcome/"
    assert Workspace.objects.count() == 1


def test_somebody_else_finds_nothing_afterwards(alice: Member) -> None:
    """Neither by looking nor by posting."""
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", ANSWERS).status_code == 404
    assert Workspace.objects.count() == 1


def test_of_two_at_once_one_founds(alice: Member) -> None:
    """Whoever comes second is told, inside the transaction."""
    with pytest.raises(AlreadySetUp):
        found_first_workspace(
            name="Another",
            language="en",
            time_zone="UTC",
            domains=[],
            member_name="Eve",
            email="eve@other.example",
            password=PASSWORD,
            signature="",
            capacity="organisation",
        )
    assert not User.objects.filter(email="eve@other.example").exists()


def test_the_welcome_page_is_for_members(alice: Member, client_of: ClientOf) -> None:
    """A stranger is sent to the sign-in."""
    assert client_of(alice).get("/welcome/").status_code == 200
    assert Client().get("/welcome/")["Location"] == "/sign-in/?next=/welcome/"

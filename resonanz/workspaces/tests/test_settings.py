"""The settings: what an owner and what a colleague may change."""

from django.conf import settings
from django.test import Client

from resonanz.workspaces.models import Member, TrailEntry, Voice
from resonanz.workspaces.tests.cast import ClientOf

WORKSPACE = {
    "workspace-name": "Nightfall Bakery",
    "workspace-domains": "shop.example",
    "workspace-time_zone": "Europe/Lisbon",
}


def test_an_owner_changes_the_workspace(alice: Member, client_of: ClientOf) -> None:
    """And it is written in the trail."""
    client_of(alice).post("/settings/workspace/", WORKSPACE)
    alice.workspace.refresh_from_db()
    assert alice.workspace.name == "Nightfall Bakery"
    assert list(alice.workspace.domains.values_list("host", flat=True)) == ["shop.example"]
    assert TrailEntry.objects.filter(verb="workspace changed", member=alice).exists()


def test_a_colleague_sees_only_her_own(bob: Member, client_of: ClientOf) -> None:
    """Not the workspace's form, and not where the data is."""
    page = client_of(bob).get("/settings/").content.decode()
    assert "workspace-name" not in page
    assert str(settings.RESONANZ_HOME) not in page
    assert client_of(bob).post("/settings/workspace/", WORKSPACE).status_code == 404


def test_an_owner_sees_where_the_data_is(alice: Member, client_of: ClientOf) -> None:
    """It has to be in the backups."""
    assert str(settings.RESONANZ_HOME) in client_of(alice).get("/settings/").content.decode()


def test_name_language_and_look(alice: Member, client_of: ClientOf) -> None:
    """The next page is in the language that was chosen."""
    client = client_of(alice)
    answer = client.post(
        "/settings/me/",
        {"member-name": "Alicia", "member-language": "de", "member-theme": "dark"},
        follow=True,
    )
    page = answer.content.decode()
    assert 'lang="de" data-theme="dark"' in page
    alice.refresh_from_db()
    assert alice.name == "Alicia"


def test_the_voice_changes_once_however_often_it_is_sent(
    alice: Member, client_of: ClientOf
) -> None:
    """One human, one voice."""
    told = {"voice-name": "Alice A.", "voice-capacity": "own_name", "voice-signature": ""}
    client_of(alice).post("/settings/voice/", told)
    client_of(alice).post("/settings/voice/", told)
    voice = Voice.objects.get(member=alice)
    assert (voice.name, voice.capacity, voice.signature) == ("Alice A.", "own_name", "")


def test_a_member_without_a_voice_gets_one(bob: Member, client_of: ClientOf) -> None:
    """The page suggests it, and saving makes it."""
    Voice.objects.filter(member=bob).delete()
    assert "— Bob" in client_of(bob).get("/settings/").content.decode()
    told = {"voice-name": "Bob", "voice-capacity": "own_name", "voice-signature": "— Bob"}
    client_of(bob).post("/settings/voice/", told)
    assert Voice.objects.get(member=bob).workspace == bob.workspace


def test_a_slip_keeps_what_was_typed(alice: Member, client_of: ClientOf) -> None:
    """And the other forms of the page stand as they are."""
    wrong = WORKSPACE | {"workspace-domains": "not a domain"}
    answer = client_of(alice).post("/settings/workspace/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not a domain" in page
    assert 'value="Alice"' in page


def test_a_visitor_chooses_the_language_of_the_door(alice: Member) -> None:
    """By a cookie; it leads back to where one was, and nowhere else."""
    client = Client(headers={"accept-language": "de"})
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert '<html lang="en"' in client.get("/sign-in/").content.decode()
    out = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert out["Location"] == "/"


def test_a_member_chooses_her_own_language_on_a_bare_page(
    alice: Member, client_of: ClientOf
) -> None:
    """It is kept with her, because her own language wins over the browser's."""
    client = client_of(alice)
    client.post("/language/", {"language": "de", "next": "/welcome/"})
    assert '<html lang="de"' in client.get("/welcome/").content.decode()

"""Inviting, joining, roles, leaving, coming back: through the pages."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.workspaces.membership import VoiceOfHers, invite, join
from resonanz.workspaces.models import Invitation, Member, TrailEntry, User, Voice
from resonanz.workspaces.places import INVITED
from resonanz.workspaces.queries import voices_of
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

ANSWERS = {
    "name": "Dora",
    "email": "dora@bakery.example",
    "password": "oats-and-honey-23",
    "password_again": "oats-and-honey-23",
    "capacity": "own_name",
    "signature": "",
}


def told(client: Client, **answers: str) -> str:
    """The path of a new invitation's link, as the members page shows it once."""
    asked = {"name": "Dora", "role": "colleague", "email": "", "language": "en"} | answers
    response = client.post("/members/invite/", asked, follow=True)
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", response.content.decode())
    assert found
    return found[1]


def test_an_owner_invites_and_the_other_joins_with_a_voice(
    alice: Member, client_of: ClientOf
) -> None:
    """The link opens once, and leads into the house."""
    link = told(client_of(alice))
    browser = Client()
    page = browser.get(link).content.decode()
    assert "Invitation to Daybreak Bakery" in page
    assert "Alice invites you" in page
    answer = browser.post(link, ANSWERS)
    assert answer["Location"] == "/"
    dora = Member.objects.get(name="Dora")
    assert (dora.role, dora.workspace, dora.language) == ("colleague", alice.workspace, "en")
    assert [(voice.name, voice.capacity, voice.signature) for voice in voices_of(dora)] == [
        ("Dora", "own_name", "— Dora")
    ]
    assert browser.get("/conversations/").status_code == 200
    assert Client().get(link).status_code == 404
    assert set(TrailEntry.objects.values_list("verb", flat=True)) >= {
        "member invited",
        "member joined",
    }


def test_the_link_is_shown_once_and_its_secret_is_not_kept(
    alice: Member, client_of: ClientOf
) -> None:
    """What is kept is a hash."""
    client = client_of(alice)
    secret = told(client).split("/")[2]
    assert secret not in client.get("/members/").content.decode()
    row = Invitation.objects.get()
    assert secret not in "".join(str(value) for value in vars(row).values())


def test_whoever_can_bring_the_link_gets_it(alice: Member, client_of: ClientOf) -> None:
    """The page says that it is on its way, and shows it all the same."""
    brought: list[tuple[Invitation, str]] = []

    def bring(invitation: Invitation, link: str) -> bool:
        brought.append((invitation, link))
        return True

    INVITED.add(1, bring)
    try:
        client = client_of(alice)
        told(client, email="dora@bakery.example")
    finally:
        INVITED._panels[:] = [entry for entry in INVITED._panels if entry[1] is not bring]
    ((invitation, link),) = brought
    assert invitation.email == "dora@bakery.example"
    assert link.startswith("http://testserver/invitation/")


def test_a_renewed_link_opens_and_the_old_one_does_not(alice: Member, client_of: ClientOf) -> None:
    """Also after the week was over."""
    client = client_of(alice)
    old = told(client)
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert Client().get(old).status_code == 404
    assert "too old" in client.get("/members/").content.decode()
    page = client.post(f"/members/invitations/{invitation.pk}/renew/", follow=True)
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", page.content.decode())
    assert found
    assert Client().get(found[1]).status_code == 200
    assert Client().get(old).status_code == 404


@pytest.mark.parametrize("what", ["withdrawn", "old", "used", "unknown"])
def test_what_opens_nothing_is_answered_alike(
    what: str, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """Nobody learns which secrets there were."""
    client = client_of(alice)
    link = told(client)
    if what == "withdrawn":
        client.post(f"/members/invitations/{Invitation.objects.get().pk}/withdraw/")
    elif what == "old":
        Invitation.objects.update(expires_at=timezone.now())
    elif what == "used":
        Invitation.objects.update(accepted_at=timezone.now(), accepted_by=bob)
    else:
        link = "/invitation/nobody-knows-this/"
    english = Client(headers={"accept-language": "en"})
    for answer in (english.get(link), english.post(link, ANSWERS)):
        assert answer.status_code == 404
        assert "This link opens nothing" in answer.content.decode()
    assert not User.objects.filter(email="dora@bakery.example").exists()


def test_many_wrong_links_from_one_place_have_to_wait(db: None) -> None:
    """Twenty in a minute are enough for anybody who mistypes."""
    client = Client()
    seen = [client.get(f"/invitation/wrong-{number}/").status_code for number in range(22)]
    assert seen[0] == 404
    assert seen[-1] == 429


def test_somebody_with_a_login_joins_with_it(
    alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    """And is in the new workspace at once; his own is still there."""
    link = told(client_of(alice), name="Charlie")
    client = client_of(charlie)
    assert "charlie@cutlery.example" in client.get(link).content.decode()
    client.post(link, {"name": "Charlie", "capacity": "organisation", "signature": "— C."})
    assert "Daybreak Bakery" in client.get("/conversations/").content.decode()
    assert charlie.user.memberships.count() == 2


def test_who_is_a_member_already_wastes_no_invitation(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """It stays open for whoever was meant."""
    link = told(client_of(alice))
    client = client_of(bob)
    assert client.get(link).status_code == 200
    client.post(link, {"name": "Bob", "capacity": "own_name"})
    assert Invitation.objects.open().count() == 1


def test_a_guest_and_an_agency_join_without_a_voice(alice: Member, client_of: ClientOf) -> None:
    """They are not asked for one."""
    for role in ("guest", "agency"):
        link = told(client_of(alice), role=role)
        assert 'name="capacity"' not in Client().get(link).content.decode()
    Client().post(link, {**ANSWERS, "name": "Dora"})
    assert Voice.objects.filter(name="Dora").count() == 0


def test_wrong_answers_keep_what_was_typed(alice: Member, client_of: ClientOf) -> None:
    """A sentence at the field, and the link stays open."""
    link = told(client_of(alice))
    answer = Client().post(link, {**ANSWERS, "password_again": "else", "email": alice.user.email})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Sign in with it first" in page
    assert 'value="Dora"' in page
    assert Client().get(link).status_code == 200


def test_the_last_owner_neither_leaves_nor_steps_down(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """A sentence says what to do first."""
    client = client_of(alice)
    for path, sent in (("role/", {"role": "colleague"}), ("leave/", {"successor": ""})):
        page = client.post(f"/members/{alice.pk}/{path}", sent, follow=True).content.decode()
        assert "Make somebody else an owner first" in page
    client.post(f"/members/{bob.pk}/role/", {"role": "owner"})
    client.post(f"/members/{alice.pk}/role/", {"role": "colleague"})
    assert list(Member.objects.filter(role="owner")) == [bob]


def test_who_leaves_speaks_no_more_and_keeps_her_name(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """Her sessions end where this was her last workspace."""
    his, voice = client_of(bob), bob.voices.get()
    his.get("/conversations/")
    client_of(alice).post(f"/members/{bob.pk}/leave/", {"successor": str(alice.pk)})
    voice.refresh_from_db()
    bob.refresh_from_db()
    assert voice.left_at is not None
    assert (voice.name, bob.name) == ("Bob", "Bob")
    assert voices_of(bob) == []
    assert his.get("/conversations/").status_code in (302, 404)
    page = client_of(alice).get("/members/").content.decode()
    assert "Has left" in page


def test_who_has_another_workspace_stays_signed_in(
    alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    """Only this membership ends."""
    invitation, _ = invite(member=alice, role="colleague", name="Charlie", language="en")
    guest = join(invitation=invitation, user=charlie.user, name="Charlie", voice=None)
    client = client_of(charlie)
    client.post(f"/workspaces/{alice.workspace_id}/enter/")
    answer = client.post(f"/members/{guest.pk}/leave/", {"successor": ""})
    assert answer["Location"] == "/workspaces/"
    assert "Charlie&#x27;s Cutlery" in client.get("/workspaces/").content.decode()


def test_a_new_invitation_brings_somebody_back_as_who_she_was(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """The same member, the same voice."""
    voice = bob.voices.get()
    client_of(alice).post(f"/members/{bob.pk}/leave/", {"successor": ""})
    invitation, _ = invite(member=alice, role="owner", name="Bob", language="de")
    again = join(
        invitation=invitation,
        user=bob.user,
        name="Bob",
        voice=VoiceOfHers(capacity="organisation", signature="— B."),
    )
    assert (again.pk, again.role, again.left_at) == (bob.pk, "owner", None)
    assert [found.pk for found in voices_of(again)] == [voice.pk]


def test_a_colleague_sees_who_is_who_and_changes_nobody(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """No invitation, no role, no way to let others leave."""
    client = client_of(bob)
    page = client.get("/members/").content.decode()
    assert "Alice" in page
    assert 'action="/members/invite/"' not in page
    assert client.post(f"/members/{alice.pk}/leave/").status_code == 404
    assert "/role/" not in client.get(f"/members/{alice.pk}/").content.decode()


def test_members_of_others_are_not_there(
    alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    """Neither they nor their invitations."""
    invitation, _ = invite(member=charlie, role="guest", language="en")
    client = client_of(alice)
    assert client.get(f"/members/{charlie.pk}/").status_code == 404
    for path in (
        f"members/{charlie.pk}/role/",
        f"members/{charlie.pk}/leave/",
        f"members/invitations/{invitation.pk}/renew/",
        f"members/invitations/{invitation.pk}/withdraw/",
        f"workspaces/{charlie.workspace_id}/enter/",
    ):
        assert client.post(f"/{path}", {"role": "guest"}).status_code == 404


def test_ten_more_members_cost_no_more_queries(
    alice: Member, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """The list of members at any number."""
    client, counts = client_of(alice), []
    for begin in (0, 3):
        for number in range(begin, begin + 3 + begin * 2):
            user = User.objects.create_user(email=f"m{number}@bakery.example", password=PASSWORD)
            member = Member.objects.create(workspace=alice.workspace, user=user, name=f"M{number}")
            Voice.objects.create(workspace=alice.workspace, member=member, name=member.name)
            invite(member=alice, role="guest", name=f"I{number}", language="de")
        with django_assert_max_num_queries(15) as counted:  # type: ignore[attr-defined]
            assert client.get("/members/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_another_workspace_is_founded_and_left_for_the_first(
    alice: Member, client_of: ClientOf
) -> None:
    """Each has its own everything."""
    client = client_of(alice)
    answer = client.post(
        "/workspaces/found/",
        {"workspace-name": "The Mill", "workspace-time_zone": "Europe/Vienna"},
    )
    assert answer["Location"] == "/welcome/"
    assert "The Mill" in client.get("/settings/").content.decode()
    client.post(f"/workspaces/{alice.workspace_id}/enter/")
    assert "Daybreak Bakery" in client.get("/settings/").content.decode()
    mill = alice.user.memberships.exclude(pk=alice.pk).get()
    assert (mill.role, voices_of(mill)[0].name) == ("owner", "Alice")


def test_hidden_words_are_kept(alice: Member, client_of: ClientOf) -> None:
    """One word a line, in lower case, each once."""
    client = client_of(alice)
    client.post("/settings/hidden-words/", {"hidden-words": "Idiot\n\n  go   home \nidiot"})
    words = alice.workspace.hidden_words.order_by("word").values_list("word", flat=True)
    assert list(words) == ["go home", "idiot"]
    answer = client.post("/settings/hidden-words/", {"hidden-words": "x" * 81})
    assert answer.status_code == 422

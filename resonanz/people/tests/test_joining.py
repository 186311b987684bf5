"""Two persons who are one: joined by a human, parted again, and asked about when one has moved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.people.actions import note_contact, write_note
from resonanz.people.joining import CannotJoin, join_persons, moves_of, part_persons
from resonanz.people.models import Identity, Joining, Person
from resonanz.people.privacy import erase_person, export_person
from resonanz.people.queries import list_people
from resonanz.people.tests.test_people import found, met
from resonanz.switchboard.shapes import Mention
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

NEW = Mention(uid="https://town.example/users/mara", handle="@mara@town.example")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


@pytest.fixture
def mara(pretend_channel: Channel) -> Person:
    """Mara's account of today."""
    return met(pretend_channel, "Mara Okonkwo").person


@pytest.fixture
def before(pretend_channel: Channel) -> Person:
    """The account that Mara had before, which says where she has gone."""
    return met(pretend_channel, "Captain Mara", moved_to=NEW).person


def accounts(person: Person) -> set[str]:
    return set(Identity.objects.filter(person=person).values_list("handle", flat=True))


def names(channel: Channel) -> list[str]:
    return [one.name for one in list_people(channel.workspace, "everybody").rows]


def test_joined_they_are_one_person_with_both_accounts(
    pretend_channel: Channel, alice: Member, mara: Person, before: Person
) -> None:
    join_persons(person=mara, other=before, member=alice)
    assert accounts(mara) == {"@mara@town.example", "@captain@town.example"}
    assert names(pretend_channel) == ["Mara Okonkwo"]
    assert found(pretend_channel, "capt") == ["Mara Okonkwo"]


def test_parted_they_are_as_they_were(
    pretend_channel: Channel, alice: Member, mara: Person, before: Person
) -> None:
    write_note(person=mara, note="Likes rye.")
    write_note(person=before, note="Sails.")
    joining = join_persons(person=mara, other=before, member=alice)
    assert Person.objects.get(pk=mara.pk).note == "Likes rye.\n\nSails."
    part_persons(joining=joining, member=alice)
    part_persons(joining=joining, member=alice)
    assert accounts(before) == {"@captain@town.example"}
    assert set(Person.objects.others().values_list("note", flat=True)) == {"Likes rye.", "Sails."}
    assert found(pretend_channel, "capt") == ["Captain Mara"]


def test_a_note_that_was_changed_since_stays(alice: Member, mara: Person, before: Person) -> None:
    write_note(person=before, note="Sails.")
    joining = join_persons(person=mara, other=before, member=alice)
    write_note(person=mara, note="Sails, and likes rye.")
    part_persons(joining=joining, member=alice)
    assert Person.objects.get(pk=mara.pk).note == "Sails, and likes rye."


def test_the_last_contact_is_the_latest_of_both(
    pretend_channel: Channel, alice: Member, mara: Person, before: Person
) -> None:
    now = timezone.now()
    note_contact(identity=before.identities.get(), at=now)
    note_contact(identity=mara.identities.get(), at=now - timedelta(days=9))
    join_persons(person=mara, other=before, member=alice)
    assert Person.objects.in_touch().count() <= 1


def test_joined_with_a_third_meanwhile_everybody_comes_home(
    pretend_channel: Channel, alice: Member, mara: Person, before: Person
) -> None:
    third = met(pretend_channel, "Skipper").person
    first = join_persons(person=mara, other=before, member=alice)
    second = join_persons(person=third, other=Person.objects.get(pk=mara.pk), member=alice)
    part_persons(joining=first, member=alice)
    assert accounts(before) == {"@captain@town.example"}
    assert accounts(third) == {"@skipper@town.example", "@mara@town.example"}
    part_persons(joining=second, member=alice)
    assert accounts(mara) == {"@mara@town.example"}


def test_nobody_is_joined_twice_or_with_us_or_with_strangers(
    pretend_channel: Channel, alice: Member, charlie: Member, mara: Person, before: Person
) -> None:
    ours = Identity.objects.filter(is_ours=True).get().person
    stranger = Person.objects.create(workspace=charlie.workspace, name="Stranger")
    for other in (mara, ours, stranger):
        with pytest.raises(CannotJoin):
            join_persons(person=mara, other=other, member=alice)
    join_persons(person=mara, other=before, member=alice)
    with pytest.raises(CannotJoin):
        join_persons(person=mara, other=before, member=alice)
    assert Joining.objects.count() == 1


def test_a_move_is_told_on_both_pages(mara: Person, before: Person, browser: Client) -> None:
    old = browser.get(f"/people/{before.pk}/").content.decode()
    assert "@captain@town.example says that it has moved to @mara@town.example." in old
    assert f'action="/people/{before.pk}/join/"' in old
    new = browser.get(f"/people/{mara.pk}/").content.decode()
    assert "@captain@town.example says that it has moved here, to @mara@town.example." in new
    assert f'name="other" value="{before.pk}"' in new


def test_a_move_to_somebody_unknown_is_told_and_nothing_is_offered(
    before: Person, browser: Client
) -> None:
    page = browser.get(f"/people/{before.pk}/").content.decode()
    assert "has moved to @mara@town.example" in page
    assert "/join/" not in page


def test_nobody_but_the_account_itself_says_that_it_has_moved(
    pretend_channel: Channel, mara: Person
) -> None:
    met(pretend_channel, "Impostor", bio_html="I am @mara@town.example")
    assert moves_of(mara, list(mara.identities.all())) == []


def test_by_one_click_they_are_one_and_by_another_two(
    mara: Person, before: Person, browser: Client
) -> None:
    answer = browser.post(f"/people/{mara.pk}/join/", {"other": before.pk}, follow=True)
    page = answer.content.decode()
    assert "They are one person now." in page
    assert "Alice put Captain Mara together with this person," in page
    assert browser.get(f"/people/{before.pk}/").headers["location"] == f"/people/{mara.pk}/"
    again = browser.post(f"/people/{mara.pk}/join/", {"other": before.pk}, follow=True)
    assert "one person already" in again.content.decode()
    joining = Joining.objects.get()
    page = browser.post(f"/people/part/{joining.pk}/", follow=True).content.decode()
    assert "They are two persons again." in page
    assert accounts(before) == {"@captain@town.example"}


def test_strangers_join_and_part_nobody(
    alice: Member, mara: Person, before: Person, charlie: Member, client_of: ClientOf
) -> None:
    stranger = client_of(charlie)
    assert stranger.post(f"/people/{mara.pk}/join/", {"other": before.pk}).status_code == 404
    joining = join_persons(person=mara, other=before, member=alice)
    assert stranger.post(f"/people/part/{joining.pk}/").status_code == 404
    nonsense = client_of(alice).post(f"/people/{mara.pk}/join/", {"other": "x"})
    assert nonsense.status_code == 404


def test_who_was_joined_is_told_and_erased_with_her(
    alice: Member, mara: Person, before: Person
) -> None:
    write_note(person=before, note="Sails.")
    join_persons(person=mara, other=before, member=alice)
    told = export_person(Person.objects.get(pk=mara.pk))
    assert {row["name"] for row in told["people.person"]} == {"Mara Okonkwo", "Captain Mara"}
    assert told["people.joining"]
    erase_person(Person.objects.get(pk=mara.pk))
    assert not Person.objects.others().exists()
    assert not Joining.objects.exists()

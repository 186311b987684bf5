"""What was noted by hand is put right and taken out again, with all that followed from it."""

import pytest
from django.test import Client

from resonanz.conversations.models import Conversation, Post, SearchEntry
from resonanz.conversations.tests.by_hand.conftest import Note, filled, noted
from resonanz.people.models import Identity, Person
from resonanz.people.privacy import erase_person, export_person
from resonanz.relationships.models import Act, Contact
from resonanz.workspaces.models import Member, TrailEntry
from resonanz.workspaces.tests.cast import ClientOf


def change(browser: Client, post: Post, **told: str) -> str:
    sent = filled(name="", person=str(post.identity.person_id), **told)
    return browser.post(f"/noting/{post.pk}/", sent, follow=True).content.decode()


def test_the_words_the_place_and_the_time_are_put_right(note: Note, browser: Client) -> None:
    note(said_at="2024-05-04T09:30")
    page = change(browser, noted(), text="The rye was wet.", place="phone")
    assert "The rye was wet." in page
    assert "on the phone" in page
    assert noted().versions.get().text == "The rye was damp."
    assert TrailEntry.objects.filter(verb="noted talk changed").count() == 1
    assert "The rye was" in browser.get("/search/?q=wet").content.decode()
    assert Act.objects.count() == 1


def test_another_time_moves_the_contact(note: Note, browser: Client) -> None:
    note()
    change(browser, noted(), text="The rye was damp.", said_at="2024-05-04T09:30")
    person = Person.objects.others().get()
    assert person.last_contact_at is not None
    assert person.last_contact_at.year == 2024
    received_at = Contact.objects.get().last_received_at
    assert received_at is not None
    assert received_at.year == 2024


def test_it_turns_out_to_have_been_somebody_else(note: Note, browser: Client) -> None:
    note()
    sent = filled(name="Anton", person="new")
    browser.post(f"/noting/{noted().pk}/", sent)
    assert noted().identity.name == "Anton"
    assert list(Person.objects.others().values_list("name", flat=True)) == ["Anton"]
    assert Act.objects.get().identity == noted().identity


def test_our_answer_is_put_right_too(note: Note, browser: Client) -> None:
    note(answer="Gladly.")
    ours = Post.objects.get(is_ours=True)
    page = browser.get(f"/noting/{ours.pk}/").content.decode()
    assert "Gladly." in page
    sent = {"text": "Very gladly.", "voice": str(ours.voice_id), "place": "counter"}
    browser.post(f"/noting/{ours.pk}/", sent | {"once": filled()["once"]})
    ours.refresh_from_db()
    assert (ours.text, ours.is_ours, ours.answers) == ("Very gladly.", True, noted())


def test_one_click_takes_it_back_with_everything_that_followed(note: Note, browser: Client) -> None:
    note(answer="Gladly.")
    shown = browser.post(f"/noting/{noted().pk}/remove/", {"whole": "1"}, follow=True)
    assert shown.redirect_chain[-1][0] == "/conversations/"
    for table in (Post, Conversation, Act, Contact, SearchEntry):
        assert not table.objects.filter(pk__gt=0).exists(), table
    assert not Person.objects.others().exists()


def test_what_else_is_known_of_somebody_stays(note: Note, browser: Client) -> None:
    note()
    first = noted()
    person = first.identity.person
    note(name="", person=str(person.pk), text="Again.")
    browser.post(f"/noting/{noted().pk}/remove/")
    person.refresh_from_db()
    assert person.last_contact_at == first.said_at
    assert list(Post.objects.values_list("text", flat=True)) == ["The rye was damp."]
    person.note = "Comes on Saturdays."
    person.save()
    browser.post(f"/noting/{first.pk}/remove/")
    person.refresh_from_db()
    assert person.last_contact_at is None
    assert Identity.objects.filter(person=person).exists()


def test_only_whoever_noted_it_and_owners_change_it(
    note: Note, bob: Member, berta: Member, agatha: Member, client_of: ClientOf
) -> None:
    client_of(bob).post("/noting/", filled(name="Anton"))
    post = noted()
    path = f"/noting/{post.pk}/"
    assert client_of(bob).get(path).status_code == 200
    assert client_of(berta).get(path).status_code == 200
    assert client_of(agatha).get(path).status_code == 404
    assert client_of(agatha).post(f"{path}remove/").status_code == 404
    talk = f"/conversations/{post.conversation_id}/"
    assert path in client_of(berta).get(talk).content.decode()
    assert path not in client_of(agatha).get(talk).content.decode()


@pytest.mark.parametrize("name", ["An", "Anna"])
def test_forgetting_somebody_takes_no_namesake_along(note: Note, alice: Member, name: str) -> None:
    """A name alone is no handle: by it the texts of others would be found."""
    note(name="Susanna", text="Hello.", answer="Anna is not here.")
    note(name=name, person="new", text="Forget me.")
    person = Person.objects.get(name=name)
    assert "conversations.post" in export_person(person)
    erase_person(person)
    assert sorted(Post.objects.values_list("text", flat=True)) == ["Anna is not here.", "Hello."]


def test_a_whole_name_goes_out_of_our_words(note: Note) -> None:
    note(name="Susanna", text="Hello.", answer="Zoe Brandt was here.")
    note(name="Zoe Brandt", text="Forget me.")
    erase_person(Person.objects.get(name="Zoe Brandt"))
    assert Post.objects.get(is_ours=True).text == "@… was here."

"""A talk at the counter, on the phone, elsewhere: noted in one page, and kept like all others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.tests.by_hand.conftest import Note, filled, noted
from resonanz.conversations.tests.saying import arrives, naming, said, talk_of
from resonanz.people.models import Identity, Person
from resonanz.relationships.models import Act, Contact
from resonanz.workspaces.models import Member, TrailEntry, Voice
from resonanz.workspaces.tests.cast import ClientOf


def test_a_talk_is_a_conversation_with_its_place_and_who_noted_it(note: Note) -> None:
    page = note().content.decode()
    post = noted()
    assert "The rye was damp." in page
    assert "at the counter, noted by Alice" in page
    assert post.network == "by-hand:counter"
    assert post.conversation.turn == Conversation.Turn.OURS
    assert post.conversation.concerns_us
    assert TrailEntry.objects.filter(verb="talk noted", subject="counter").count() == 1


def test_it_counts_as_contact_and_says_how_we_met(note: Note, browser: Client) -> None:
    note()
    identity = noted().identity
    assert identity.person.last_contact_at == noted().said_at
    assert Contact.objects.get(identity=identity).received_count == 1
    page = browser.get(f"/people/{identity.person_id}/").content.decode()
    assert "when Zoe Brandt spoke with us" in page
    assert "one of us noted what was said" in page
    assert "Note a talk with them" in page


def test_our_answer_stands_below_it_and_leaves_the_turn_to_them(note: Note) -> None:
    note(answer="The next one is on us.")
    theirs = noted()
    ours = Post.objects.get(answers=theirs)
    assert (ours.is_ours, ours.text) == (True, "The next one is on us.")
    assert ours.voice == Voice.objects.get(name="Alice")
    assert theirs.conversation.turn == Conversation.Turn.THEIRS
    kinds = set(Act.objects.values_list("kind", "direction"))
    assert kinds == {("mention", "received"), ("answer", "given")}


@pytest.mark.parametrize("turn", ["ours", "theirs", "done"])
def test_whose_turn_it_is_can_be_said_at_once(note: Note, turn: str) -> None:
    note(answer="Gladly.", turn=turn)
    assert noted().conversation.turn == turn


def test_the_same_note_sent_twice_is_one(browser: Client) -> None:
    told = filled(answer="Gladly.")
    for _time in range(2):
        assert browser.post("/noting/", told).status_code == 302
    assert Post.objects.count() == 2
    assert Person.objects.others().count() == 1
    known = str(Person.objects.others().get().pk)
    browser.post("/noting/", told | {"text": "Something else.", "person": known})
    assert Post.objects.filter(is_ours=False).count() == 2


def test_a_name_that_we_know_is_asked_about(note: Note) -> None:
    note()
    page = note(name="zoe", text="And again.").content.decode()
    assert "Is it one of them?" in page
    assert Post.objects.count() == 1
    known = Person.objects.others().get()
    note(name="zoe", text="And again.", person=str(known.pk))
    note(name="Zoe", text="Another one.", person="new")
    assert [post.identity.person_id for post in Post.objects.order_by("pk")][:2] == [known.pk] * 2
    assert sorted(Person.objects.others().values_list("name", flat=True)) == ["Zoe", "Zoe Brandt"]
    assert Identity.objects.filter(person=known).count() == 1


def test_a_name_and_a_choice_that_do_not_fit_are_asked_about(note: Note) -> None:
    note()
    page = note(name="Anton", person=str(Person.objects.others().get().pk)).content.decode()
    assert "Who was it?" in page
    assert Post.objects.count() == 1


def test_people_are_offered_while_one_types(note: Note, browser: Client) -> None:
    note()
    found = browser.get("/noting/people/", {"name": "bra"}).content.decode()
    assert "Zoe Brandt" in found
    assert "somebody new: bra" in found
    assert "nobody here is called so" in browser.get("/noting/people/?name=xy").content.decode()
    assert "fieldset" not in browser.get("/noting/people/").content.decode()


def test_what_was_said_elsewhere_is_put_below_an_open_conversation(
    channel: Channel, browser: Client
) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    talk = talk_of("q")
    page = browser.get(f"/noting/?talk={talk.pk}").content.decode()
    mara = Identity.objects.get(handle="@mara@town.example").person
    assert f'value="{mara.pk}" checked' in page
    told = filled(name="", person=str(mara.pk), talk=str(talk.pk), place="phone")
    shown = browser.post("/noting/", told, follow=True).content.decode()
    assert "on the phone, noted by Alice" in shown
    post = noted()
    assert post.conversation == talk
    assert post.identity.person == mara
    assert mara.identities.count() == 2
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    ("place", "word", "network"),
    [
        ("linkedin", "", "by-hand:linkedin"),
        ("linkedin", "ignored", "by-hand:linkedin"),
        ("other", " Weekly  market ", "by-hand:Weekly market"),
        ("other", "PHONE", "by-hand:phone"),
        ("other", "", "by-hand:other"),
    ],
)
def test_a_place_is_one_of_ours_or_a_word_of_her_own(
    note: Note, place: str, word: str, network: str
) -> None:
    page = note(place=place, place_word=word).content.decode()
    assert noted().network == network
    if network == "by-hand:Weekly market":
        assert "Weekly market, noted by Alice" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "  "}, "Write down what was said"),
        ({"name": ""}, "Who was it? A first name is enough."),
        ({"said_at": "2999-01-01T10:00"}, "This lies ahead."),
        ({"url": "javascript:alert(1)"}, "An address begins with https://"),
        ({"place": "nowhere"}, "Select a valid choice"),
        ({"once": "x"}, "valid UUID"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_sentence_and_nothing_is_lost(
    browser: Client, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser.post("/noting/", filled(answer="Gladly.") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Gladly." in page
    assert not Post.objects.exists()


def test_a_talk_of_last_month_lies_there_and_nobody_waits(note: Note) -> None:
    then = timezone.now() - timedelta(days=40)
    note(said_at=timezone.localtime(then).strftime("%Y-%m-%dT%H:%M"))
    post = noted()
    assert abs(post.said_at - then) < timedelta(minutes=1, hours=2)
    assert post.conversation.turn == Conversation.Turn.DONE
    assert post.identity.met_at == post.said_at


def test_the_earliest_talk_is_how_we_met(note: Note) -> None:
    note()
    person = Person.objects.others().get()
    note(name="", person=str(person.pk), text="Earlier.", said_at="2024-05-04T09:30")
    assert Identity.objects.get(person=person).met_at.year == 2024


def test_it_is_found_by_its_words_its_place_and_by_hand(note: Note, browser: Client) -> None:
    note(place="other", place_word="Wochenmarkt")
    for query in ("q=damp", "q=wochenmarkt", "q=damp&network=by-hand"):
        assert "The rye was" in browser.get(f"/search/?{query}").content.decode(), query
    assert "The rye" not in browser.get("/search/?q=damp&network=mastodon").content.decode()
    inbox = browser.get("/conversations/?where=network:by-hand").content.decode()
    assert "The rye was damp." in inbox
    assert "Wochenmarkt" in inbox


def test_an_agency_notes_what_others_said_and_nothing_in_our_name(
    agatha: Member, client_of: ClientOf
) -> None:
    browser = client_of(agatha)
    assert "What we answered" not in browser.get("/noting/").content.decode()
    browser.post("/noting/", filled(answer="In their name."))
    assert [post.is_ours for post in Post.objects.all()] == [False]
    assert browser.get(f"/noting/answered/{noted().pk}/").status_code == 404


def test_a_guest_notes_nothing(gustav: Member, client_of: ClientOf) -> None:
    assert client_of(gustav).get("/noting/").status_code == 404
    assert client_of(gustav).post("/noting/", filled()).status_code == 404


def test_nobody_is_found_in_another_house(note: Note, charlie: Member, client_of: ClientOf) -> None:
    note()
    stranger, talk, person = client_of(charlie), noted().conversation_id, noted().identity.person_id
    assert "Zoe" not in stranger.get("/noting/people/?name=zoe").content.decode()
    assert "Zoe" not in stranger.get(f"/noting/?person={person}").content.decode()
    assert stranger.get(f"/noting/?talk={talk}").status_code == 404
    stranger.post("/noting/", filled(name="Zoe", person=str(person)))
    assert noted().identity.person.workspace == charlie.workspace
    assert noted().identity.person_id != person


def test_the_place_of_last_time_is_chosen_already(note: Note, browser: Client) -> None:
    assert 'value="counter" checked' in browser.get("/noting/").content.decode()
    note(place="phone")
    assert 'value="phone" checked' in browser.get("/noting/").content.decode()


def test_in_german_everything_is_german(bob: Member, client_of: ClientOf) -> None:
    browser = client_of(bob)
    assert "am Tresen" in browser.get("/noting/").content.decode()
    page = browser.post("/noting/", filled(), follow=True).content.decode()
    assert "am Tresen, notiert von Bob" in page
    assert "Es ist notiert." in page


def test_ten_more_people_cost_no_more_questions(note: Note, browser: Client) -> None:
    note()
    asked = "/noting/people/?name=zoe"
    with CaptureQueriesContext(connection) as few:
        browser.get(asked)
    for number in range(10):
        note(name=f"Zoe {number}", person="new")
    with CaptureQueriesContext(connection) as many:
        browser.get(asked)
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as whole:
        browser.get(f"/noting/?talk={noted().conversation_id}&url=https://a.example/b")
    assert len(whole) <= 15

"""Whom we owe a word and whom we have met: the pages, and the rows on Today."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.models import Draft
from resonanz.people.models import Person
from resonanz.people.places import ON_PERSON
from resonanz.relationships.models import Act, Contact
from resonanz.relationships.panels import what_passed_between
from resonanz.relationships.queries import between_us
from resonanz.relationships.tests.saying import ago, arrive, reacted, said, speak, us
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import sections_of
from resonanz.workspaces.tests.cast import ClientOf

OWED = "/today/owed/"
LINK = ["https://bakery.example/rye"]


def page(client: Client, address: str = OWED) -> str:
    """The page as text, on one line."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def person(name: str) -> Person:
    """The person behind a handle of the test's town."""
    return Person.objects.get(identities__handle=f"@{name}@town.example")


def rows(member: Member, name: str) -> list[str]:
    """The names in one section of Today."""
    with translation.override("en"):
        sections = {section.name: section.rows for section in sections_of(member)}
    return [row.person.name for row in sections.get(name, [])]


def test_a_kindness_stands_on_today_and_leads_to_the_talk(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Who, what, the words, how long it has been."""
    arrive(
        pretend_channel, said("ada", "1", html="<p>The best rye.</p>", links=LINK, at=ago(days=3))
    )
    text = page(client_of(alice))
    assert "Ada" in text
    assert "linked to us" in text
    assert "The best rye." in text
    assert "for 3 days" in text
    assert reverse("conversations-thread", args=[Post.objects.get().conversation_id]) in text
    assert rows(alice, "owed") == ["Ada"]


def test_somebody_with_two_kindnesses_stands_there_once(
    alice: Member, pretend_channel: Channel
) -> None:
    """A person is a person, with as many accounts as she likes."""
    arrive(pretend_channel, said("ada", "1", links=LINK), said("ada2", "2", links=LINK))
    second = Contact.objects.get(identity__handle="@ada2@town.example").identity
    second.person = person("ada")
    second.save()
    assert rows(alice, "owed") == ["Ada"]


def test_settled_and_taken_back_with_one_click_each(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """The sentence that says so offers the way back."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    client, ada = client_of(alice), person("ada")
    back = client.post(f"{OWED}{ada.pk}/settle/", {"back": OWED}, follow=True)
    text = back.content.decode()
    assert back.redirect_chain == [(OWED, 302)]
    assert "Take that back" in text
    assert not Contact.objects.owed().exists()
    client.post(f"{OWED}{ada.pk}/unsettle/", {"back": OWED})
    assert Contact.objects.owed().exists()
    assert "Ada" in page(client)


@pytest.mark.parametrize("back", ["", "https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_sent_away_from_the_house(
    alice: Member, pretend_channel: Channel, client_of: ClientOf, back: str
) -> None:
    """The way back is one of ours."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    response = client_of(alice).post(f"{OWED}{person('ada').pk}/settle/", {"back": back})
    assert response["Location"] == OWED


def test_thanking_for_a_link_answers_where_it_stands(
    alice: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
) -> None:
    """The draft is marked as thanks; a second click finds it."""
    read_all(pretend_channel)
    contact = Contact.objects.owed().filter(owed_act__kind=Act.Kind.LINK)[0]
    assert contact.owed_act is not None
    assert contact.owed_act.post is not None
    client = client_of(alice)
    for _ in range(2):
        response = client.post(f"{OWED}{contact.identity.person_id}/thank/")
    talk = reverse("conversations-thread", args=[contact.owed_act.post.conversation_id])
    assert response["Location"] == f"{talk}#reply"
    draft = Draft.objects.get()
    assert draft.is_thanks
    assert draft.answering_uid == contact.owed_act.post.uid


def test_thanking_for_passing_us_on_names_who_did(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """An answer to our own post would reach nobody."""
    ours = said(us(pretend_channel), "ours")
    boost = reacted("ada", ReactionKind.BOOST, ours)
    arrive(pretend_channel, ours, reactions=[boost], lane="notifications")
    client = client_of(alice)
    for _ in range(2):
        response = client.post(f"{OWED}{person('ada').pk}/thank/")
    draft = Draft.objects.get()
    assert response["Location"] == reverse("outbox-draft", args=[draft.pk])
    assert draft.text == "@ada@town.example "
    assert draft.is_thanks


def test_thanking_somebody_whom_we_owe_nothing_leads_to_her(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """The page was old, or two colleagues were kind at once."""
    arrive(pretend_channel, said("ada", "1"))
    ada = person("ada")
    response = client_of(alice).post(f"{OWED}{ada.pk}/thank/")
    assert response["Location"] == reverse("people-person", args=[ada.pk])
    assert not Draft.objects.exists()


def test_new_faces_are_those_who_came_to_us(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """In the last fortnight; not those whom we merely overhear, nor old acquaintances."""
    home = [us(pretend_channel)]
    arrive(
        pretend_channel,
        said("old", "1", names=home, at=ago(days=90)),
        said("old", "2", names=home, at=ago(days=1)),
        said("ada", "3", names=home, at=ago(days=2)),
        said("bo", "4"),
        reactions=[reacted("cy", ReactionKind.FOLLOW, at=ago(days=1, hours=1))],
    )
    assert rows(alice, "faces") == ["Cy", "Ada"]
    text = page(client_of(alice), "/today/faces/")
    assert "began to follow us" in text


def test_whom_we_spoke_to_first_is_no_new_face(alice: Member, pretend_channel: Channel) -> None:
    """It began with us, though she answers within the fortnight. It was longer ago that it did."""
    arrive(pretend_channel, said("ada", "1"))
    speak(alice, pretend_channel, "@ada@town.example Good morning.")
    Act.objects.update(at=ago(days=30))
    arrive(pretend_channel, said("ada", "2", names=[us(pretend_channel)]))
    assert rows(alice, "faces") == []


def test_long_lists_go_on(alice: Member, pretend_channel: Channel, client_of: ClientOf) -> None:
    """Everybody is on some page, and nobody on two."""
    arrive(
        pretend_channel,
        *(said(f"p{n}", str(n), links=LINK, at=ago(hours=3)) for n in range(70)),
    )
    client = client_of(alice)
    for address, key in (("/today/owed/", "people"), ("/today/faces/", "faces")):
        names: list[str] = []
        response = client.get(address)
        while True:
            names += [row.person.name for row in response.context[key]]
            if not response.context["older_url"]:
                break
            response = client.get(address + response.context["older_url"])
        assert sorted(names) == sorted(f"P{n}" for n in range(70))


def test_empty_lists_say_what_would_fill_them(alice: Member, client_of: ClientOf) -> None:
    """In a sentence."""
    client = client_of(alice)
    assert "Nobody waits for a thank-you" in page(client)
    assert "Nobody new in the last fortnight" in page(client, "/today/faces/")


def test_strangers_find_nothing(
    alice: Member, charlie: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Another workspace's debts are nobody's business."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    ada, client = person("ada"), client_of(charlie)
    for act in ("thank", "settle", "unsettle"):
        assert client.post(f"{OWED}{ada.pk}/{act}/").status_code == 404
        assert client.get(f"{OWED}{ada.pk}/{act}/").status_code == 405
    assert "Ada" not in page(client)
    assert "Ada" not in page(client, "/today/faces/")
    assert Contact.objects.owed().exists()


def test_what_passed_between_reads_from_both_sides(alice: Member, pretend_channel: Channel) -> None:
    """The latest first, with what is owed; numbers come last and cover all her accounts."""
    home = [us(pretend_channel)]
    arrive(
        pretend_channel,
        said("ada", "1", names=home, at=ago(days=3)),
        said("ada", "2", links=LINK, at=ago(days=2)),
    )
    speak(alice, pretend_channel, "@ada@town.example Thank you.")
    arrive(pretend_channel, said("ada", "3", links=LINK, at=ago(seconds=-1)))
    with translation.override("en"):
        between = between_us(person("ada"))
    assert between is not None
    assert [passed.phrase for passed in between.received] == [
        "Linked to us",
        "Linked to us",
        "Named us",
    ]
    assert [passed.phrase for passed in between.given] == ["We named them"]
    assert (between.received_count, between.given_count) == (3, 1)


def test_nothing_passed_is_no_passage(pretend_channel: Channel) -> None:
    """A page says nothing where there is nothing to say."""
    arrive(pretend_channel, said("ada", "1"))
    assert what_passed_between(person("ada")) is None
    assert what_passed_between in list(ON_PERSON)


@pytest.mark.parametrize("address", ["/today/owed/", "/today/faces/"])
def test_ten_more_rows_cost_no_more_queries(
    alice: Member,
    pretend_channel: Channel,
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    """At most fifteen."""
    client, counts = client_of(alice), []
    for many in (2, 12):
        arrive(pretend_channel, *(said(f"p{n}", str(n), links=LINK) for n in range(many)))
        with django_assert_max_num_queries(15) as counted:
            page(client, address)
        counts.append(len(counted))
    assert counts[0] == counts[1]

"""The front door."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post, make_promise
from resonanz.conversations.models import Post
from resonanz.house.today.greeting import headline, hello
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.models import Delivery, Draft
from resonanz.people.models import Person
from resonanz.relationships.actions import settle_debts
from resonanz.relationships.tests.saying import arrive, said, us
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import WELCOME, Section, sections_of
from resonanz.workspaces.tests.cast import ClientOf

LINK = ["https://bakery.example/rye"]


def page(client: Client) -> str:
    """The page as text, on one line."""
    response = client.get("/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Good evening, Ines"),
        (5, "Good morning, Ines"),
        (11, "Good day, Ines"),
        (18, "Good evening, Ines"),
    ],
)
def test_the_greeting_knows_the_hour(hour: int, words: str) -> None:
    """Of the reader's own day."""
    with translation.override("en"):
        assert hello("Ines", datetime(2026, 3, 2, hour, 0, tzinfo=UTC)) == words


def test_the_first_section_with_a_headline_gives_it() -> None:
    """One sentence, not three."""

    def section(words: str) -> Section:
        return Section(name="x", title="", row_template="", rows=[1], total=1, headline=words)

    assert (
        headline([section(""), section("Jonas waits."), section("Two drafts.")]) == "Jonas waits."
    )
    assert headline([]) == ""


def test_before_anything_is_connected_there_are_doors(alice: Member, client_of: ClientOf) -> None:
    """The same as on the first visit."""
    text = page(client_of(alice))
    assert text.count('class="door"') == len(WELCOME) > 0
    assert "Hello" not in text


def test_when_nobody_waits_the_page_is_short_and_kind(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """And shows the way out to the others."""
    text = page(client_of(alice))
    assert "Nobody waits for us" in text
    assert 'href="/neighbourhood/"' in text
    assert 'class="row' not in text


def test_who_waits_and_whom_we_owe_stand_there_in_order(
    alice: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
) -> None:
    """Sections in the order of their places, a handful of rows each, and a way to the rest."""
    read_all(pretend_channel)
    text = page(client_of(alice))
    owed, faces = text.index('id="today-owed"'), text.index('id="today-faces"')
    assert owed < faces
    for section in sections_of(alice):
        assert len(section.rows) <= 10
    assert 'href="/today/faces/"' in text


def test_small_acts_are_done_in_place(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Settled leads back here."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    client = client_of(alice)
    text = page(client)
    assert 'name="back" value="/"' in text
    action = text.split("/settle/")[0].rsplit('"', 1)[1] + "/settle/"
    response = client.post(action, {"back": "/"})
    assert response["Location"] == "/"
    assert "Take that back" in page(client)


def test_bob_reads_it_in_german(
    alice: Member, bob: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Each member her language."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    text = page(client_of(bob))
    assert '<html lang="de"' in text
    assert "hat auf uns verlinkt" in text


def test_strangers_see_the_door_and_others_only_their_own(
    alice: Member, charlie: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Whoever is not signed in signs in first."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    assert "Ada" not in page(client_of(charlie))
    assert Client().get("/")["Location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_before_the_first_visit_the_way_leads_to_the_set_up() -> None:
    """There is nobody who could sign in."""
    assert Client().get("/")["Location"] == "/setup/"


def live(member: Member, channel: Channel, many: int) -> None:
    """Let people speak to us, answer some, promise, fail, begin to write, settle."""
    home, voice = [us(channel)], member.voices.get()
    names = [f"p{n}" for n in range(many)]
    arrive(channel, *(said(n, f"{n}-{many}", links=LINK, names=home) for n in names))
    for name in names[1:]:
        post = Post.objects.get(uid__endswith=f"/{name}-{many}")
        make_promise(
            conversation=post.conversation, voice=voice, what="A loaf.", due_on=date(2030, 1, 1)
        )
        draft = answer_post(post=post, member=member, voice=voice)
        save_draft(draft=draft, text="Thank you.")
    for draft in Draft.objects.open()[: many // 2]:
        approve_and_send(draft=draft, member=member)
    Delivery.objects.update(state=Delivery.State.REFUSED, trouble_reason="No.")
    settle_debts(person=Person.objects.get(identities__handle="@p0@town.example"))


def test_ten_more_of_everything_cost_no_more_queries(
    alice: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """At most fifteen, with something in every section."""
    read_all(pretend_channel)
    client, counts = client_of(alice), []
    for many in (8, 18):
        live(alice, pretend_channel, many)
        with django_assert_max_num_queries(15) as counted:
            text = page(client)
        counts.append(len(counted))
    assert counts[0] == counts[1]
    for name in ("waiting", "owed", "promises", "drafts", "failed", "faces"):
        assert f'id="today-{name}"' in text

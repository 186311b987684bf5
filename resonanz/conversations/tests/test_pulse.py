"""What open pages ask every few seconds: what is new, and who of us is here."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Presence
from resonanz.conversations.moves import assign
from resonanz.conversations.presence import forget_presences
from resonanz.conversations.pulse import EPOCH, MICROSECOND, Known
from resonanz.conversations.tests.saying import arrives, naming, post, said, talk_of, us
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

Speak = Callable[..., None]

INBOX = "/conversations/pulse/"


@pytest.fixture
def told(channel: Channel, clock: HandClock) -> Speak:
    """Anna has said something to us; a moment later pages are opened."""

    def speak(name: str, *, answers: str = "") -> None:
        clock.advance(minutes=1 / 60)
        arrives(channel, said("anna", name, answers=answers, mentions=naming(us(channel))))
        clock.advance(minutes=1 / 60)

    speak("hello")
    clock.advance(minutes=1)
    return speak


def asked(client: Client, known: str) -> Any:
    return client.get(INBOX, {"known": known})


def page_of(client: Client, name: str = "") -> dict[str, str]:
    """What a page that is opened now tells its script."""
    address = (
        reverse("conversations-thread", args=[talk_of(name).pk]) if name else "/conversations/"
    )
    pulse = client.get(address).context["pulse"]
    return {"url": pulse.url, "known": pulse.known, "talk": pulse.talk}


def pulse_of(client: Client, page: dict[str, str], **more: str) -> Any:
    """The talk's page asks; afterwards it knows what it was told."""
    answer = client.post(page["url"], {"known": page["known"], "talk": page["talk"], **more})
    news = answer.json() if answer.status_code == 200 else {"known": answer.headers["Pulse-Known"]}
    page |= {name: news[name] for name in ("known", "talk") if name in news}
    return answer


def test_a_page_that_shows_everything_is_told_nothing(
    told: Speak, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    answer = asked(client, page_of(client)["known"])
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_new_post_is_told_once(told: Speak, alice: Member, client_of: ClientOf) -> None:
    client = client_of(alice)
    known = page_of(client)["known"]
    told("again", answers="hello")
    news = asked(client, known).json()
    assert news["sentence"] == "One conversation changed."
    assert asked(client, news["known"]).status_code == 204


def test_who_waits_with_looking_is_told_of_all(
    told: Speak, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    known = page_of(client)["known"]
    told("again", answers="hello")
    told("another")
    assert asked(client, known).json()["sentence"] == "2 conversations changed."


def test_what_committed_late_is_told_all_the_same(
    told: Speak, alice: Member, client_of: ClientOf
) -> None:
    """Its time is a little before what the page knows already."""
    client = client_of(alice)
    known = page_of(client)["known"]
    told("one")
    told("two")
    late = talk_of("one")
    type(late).objects.filter(pk=late.pk).update(changed_at=timezone.now() - timedelta(hours=1))
    known = asked(client, known).json()["known"]
    moment = talk_of("two").changed_at - timedelta(seconds=2)
    type(late).objects.filter(pk=late.pk).update(changed_at=moment)
    assert asked(client, known).json()["sentence"] == "One conversation changed."


@pytest.mark.parametrize(
    "known", ["", "x", ";", "1;;1.", "9" * 19, "1;2;3.4,5,x.y", "٣;;", "9" * 17]
)
def test_nonsense_is_a_page_that_was_just_made(
    known: str, told: Speak, alice: Member, client_of: ClientOf
) -> None:
    assert asked(client_of(alice), known).status_code in (200, 204)


def test_a_token_reads_as_it_was_written() -> None:
    known = Known(EPOCH + 17 * MICROSECOND, frozenset({(3, 16), (4, 17)}), 2)
    assert Known.read(str(known)) == known
    assert Known.read(str(Known(known.newest))) == Known(known.newest)


def test_an_alarm_renews_the_rail_alone(
    told: Speak, alice: Member, client_of: ClientOf, clock: HandClock
) -> None:
    client = client_of(alice)
    known = asked(client, page_of(client)["known"]).headers["Pulse-Known"]
    raise_alarm(workspace=alice.workspace, matter="disk", code="disk_full")
    news = asked(client, known).json()
    assert (news["is_rail_new"], news["sentence"]) == (True, "")
    end_alarm(workspace=alice.workspace, matter="disk")
    assert asked(client, news["known"]).json()["is_rail_new"]


def test_two_questions_for_an_idle_page(
    told: Speak,
    alice: Member,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Besides the three by which everybody is known: session, login, membership."""
    client = client_of(alice)
    page, talk_page = page_of(client), page_of(client, "hello")
    client.post(talk_page["url"])
    with django_assert_num_queries(3 + 2):
        assert asked(client, page["known"]).status_code == 204
    with django_assert_num_queries(3 + 2):
        assert pulse_of(client, talk_page).status_code == 204


def test_ten_more_changes_cost_no_more(
    told: Speak,
    alice: Member,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(alice)
    page = page_of(client)
    for number in range(10):
        told(f"more-{number}")
    with django_assert_num_queries(3 + 2):
        assert asked(client, page["known"]).json()["sentence"] == "10 conversations changed."


def test_the_open_talk_is_told_apart_from_the_others(
    told: Speak, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    page = page_of(client, "hello")
    told("again", answers="hello")
    news = pulse_of(client, page).json()
    assert (news["is_talk_new"], news["sentence"]) == (True, "")
    told("another")
    news = pulse_of(client, page).json()
    assert (news["is_talk_new"], news["sentence"]) == (False, "One conversation changed.")
    assert pulse_of(client, page).status_code == 204


def test_who_else_reads_and_writes_is_told(
    told: Speak, alice: Member, bob: Member, client_of: ClientOf, clock: HandClock
) -> None:
    hers, his = client_of(alice), client_of(bob)
    page, his_page = page_of(hers, "hello"), page_of(his, "hello")
    assert pulse_of(hers, page).status_code == 204
    assert pulse_of(his, his_page).json()["people"] == ["Alice liest hier auch mit."]
    assert pulse_of(hers, page).json()["people"] == ["Bob reads this, too."]
    pulse_of(his, his_page, writing="1")
    assert pulse_of(hers, page).json()["people"] == ["Bob is writing here."]
    clock.advance(minutes=5)
    assert pulse_of(hers, page).json()["people"] == []


def test_presence_is_written_every_fifteen_seconds_at_most(
    told: Speak, alice: Member, client_of: ClientOf, clock: HandClock
) -> None:
    client = client_of(alice)
    page = page_of(client, "hello")
    pulse_of(client, page)
    first = Presence.objects.get().seen_at
    clock.advance(minutes=14 / 60)
    pulse_of(client, page)
    assert Presence.objects.get().seen_at == first
    clock.advance(minutes=2 / 60)
    pulse_of(client, page)
    assert Presence.objects.get().seen_at > first


def test_presences_are_forgotten_after_a_day(
    told: Speak, alice: Member, client_of: ClientOf, clock: HandClock
) -> None:
    client = client_of(alice)
    pulse_of(client, page_of(client, "hello"))
    clock.advance(hours=23)
    forget_presences()
    assert Presence.objects.count() == 1
    clock.advance(hours=2)
    forget_presences()
    assert Presence.objects.count() == 0


def test_a_guest_hears_only_of_what_she_is_asked_about(
    told: Speak, alice: Member, gustav: Member, client_of: ClientOf
) -> None:
    client = client_of(gustav)
    known = page_of(client)["known"]
    told("again", answers="hello")
    assert asked(client, known).status_code == 204
    talk = talk_of("hello")
    assert client.post(f"/conversations/{talk.pk}/pulse/").status_code == 404
    assign(conversations=[talk], to=gustav, by=alice)
    assert asked(client, known).json()["sentence"] == "One conversation changed."
    assert client.post(f"/conversations/{talk.pk}/pulse/").status_code == 200


def test_a_stranger_hears_nothing(
    told: Speak, alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    client = client_of(charlie)
    known = str(Known(timezone.now() - timedelta(hours=1)))
    told("again", answers="hello")
    assert asked(client, known).status_code == 204
    assert client.post(f"/conversations/{post('hello').conversation_id}/pulse/").status_code == 404


def test_an_open_page_does_not_keep_a_session_alive(
    told: Speak, alice: Member, client_of: ClientOf
) -> None:
    """Only what she does herself says that she is there."""
    client = client_of(alice)
    page = page_of(client, "hello")
    session = client.session
    session["seen_at"] = 0
    session.save()
    asked(client, page["known"])
    pulse_of(client, page, writing="1")
    client.get("/conversations/", headers={"Live-Update": "1"})
    assert client.session["seen_at"] == 0
    client.get("/conversations/")
    assert client.session["seen_at"] > 0

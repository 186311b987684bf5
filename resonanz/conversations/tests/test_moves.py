"""Giving away, putting aside, calling done: one click, one or many, and one to take it back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations import moves
from resonanz.conversations.jobs import wake_conversation
from resonanz.conversations.models import Conversation, Move
from resonanz.conversations.panels import to_wake
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, talk_of
from resonanz.outbox.tests.scripted import Scripted
from resonanz.people.models import Identity
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def talk(channel: Channel) -> Conversation:
    """Mara waits for us."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    return talk_of("q")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def move(browser: Client, talk: Conversation, **told: str) -> str:
    shown = browser.post(f"/conversations/{talk.pk}/move/", told, follow=True)
    assert shown.status_code == 200
    return shown.content.decode()


def take_back(browser: Client) -> str:
    batch = Move.objects.latest("pk").batch
    return browser.post(f"/conversations/moves/{batch}/undo/", follow=True).content.decode()


def listed(browser: Client, query: str = "") -> list[str]:
    rows = browser.get(f"/conversations/{query}").context["rows"]
    return [row.name for row in rows]


def test_giving_to_a_colleague_is_told_in_the_talk_and_taken_back(
    talk: Conversation, browser: Client, bob: Member
) -> None:
    """The sentence says who has it now; the talk says who gave it to whom."""
    shown = move(browser, talk, do=f"give:{bob.pk}")
    for words in ("Bob looks after it now.", "Alice gave it to Bob", "Bob looks after it."):
        assert words in shown
    assert talk_of("q").assignee == bob
    shown = take_back(browser)
    assert "It is as it was before." in shown
    assert talk_of("q").assignee is None
    assert "has been taken back already" in take_back(browser)


def test_the_talk_says_that_whoever_has_it_is_away(
    talk: Conversation, browser: Client, alice: Member, bob: Member
) -> None:
    """And who stands in."""
    day = local_day(alice.workspace)
    Absence.objects.create(member=bob, stand_in=alice, from_day=day, until_day=day)
    assert "Bob looks after it (away until" in move(browser, talk, do=f"give:{bob.pk}")
    assert "Alice stands in)." in browser.get(f"/conversations/{talk.pk}/").content.decode()


def test_the_same_click_twice_is_one_move(talk: Conversation, browser: Client) -> None:
    move(browser, talk, do="give:me")
    assert "It was like this already" in move(browser, talk, do="give:me")
    assert Move.objects.count() == 1


def test_nothing_is_given_to_strangers_and_those_who_left(
    talk: Conversation, browser: Client, bob: Member, charlie: Member
) -> None:
    bob.left_at = timezone.now()
    bob.save()
    for told in (str(bob.pk), str(charlie.pk), "x", ""):
        shown = browser.post(f"/conversations/{talk.pk}/move/", {"do": f"give:{told}"})
        assert shown.status_code == 404
    assert talk_of("q").assignee is None


def test_tomorrow_begins_at_eight_in_the_time_of_the_workspace_or_with_her_hours(
    talk: Conversation, browser: Client, alice: Member
) -> None:
    shown = move(browser, talk, do="aside:tomorrow")
    wakes = talk_of("q").wakes_at
    assert wakes is not None
    local = wakes.astimezone(BERLIN)
    assert (local.hour, local.minute) == (8, 0)
    assert local.date() == timezone.now().astimezone(BERLIN).date() + timedelta(days=1)
    assert "08:00" in shown
    alice.works_from = datetime(2026, 1, 1, 9, 30).time()  # noqa: DTZ001 (only its time)
    alice.save()
    move(browser, talk, do="aside:monday")
    wakes = talk_of("q").wakes_at
    assert wakes is not None
    local = wakes.astimezone(BERLIN)
    assert (local.hour, local.minute, local.weekday()) == (9, 30, 0)


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "2999-01-01", "2026-13-41"])
def test_a_day_that_is_none_changes_nothing(talk: Conversation, browser: Client, day: str) -> None:
    assert "Choose a day that is still to come" in move(browser, talk, do="aside:day", day=day)
    assert not talk_of("q").is_snoozed


def test_what_is_put_aside_leaves_the_list_until_its_day_and_is_our_turn_then(
    talk: Conversation, browser: Client, alice: Member, network: Scripted, clock: HandClock
) -> None:
    """Even when it was their turn: somebody wanted to see it again."""
    answered(post("q"), alice)
    move(browser, talk, do="aside:tomorrow")
    assert listed(browser, "?turn=theirs") == []
    assert to_wake(timezone.now(), 10) == []
    clock.advance(hours=36)
    assert to_wake(timezone.now(), 10) == [talk.pk]
    assert to_wake(timezone.now(), 10) == []
    wake_conversation.call(talk.pk)
    wake_conversation.call(talk.pk)
    assert listed(browser) == ["Mara"]
    assert Move.objects.filter(verb="wake", member=None).count() == 1
    assert "It came back on its day" in browser.get(f"/conversations/{talk.pk}/").content.decode()
    clock.advance(hours=1)
    assert to_wake(timezone.now(), 10) == []


def test_a_new_word_of_theirs_to_us_fetches_back_what_is_put_aside(
    talk: Conversation, browser: Client, channel: Channel
) -> None:
    move(browser, talk, do="aside:they")
    assert listed(browser) == []
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    arrives(channel, said("ole", "aside", answers="q"), lane="thread")
    assert talk_of("q").is_snoozed
    arrives(channel, said("mara", "more", answers="q", mentions=naming(channel)))
    assert not talk_of("q").is_snoozed
    assert listed(browser) == ["Mara, Ole"]
    shown = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "It came back because they wrote" in shown


def test_whom_we_muted_makes_nobody_wait_and_fetches_nothing_back(
    talk: Conversation, browser: Client, channel: Channel
) -> None:
    move(browser, talk, do="aside:they")
    Identity.objects.filter(name="Ole").update(muted_at=timezone.now())
    arrives(channel, said("ole", "r", answers="q"), lane="thread")
    Identity.objects.filter(name="Ole").update(muted_at=timezone.now())
    arrives(channel, said("ole", "s", answers="q", mentions=naming(channel)))
    assert talk_of("q").is_snoozed


def test_undo_leaves_alone_what_somebody_moved_since(
    channel: Channel, browser: Client, alice: Member, bob: Member
) -> None:
    """Three are called done at once; one of them was taken up by Bob before Alice takes it back."""
    for name in ("ada", "bea", "cem"):
        arrives(channel, said(name, name, mentions=naming(channel)))
    talks = [talk_of(name) for name in ("ada", "bea", "cem")]
    told = {"do": "done", "pk": [talk.pk for talk in talks]}
    shown = browser.post("/conversations/move/", told, follow=True).content.decode()
    assert "3 conversations are done" in shown
    batch = Move.objects.latest("pk").batch
    moves.leave_to_them(conversations=[talk_of("bea")], by=bob)
    shown = browser.post(f"/conversations/moves/{batch}/undo/", follow=True).content.decode()
    assert "It is as it was before." in shown
    assert "1 conversation was moved by somebody meanwhile" in shown
    assert [talk_of(name).turn for name in ("ada", "bea", "cem")] == ["ours", "theirs", "ours"]
    assert talk_of("ada").waiting_since == post("ada").said_at


def test_undo_gives_back_every_column_of_a_done_one(talk: Conversation, browser: Client) -> None:
    before = Conversation.objects.filter(pk=talk.pk).values().get()
    move(browser, talk, do="aside:tomorrow")
    aside = Conversation.objects.filter(pk=talk.pk).values().get()
    move(browser, talk, do="done")
    assert not talk_of("q").is_snoozed
    take_back(browser)
    now = Conversation.objects.filter(pk=talk.pk).values().get()
    assert {**now, "changed_at": 0} == {**aside, "changed_at": 0}
    batch = Move.objects.earliest("pk").batch
    browser.post(f"/conversations/moves/{batch}/undo/")
    now = Conversation.objects.filter(pk=talk.pk).values().get()
    assert {**now, "changed_at": 0} == {**before, "changed_at": 0}
    assert now["changed_at"] > before["changed_at"]


def test_many_at_once_are_moved_by_as_many_questions_as_few(
    channel: Channel, alice: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"p{number}" for number in range(40)]
    arrives(channel, *(said(name, name, mentions=naming(channel)) for name in names))
    talks = list(Conversation.objects.all())
    with django_assert_max_num_queries(12):
        moved = moves.call_done(conversations=talks, by=alice)
    assert moved.count == 40


def test_ticked_ones_of_others_are_left_out(
    talk: Conversation, charlie: Member, client_of: ClientOf
) -> None:
    stranger = client_of(charlie)
    told = {"do": "done", "pk": [talk.pk]}
    shown = stranger.post("/conversations/move/", told, follow=True).content.decode()
    assert "Nothing was ticked" in shown
    assert talk_of("q").turn == "ours"
    moves.call_done(conversations=[talk], by=Member.objects.earliest("pk"))
    batch = Move.objects.latest("pk").batch
    assert stranger.post(f"/conversations/moves/{batch}/undo/").status_code == 404
    assert talk_of("q").turn == "done"


def test_an_agency_arranges_and_a_guest_does_not(
    talk: Conversation, bob: Member, client_of: ClientOf
) -> None:
    bob.role = Member.Role.AGENCY
    bob.save()
    address = f"/conversations/{talk.pk}/move/"
    assert client_of(bob).post(address, {"do": "give:me"}).status_code == 302
    bob.role = Member.Role.GUEST
    bob.save()
    assert client_of(bob).post(address, {"do": "done"}).status_code == 404
    assert "/move/" not in client_of(bob).get(f"/conversations/{talk.pk}/").content.decode()
    assert talk_of("q").turn == "ours"


def test_today_says_who_looks_after_what_waits(
    talk: Conversation, browser: Client, bob: Member, client_of: ClientOf
) -> None:
    move(browser, talk, do=f"give:{bob.pk}")
    assert "bei Bob" in client_of(bob).get("/").content.decode()


def test_two_talks_that_become_one_keep_their_history(
    channel: Channel, browser: Client, alice: Member
) -> None:
    """An answer was put aside before the words it answers arrived."""
    arrives(channel, said("mara", "late", answers="early", mentions=naming(channel)))
    move(browser, talk_of("late"), do="give:me")
    move(browser, talk_of("late"), do="aside:they")
    arrives(channel, said("ole", "early"), lane="thread")
    found = talk_of("late")
    assert found == talk_of("early")
    assert (found.assignee, found.is_snoozed) == (alice, True)
    assert found.moves.count() == 2

"""The status page: what is stuck, with its reason, and whether the house is awake."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz import __version__
from resonanz.channels.actions import note_trouble
from resonanz.channels.models import Channel
from resonanz.house.routines import run_routine, schedule_routines
from resonanz.outbox.actions import approve_and_send, start_draft
from resonanz.outbox.jobs import deliver
from resonanz.outbox.models import Delivery, Draft, OnItsWay
from resonanz.outbox.outcome import note_trouble_on_way
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.trouble import Refused, SignInAgain, Unsure
from resonanz.workspaces.actions import note_routine_done
from resonanz.workspaces.models import Alarm, Member, Routine
from resonanz.workspaces.queries import voices_of
from resonanz.workspaces.tests.cast import ClientOf

WORDS = "Fresh bread at seven, as every day."


@pytest.fixture
def client(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


@pytest.fixture
def awake(alice: Member) -> None:
    """A worker came round a moment ago."""
    schedule_routines()
    for routine in Routine.objects.all():
        run_routine.call(routine.pk)


@pytest.fixture
def delivery(alice: Member, pretend_channel: Channel) -> Delivery:
    """A text of Alice's, on its way."""
    draft = start_draft(
        workspace=alice.workspace,
        author=alice,
        voice=voices_of(alice)[0],
        channels=[pretend_channel],
        text=WORDS,
    )
    return approve_and_send(draft=draft, member=alice).deliveries.get()


def test_everything_is_well_in_one_sentence(client: Client, awake: None) -> None:
    """And the page is short."""
    page = client.get("/status/").content.decode()
    assert "Everything is well" in page
    assert "trouble" not in page


def test_a_worker_that_does_nothing_is_noticed(
    client: Client, awake: None, clock: HandClock
) -> None:
    """After a few minutes, with what to do."""
    clock.advance(minutes=10)
    page = client.get("/status/").content.decode()
    assert "Nothing is being done in the background." in page
    assert "resonanz up" in page


def test_what_was_refused_is_told_once_with_the_text_and_a_way_on(
    client: Client, delivery: Delivery
) -> None:
    """The alarm on the same matter does not say it a second time."""
    note_trouble_on_way(row=delivery, trouble=Refused("Validation failed"))
    page = client.get("/status/").content.decode()
    assert WORDS in page
    assert page.count("Validation failed") == 1
    assert f'action="/outbox/delivery/{delivery.pk}/again/"' in page
    assert f'action="/outbox/delivery/{delivery.pk}/take-back/"' in page
    assert Alarm.objects.filter(over_at=None).count() == 1


def test_trying_again_comes_back_here_and_sends(client: Client, delivery: Delivery) -> None:
    """A second click changes nothing."""
    note_trouble_on_way(row=delivery, trouble=Refused("Validation failed"))
    for _ in range(2):
        answer = client.post(f"/outbox/delivery/{delivery.pk}/again/", {"next": "/status/"})
        assert answer["Location"] == "/status/"
    deliver.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == OnItsWay.State.SENT
    assert WORDS not in client.get("/status/").content.decode()


def test_taking_back_gives_the_text_to_the_drafts(client: Client, delivery: Delivery) -> None:
    """And the matter is over."""
    note_trouble_on_way(row=delivery, trouble=Refused("Validation failed"))
    client.post(f"/outbox/delivery/{delivery.pk}/take-back/")
    assert Draft.objects.open().get().text == WORDS
    assert WORDS not in client.get("/status/").content.decode()
    assert not Alarm.objects.filter(over_at=None).exists()


def test_what_may_have_arrived_is_not_offered_as_a_draft(
    client: Client, delivery: Delivery
) -> None:
    """We look first; said twice would be worse. It stands here once three looks were in vain."""
    Delivery.objects.update(attempts=3)
    delivery.refresh_from_db()
    note_trouble_on_way(row=delivery, trouble=Unsure("ReadTimeout"))
    page = client.get("/status/").content.decode()
    assert "state-unsure" in page
    assert "take-back" not in page


def test_a_channel_that_lost_its_permission_is_one_matter(
    client: Client, delivery: Delivery, pretend_channel: Channel
) -> None:
    """The channel says what to do, and the text waits for it."""
    for _ in range(3):
        note_trouble(
            channel=pretend_channel, trouble=SignInAgain("x"), at=timezone.now(), attempts=1
        )
    page = client.get("/status/").content.decode()
    assert page.count("the permission has ended") == 1
    assert "has been connected again" in page
    assert '<span class="rail-count">1' in page


def test_a_stranger_sees_nothing_of_it(
    charlie: Member, delivery: Delivery, client_of: ClientOf
) -> None:
    """Only his own house."""
    note_trouble_on_way(row=delivery, trouble=Refused("Validation failed"))
    assert WORDS not in client_of(charlie).get("/status/").content.decode()


def test_the_house_is_told_in_sentences(client: Client, awake: None) -> None:
    """Processes, what is to be sent, backup, disk, database and version."""
    note_routine_done(name="alive work oven 17")
    page = client.get("/status/").content.decode()
    assert "Runs on oven, as process 17." in page
    assert "There is none, and none is taken by itself." in page
    assert "are free." in page
    assert "SQLite" in page or "PostgreSQL" in page
    assert f"Resonanz {__version__}" in page


def test_every_worker_is_seen_and_a_dead_one_is_missed(
    client: Client, awake: None, clock: HandClock
) -> None:
    """A dead one beside a living one of its kind has been replaced, and is no news."""
    for name in ("alive work oven 17", "alive listen oven 18"):
        note_routine_done(name=name)
    clock.advance(minutes=20)
    note_routine_done(name="alive work cellar 3")
    page = client.get("/status/").content.decode()
    assert "Runs on cellar, as process 3." in page
    assert "on oven for 20 minutes" in page
    assert "process 17" not in page


def test_a_channel_is_measured_by_its_own_rhythm(
    client: Client, awake: None, pretend_channel: Channel, clock: HandClock
) -> None:
    """Two days are nothing for one that speaks every week, and much for one of every hour."""
    Channel.objects.update(
        arrived=50, last_arrival_at=clock(), longest_silence_seconds=7 * 24 * 3600
    )
    clock.advance(days=2)
    assert "As lively as usual." in client.get("/status/").content.decode()
    Channel.objects.update(longest_silence_seconds=3600)
    page = client.get("/status/").content.decode()
    assert "Silent for much longer than usual." in page
    assert "Usually silent for 1 hour at most." in page


def test_ten_more_channels_and_workers_cost_no_more_questions(
    client: Client,
    alice: Member,
    pretend_channel: Channel,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        note_routine_done(name=f"alive work oven {number}")
        Channel.objects.create(
            workspace=alice.workspace, network="feeds", uid=str(number), credentials=b""
        )
    with django_assert_max_num_queries(15):
        client.get("/status/")

"""The list of channels, the page of one, and what can be done with it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.actions import keep_account, note_trouble
from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel, Lane
from resonanz.channels.sentences import health_of, on_alarm
from resonanz.channels.tests.toy import TOKEN, Toy, toy_account
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater, Unreadable
from resonanz.workspaces.models import Alarm, Member

QUERIES_AT_MOST = 15


def test_the_empty_list_says_what_would_fill_it(client: Client) -> None:
    """And how."""
    page = client.get("/channels/").content.decode()
    assert "Nothing is connected yet" in page
    assert 'href="/channels/connect/"' in page


def test_a_channel_in_trouble_stands_first_with_its_sentence(
    client: Client, alice: Member, ours: Channel
) -> None:
    """Before those that work."""
    keep_account(member=alice, network_slug="toy", account=toy_account("anvil"))
    note_trouble(channel=ours, trouble=SignInAgain(), at=timezone.now(), attempts=1)
    page = client.get("/channels/").content.decode()
    assert "the permission has ended. Connect it again." in page
    assert page.index("@bakery@toy.example") < page.index("@anvil@toy.example")


def test_ten_more_channels_need_no_more_queries(
    client: Client, alice: Member, toy: Toy, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """At most fifteen, however long the list is."""
    for number in range(3):
        keep_account(member=alice, network_slug="toy", account=toy_account(f"toy{number}"))
    with django_assert_max_num_queries(QUERIES_AT_MOST) as few:
        client.get("/channels/")
    for number in range(3, 13):
        keep_account(member=alice, network_slug="toy", account=toy_account(f"toy{number}"))
    with django_assert_max_num_queries(QUERIES_AT_MOST) as many:
        client.get("/channels/")
    assert len(few) == len(many)


def test_many_sources_are_paged(client: Client, alice: Member, toy: Toy) -> None:
    """By what came before, newest first; every one is on exactly one page."""
    for number in range(60):
        keep_account(member=alice, network_slug="toy", account=toy_account(f"toy{number}"))
    Lane.objects.all().delete()
    first = client.get("/channels/").content.decode()
    assert "@toy59@" in first
    assert "@toy9@" not in first
    onward = f"?before={Channel.objects.get(uid='toy:toy10').pk}"
    assert onward in first
    second = client.get(f"/channels/{onward}").content.decode()
    assert "@toy9@" in second
    assert "@toy10@" not in second


def test_a_channels_page_says_when_it_was_read(client: Client, ours: Channel) -> None:
    """And when it is looked at next."""
    assert "read for the first time" in client.get(f"/channels/{ours.pk}/").content.decode()
    read_lane.call(ours.lanes.get().pk)
    page = client.get(f"/channels/{ours.pk}/").content.decode()
    assert "Works." in page
    assert "What names us or is sent to us" in page
    assert TOKEN not in page


def test_what_can_only_be_answered_is_not_called_only_read(client: Client, ours: Channel) -> None:
    """A guestbook, or a blog where we may comment and not write."""
    assert "no, it is only read" in client.get(f"/channels/{ours.pk}/").content.decode()
    Channel.objects.update(abilities=["notifications", "answer"])
    assert "yes, to answer" in client.get(f"/channels/{ours.pk}/").content.decode()


def test_pausing_and_resuming(client: Client, ours: Channel) -> None:
    """Twice is the same as once."""
    for _ in range(2):
        client.post(f"/channels/{ours.pk}/pause/")
    ours.refresh_from_db()
    assert ours.state == Channel.State.PAUSED
    assert "Paused by hand" in client.get("/channels/").content.decode()
    client.post(f"/channels/{ours.pk}/resume/")
    ours.refresh_from_db()
    assert ours.state == Channel.State.OK


def test_resuming_does_not_bring_a_dead_token_back(client: Client, ours: Channel) -> None:
    """Only connecting it again does."""
    note_trouble(channel=ours, trouble=SignInAgain(), at=timezone.now(), attempts=1)
    client.post(f"/channels/{ours.pk}/resume/")
    ours.refresh_from_db()
    assert ours.state == Channel.State.SIGN_IN_AGAIN


def test_looking_now(client: Client, ours: Channel) -> None:
    """Makes every lane due."""
    read_lane.call(ours.lanes.get().pk)
    assert ours.lanes.get().due_at > timezone.now()
    client.post(f"/channels/{ours.pk}/look/")
    assert ours.lanes.get().due_at <= timezone.now()


def test_removing_asks_first_and_works_on_a_second_click(client: Client, ours: Channel) -> None:
    """The question says what stays."""
    page = client.get(f"/channels/{ours.pk}/remove/").content.decode()
    assert "What people said through this channel stays" in page
    for _ in range(2):
        assert client.post(f"/channels/{ours.pk}/remove/")["Location"] == "/channels/"
    assert not Channel.objects.exists()


def test_removing_works_when_the_network_does_not_answer(
    client: Client, ours: Channel, toy: Toy
) -> None:
    """The token may have ended, or the server be gone."""
    toy.trouble = TryLater()
    client.post(f"/channels/{ours.pk}/remove/")
    assert not Channel.objects.exists()


def test_leaving_the_pretend_town_is_said_so(client: Client, pretend_channel: Channel) -> None:
    """The banner leads there from every page."""
    leave = f"/channels/{pretend_channel.pk}/remove/"
    assert f'href="{leave}"' in client.get("/channels/").content.decode()
    assert "The rehearsal ends." in client.get(leave).content.decode()
    client.post(leave)
    assert "This is a rehearsal." not in client.get("/channels/").content.decode()


def test_a_channel_of_a_network_that_is_gone_says_so(client: Client, alice: Member) -> None:
    """Instead of breaking the page."""
    channel = Channel.objects.create(
        workspace=alice.workspace,
        network="vanished",
        uid="x",
        handle="@x@gone.example",
        address="https://gone.example",
        credentials=b"",
    )
    assert "vanished" in client.get("/channels/").content.decode()
    assert "not installed any more" in client.get(f"/channels/{channel.pk}/").content.decode()
    assert client.get(f"/channels/{channel.pk}/remove/").status_code == 200
    client.post(f"/channels/{channel.pk}/remove/")
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("trouble", "act"),
    [
        (SignInAgain("x"), "connect_again"),
        (Gone("x"), "try_again"),
        (Refused("x"), "try_again"),
        (TryLater("x"), "try_again"),
        (Unreadable("x"), "try_again"),
    ],
)
def test_every_trouble_of_a_channel_says_what_to_do(
    ours: Channel, trouble: Trouble, act: str
) -> None:
    """A sentence, a next step, and the act that helps."""
    note_trouble(channel=ours, trouble=trouble, at=timezone.now(), attempts=9)
    ours.refresh_from_db()
    health = health_of(ours)
    assert health.act == act
    assert str(health.told.what).endswith(".")
    assert str(health.told.next_step).endswith(".")
    alarm = on_alarm(Alarm.objects.get())
    assert str(alarm.what).startswith("@bakery@toy.example")
    assert alarm.details == "x"

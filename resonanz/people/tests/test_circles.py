"""Who follows us and whom we follow: read once a day, in parts, and nobody becomes a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from resonanz.channels.actions import renew_channel
from resonanz.channels.models import Channel
from resonanz.people.circles import READ_AGAIN_AFTER, take_in_circle
from resonanz.people.jobs import due_circles, read_circle
from resonanz.people.models import CircleReading, Identity, KnownAs, Person
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import Circle, Profile
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

ReadAll = Callable[[Channel], None]


def reading(kind: str = "followers") -> CircleReading:
    return CircleReading.objects.select_related("channel__workspace").get(kind=kind)


def read_whole(clock: HandClock, kind: str = "followers") -> int:
    """As the worker would, until the list is at its end; gives the number of turns."""
    for turn in range(1, 20):
        read_circle.call(reading(kind).pk)
        if reading(kind).due_at - timezone.now() > timedelta(hours=1):
            return turn
        clock.advance(minutes=3)
    raise AssertionError("The list does not come to its end.")


def somebody(name: str) -> Identity:
    return Identity.objects.get(handle__startswith=f"@{name}@")


@pytest.fixture
def lively(clock: HandClock, pretend_channel: Channel, read_all: ReadAll) -> Channel:
    """A channel whose lanes were read, so that the people of the town are known."""
    read_all(pretend_channel)
    return pretend_channel


def test_a_channel_that_can_has_its_lists_and_one_that_cannot_has_none(
    pretend_channel: Channel,
) -> None:
    assert {row.kind for row in CircleReading.objects.all()} == {"followers", "followed"}
    CircleReading.objects.all().delete()
    pretend_channel.abilities = ["home"]
    pretend_channel.save()
    renew_channel(channel=pretend_channel)
    assert CircleReading.objects.count() == 2


def test_a_list_is_read_to_its_end_and_then_rests_for_a_day(
    lively: Channel, clock: HandClock
) -> None:
    read_whole(clock)
    found = reading()
    assert (found.cursor, found.total) == ("", found.counted)
    assert found.total
    assert found.total >= 8
    assert due_circles(timezone.now(), 9) == [reading("followed").pk]
    clock.advance(days=1, minutes=1)
    assert found.pk in due_circles(timezone.now(), 9)


def test_those_whom_we_know_are_noted_and_the_others_counted(
    lively: Channel, clock: HandClock
) -> None:
    known = Person.objects.count()
    Identity.objects.filter(handle__startswith="@emil@").update(follows_us=True)
    read_whole(clock)
    assert somebody("frieda").follows_us is True
    assert somebody("emil").follows_us is False
    assert KnownAs.objects.get(identity=somebody("frieda")).follows_us_at
    assert Person.objects.count() == known


def test_how_we_met_stays_as_it_was(lively: Channel, clock: HandClock) -> None:
    before = dict(Identity.objects.values_list("uid", "met_how"))
    read_whole(clock)
    assert dict(Identity.objects.values_list("uid", "met_how")) == before


def test_a_list_of_a_hundred_thousand_floods_nobody(lively: Channel) -> None:
    people = Person.objects.count()
    many = tuple(Profile(uid=f"x{n}", handle=f"@x{n}@far.example") for n in range(2000))
    found = reading()
    for part in range(50):
        take_in_circle(found, Circle(profiles=many, cursor="" if part == 49 else str(part)))
    assert reading().total == 100_000
    assert Person.objects.count() == people


def test_a_reading_that_broke_off_goes_on_where_it_was(lively: Channel, clock: HandClock) -> None:
    found = reading()
    uids = [somebody(name).uid for name in ("frieda", "hannes")]
    first, second = (Profile(uid=uid, handle="@x@y.example") for uid in uids)
    take_in_circle(found, Circle(profiles=(first,), cursor="here"))
    began = reading().began_at
    clock.advance(hours=5)
    take_in_circle(reading(), Circle(profiles=(second,), cursor=""))
    assert (reading().began_at, reading().total) == (began, 2)
    assert set(Identity.objects.filter(follows_us=True).values_list("uid", flat=True)) == set(uids)


def test_who_stopped_following_is_noticed_by_the_next_reading(
    lively: Channel, clock: HandClock
) -> None:
    frieda = Profile(uid=somebody("frieda").uid, handle="@frieda@x.example")
    take_in_circle(reading(), Circle(profiles=(frieda,)))
    assert Identity.objects.get(uid=frieda.uid).follows_us is True
    clock.advance(days=1)
    take_in_circle(reading(), Circle())
    assert Identity.objects.get(uid=frieda.uid).follows_us is False
    assert reading().due_at == timezone.now() + READ_AGAIN_AFTER


def test_the_page_says_who_follows_whom(
    lively: Channel, clock: HandClock, alice: Member, client_of: ClientOf
) -> None:
    browser = client_of(alice)

    def page(name: str) -> str:
        return browser.get(f"/people/{somebody(name).person_id}/").content.decode()

    assert "ollow us" not in page("emil")
    read_whole(clock)
    assert "Follows us." in page("frieda")
    assert "Does not follow us." in page("emil")
    KnownAs.objects.filter(identity=somebody("emil")).update(followed_at=timezone.now())
    assert f"We follow with {lively.handle}." in page("emil")

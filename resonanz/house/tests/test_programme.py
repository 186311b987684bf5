"""A programme: fits, ends, ticks itself off, and loses nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.matters import open_matter, settle_matter
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.moves import call_done
from resonanz.conversations.notes import write_note
from resonanz.house.tests.test_today import live
from resonanz.house.today.programme import LENGTHS, left_for_another_day
from resonanz.workspaces.errands import ERRANDS
from resonanz.workspaces.models import Member, Programme
from resonanz.workspaces.tests.cast import ClientOf

HERE = "/today/programme/"


@pytest.fixture
def browser(
    alice: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
) -> Client:
    """Alice's browser on a morning on which there is something of many kinds."""
    read_all(pretend_channel)
    return client_of(alice)


def shown(client: Client, address: str = HERE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def begin(client: Client, minutes: int = 20) -> Programme:
    client.post(f"{HERE}begin/", {"minutes": str(minutes)})
    return Programme.objects.latest("pk")


def keys_of(programme: Programme, name: str) -> list[str]:
    programme.refresh_from_db()
    return [key for found, key in programme.items if found == name]


@pytest.mark.parametrize("minutes", LENGTHS)
def test_it_fits_into_the_time_and_gives_something(browser: Client, minutes: int) -> None:
    """And the time is remembered."""
    programme = begin(browser, minutes)
    estimates = {errand.name: errand for errand in ERRANDS}
    taken = [estimates[name] for name, _key in programme.items]
    assert 0 < sum(one.minutes for one in taken) <= minutes
    assert any(one.is_giving for one in taken)
    assert keys_of(programme, "waiting")
    assert programme.member.minutes == minutes
    assert f'<option value="{minutes}" selected>' in shown(browser, "/")


def test_begun_twice_it_is_one(browser: Client) -> None:
    """In two windows, with another time in the second."""
    first = begin(browser)
    assert begin(browser, 60) == first
    assert "0 of" in shown(browser)


def test_a_line_ticks_itself_off_and_says_who_did_it(
    browser: Client, alice: Member, bob: Member
) -> None:
    """By a colleague's name where it was not the reader."""
    programme = begin(browser)
    first, second = keys_of(programme, "waiting")[:2]
    call_done(conversations=[Conversation.objects.get(pk=first)], by=bob)
    call_done(conversations=[Conversation.objects.get(pk=second)], by=alice)
    page = shown(browser)
    assert "2 of" in page
    assert page.count("Bob did it") == 1


def test_what_is_gone_is_done(browser: Client) -> None:
    """The page says so and does not fail."""
    programme = begin(browser)
    Conversation.objects.filter(pk=keys_of(programme, "waiting")[0]).delete()
    assert "Something that is no longer there" in shown(browser)


def test_it_does_not_grow_and_what_it_leaves_out_stays_on_today(
    browser: Client, alice: Member, pretend_channel: Channel
) -> None:
    """New words wait for the next one."""
    programme = begin(browser, 10)
    before = programme.items
    live(alice, pretend_channel, 8)
    shown(browser)
    programme.refresh_from_db()
    assert programme.items == before
    assert 'id="today-waiting"' in shown(browser, "/")


def test_left_for_another_day_and_taken_in_again(browser: Client) -> None:
    """Only out of the programme."""
    programme = begin(browser)
    name, key = programme.items[0]
    browser.post(f"{HERE}leave-out/", {"item": f"{name}:{key}"})
    assert key not in keys_of(programme, name)
    assert "Take it back" in shown(browser)
    for _ in range(2):
        browser.post(f"{HERE}leave-out/", {"put": f"{name}:{key}"})
    assert keys_of(programme, name).count(key) == 1
    browser.post(f"{HERE}leave-out/", {"put": "nonsense:1"})
    assert "nonsense" not in str(Programme.objects.get().items)


def test_it_ends_with_what_waits_for_another_day(browser: Client, alice: Member) -> None:
    """When it is stopped; ten more minutes go on with it, once."""
    programme = begin(browser, 10)
    browser.post(f"{HERE}stop/")
    page = shown(browser)
    assert "Enough for today" in page
    assert "wait for an answer" in page
    for _ in range(2):
        browser.post(f"{HERE}more/", {"upto": "20"})
    programme.refresh_from_db()
    assert (programme.minutes, programme.ended_at) == (20, None)
    assert len({tuple(item) for item in programme.items}) == len(programme.items)
    assert left_for_another_day(alice)


def test_when_all_is_done_it_is_over_by_itself(
    browser: Client, alice: Member, pretend_channel: Channel
) -> None:
    """And the next one is a new one."""
    programme = begin(browser, 10)
    Programme.objects.update(items=[item for item in programme.items if item[0] == "waiting"])
    waiting = Conversation.objects.filter(pk__in=keys_of(programme, "waiting"))
    call_done(conversations=list(waiting), by=alice)
    assert "All done" in shown(browser)
    assert begin(browser, 10) != programme


def test_yesterdays_is_over_at_midnight(browser: Client) -> None:
    """Of the workspace's own day."""
    begin(browser)
    Programme.objects.update(started_at=timezone.now() - timedelta(days=1, minutes=1))
    page = shown(browser)
    assert "A programme for today" in page
    browser.post(f"{HERE}stop/")
    assert Programme.objects.get().ended_at is None


def test_an_empty_house_has_an_empty_programme_with_a_kind_word(
    alice: Member, client_of: ClientOf
) -> None:
    """Nothing to do is not an error."""
    browser = client_of(alice)
    begin(browser)
    assert "All done" in shown(browser)


def test_everybody_has_her_own(browser: Client, bob: Member, client_of: ClientOf) -> None:
    """And a guest has none."""
    begin(browser)
    assert "Programm" in shown(client_of(bob))
    assert Programme.objects.filter(member=bob).count() == 0


def test_time_is_a_hint(browser: Client) -> None:
    """Over is over, without alarm."""
    begin(browser)
    assert "minutes are left" in shown(browser)
    # Not begun earlier, which might be yesterday: shorter.
    Programme.objects.update(minutes=0)
    assert "The time is over" in shown(browser)


def test_ten_times_as_much_costs_no_more_queries(
    browser: Client,
    alice: Member,
    bob: Member,
    pretend_channel: Channel,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """At most fifteen, with something of every kind in it; at the end as well."""
    counts = []
    talk = Post.objects.filter(is_to_us=True).latest("pk").conversation
    for many in (8, 18):
        live(alice, pretend_channel, many)
        for number in range(many):
            write_note(conversation=talk, author=bob, text=f"{many} {number}", named=[alice])
            title = f"{many} {number}"
            link = open_matter(
                conversation=talk, title=title, kind="press", colleague=alice, by=bob
            )
            open_matter(conversation=talk, title=title + "!", kind="press", colleague=alice, by=bob)
            settle_matter(matter=link.matter, outcome="Yes.", by=bob)
        items = [
            [errand.name, key] for errand in ERRANDS for key in errand.due(alice, many // 2)[:9]
        ]
        programme = Programme.objects.create(member=alice, minutes=20, items=items)
        with django_assert_max_num_queries(15) as counted:
            shown(browser)
        told = [len(counted)]
        Programme.objects.filter(pk=programme.pk).update(ended_at=timezone.now())
        with django_assert_max_num_queries(15) as counted:
            shown(browser)
        counts.append([*told, len(counted)])
    assert counts[0] == counts[1]

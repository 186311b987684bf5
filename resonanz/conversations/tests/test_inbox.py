"""What can be chosen of the inbox, kept as a view, and done with many rows at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations import moves
from resonanz.conversations.models import Conversation, Matter, MatterLink, SavedView
from resonanz.conversations.tests.saying import arrives, naming, said, talk_of
from resonanz.outbox.tests.scripted import connect
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf

MOST_QUERIES = 15


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


@pytest.fixture
def talks(channel: Channel, alice: Member, bob: Member) -> dict[str, Conversation]:
    """Ada's is Alice's, Bea's is Bob's, Cem's is nobody's, Dan's is done, Eve's is put aside."""
    now = timezone.now()
    told = {
        "ada": {"language": "de"},
        "bea": {"language": "en-gb", "at": now - timedelta(days=9)},
        "cem": {"audience": Audience.DIRECT, "is_direct_to_us": True},
        "dan": {},
        "eve": {},
    }
    for name, more in told.items():
        arrives(channel, said(name, name, mentions=naming(channel), **more))  # type: ignore[arg-type]
    found = {name: talk_of(name) for name in told}
    moves.assign(conversations=[found["ada"]], to=alice, by=alice)
    moves.assign(conversations=[found["bea"]], to=bob, by=alice)
    moves.call_done(conversations=[found["dan"]], by=alice)
    moves.snooze(conversations=[found["eve"]], until=None, by=alice)
    return found


def listed(browser: Client, query: str = "") -> set[str]:
    response = browser.get(f"/conversations/{query}")
    assert response.status_code == 200
    return {row.name for row in response.context["rows"]}


def test_filters_stand_in_the_address_and_can_be_combined(
    talks: dict[str, Conversation], browser: Client, bob: Member, alice: Member
) -> None:
    assert listed(browser) == {"Ada", "Bea", "Cem"}
    assert listed(browser, "?who=me") == {"Ada"}
    assert listed(browser, "?who=nobody") == {"Cem"}
    assert listed(browser, "?who=others") == {"Bea"}
    assert listed(browser, f"?who={bob.pk}") == {"Bea"}
    assert listed(browser, "?turn=done") == {"Dan"}
    assert listed(browser, "?turn=aside") == {"Eve"}
    assert listed(browser, "?turn=all") == {"Ada", "Bea", "Cem", "Dan", "Eve"}
    assert listed(browser, "?language=de") == {"Ada"}
    assert listed(browser, "?language=en&who=others") == {"Bea"}
    assert listed(browser, "?direct=1") == {"Cem"}
    assert listed(browser, "?direct=1&who=me") == set()
    day = (local_day(alice.workspace) - timedelta(days=3)).isoformat()
    assert listed(browser, f"?since={day}") == {"Ada", "Cem"}
    matter = Matter.objects.create(workspace=alice.workspace, title="Crumbs")
    MatterLink.objects.create(matter=matter, conversation=talks["bea"])
    assert listed(browser, "?matter=1") == {"Bea"}


@pytest.mark.parametrize(
    "query",
    ["?who=99999999999999999999", "?since=2026-99-99", "?since=x", "?turn=x", "?where=x:1"],
)
def test_nonsense_in_the_address_is_the_usual_choice(
    talks: dict[str, Conversation], browser: Client, query: str
) -> None:
    assert listed(browser, query) == {"Ada", "Bea", "Cem"}


def test_a_channel_is_a_filter_where_there_are_several(
    talks: dict[str, Conversation], browser: Client, alice: Member
) -> None:
    other = connect(alice, "second")
    arrives(other, said("fay", "fay", mentions=naming(other)))
    assert listed(browser, f"?where=channel:{other.pk}") == {"Fay"}
    assert listed(browser, "?where=network:scripted") == {"Ada", "Bea", "Cem", "Fay"}
    shown = browser.get("/conversations/").content.decode()
    assert f'<option value="channel:{other.pk}"' in shown


def test_what_is_hers_for_whom_one_stands_in_is_mine(
    talks: dict[str, Conversation], browser: Client, alice: Member, bob: Member
) -> None:
    Absence.objects.create(member=bob, stand_in=alice, from_day=local_day(alice.workspace))
    assert listed(browser, "?who=me") == {"Ada", "Bea"}


def test_a_view_is_kept_used_renamed_and_removed_with_undo(
    talks: dict[str, Conversation], browser: Client, bob: Member, client_of: ClientOf
) -> None:
    """Her own views only she sees; those for everybody stand above everybody's list."""
    told = {"name": "Mine in German", "query": "?turn=all&who=me&language=de"}
    answer = browser.post("/conversations/views/", told, follow=True)
    assert answer.redirect_chain[-1][0] == "/conversations/?turn=all&who=me&language=de"
    assert "Mine in German" in answer.content.decode()
    browser.post("/conversations/views/", told)
    mine = SavedView.objects.get()
    browser.post("/conversations/views/", {"name": "Private", "query": "direct=1", "for_all": "1"})
    shared = SavedView.objects.get(name="Private")
    his = client_of(bob)
    assert [one["label"] for one in his.get("/conversations/").context["saved_views"]] == [
        "Private"
    ]
    assert his.post(f"/conversations/views/{mine.pk}/", {"name": "Stolen"}).status_code == 404
    his.post(f"/conversations/views/{shared.pk}/", {"name": "Between us"})
    shared.refresh_from_db()
    assert shared.name == "Between us"
    assert browser.post(f"/conversations/views/{mine.pk}/", {"name": ""}).status_code == 302
    shown = browser.post(f"/conversations/views/{mine.pk}/remove/", follow=True).content.decode()
    assert "is removed." in shown
    assert "Mine in German" not in browser.get("/conversations/").content.decode()
    browser.post(f"/conversations/views/{mine.pk}/remove/", {"removed": "no"})
    assert "Mine in German" in browser.get("/conversations/").content.decode()


def test_a_view_without_a_name_is_asked_for_one(browser: Client, alice: Member) -> None:
    response = browser.post("/conversations/views/", {"name": " ", "query": "?who=me"})
    assert response.status_code == 422
    assert 'value="?who=me"' in response.content.decode()


def test_all_that_is_ticked_is_moved_by_one_click_and_the_list_stays(
    talks: dict[str, Conversation], browser: Client, bob: Member
) -> None:
    shown = browser.get("/conversations/?ticked=1").content.decode()
    assert shown.count(" checked>") == 3 + 1  # one stands in the keys
    told = {
        "do": f"give:{bob.pk}",
        "pk": [talks["ada"].pk, talks["cem"].pk],
        "next": "/conversations/?turn=all",
    }
    answer = browser.post("/conversations/move/", told, follow=True)
    assert answer.redirect_chain[-1][0] == "/conversations/?turn=all"
    assert "Bob looks after 2 conversations now." in answer.content.decode()
    assert listed(browser, f"?who={bob.pk}") == {"Ada", "Bea", "Cem"}
    elsewhere = told | {"next": "https://evil.example/", "do": "done"}
    assert browser.post("/conversations/move/", elsewhere)["Location"] == "/conversations/"


def test_many_rows_are_shown_at_once_by_as_many_questions_as_few(
    channel: Channel, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    start = timezone.now() - timedelta(hours=2)
    names = [f"p{number}" for number in range(50)]
    words = [
        said("mara", name, mentions=naming(channel), at=start + timedelta(seconds=number))
        for number, name in enumerate(names)
    ]
    arrives(channel, *words)
    with django_assert_max_num_queries(MOST_QUERIES) as asked:
        few = browser.get("/conversations/")
    assert len(few.context["rows"]) == 30
    with django_assert_max_num_queries(len(asked)):
        many = browser.get(few.context["many_url"])
    assert len(many.context["rows"]) == 50
    assert not many.context["older_url"]
    # The longest wait stands first, so what follows is not older.
    assert ">Further<" in few.content.decode()
    assert ">Older<" not in few.content.decode()
    rest = browser.get(few.context["older_url"])
    seen = [row.pk for row in [*few.context["rows"], *rest.context["rows"]]]
    assert seen == [row.pk for row in many.context["rows"]]


def test_a_guest_sees_what_she_was_given_and_an_empty_list_says_what_would_fill_it(
    talks: dict[str, Conversation], bob: Member, client_of: ClientOf
) -> None:
    bob.role = Member.Role.GUEST
    bob.save()
    his = client_of(bob)
    assert listed(his) == {"Bea"}
    assert listed(his, "?turn=all") == {"Bea"}
    assert his.get(f"/conversations/{talks['ada'].pk}/").status_code == 404
    shown = his.get("/conversations/").content.decode()
    assert 'id="bulk"' not in shown
    Conversation.objects.update(assignee=None)
    shown = his.get("/conversations/").content.decode()
    assert "Niemand hat dich hier um etwas gefragt" in shown

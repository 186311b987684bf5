"""Every role at every address: what it lacks is answered as if it were not there."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.house.rail import ENTRIES
from resonanz.house.tests.every_address import (
    OF_A_THING,
    OF_A_WORKSPACE,
    address,
    filled_in,
    patterns_of,
)
from resonanz.house.tests.roles_table import NEEDS, ONLY_HER_OWN, ONLY_WHEN_ASKED
from resonanz.house.tests.things import Things
from resonanz.outbox.models import Publication
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import RIGHTS, May, may
from resonanz.workspaces.tests.cast import ClientOf

GUARDED = sorted([*OF_A_WORKSPACE, *OF_A_THING])
NOT_THERE = ({404}, {404, 405})


def answers(client: Client, name: str, things: Things) -> set[int]:
    """How an address answers to being opened and to its form, with nothing changed by it."""
    found = set()
    for method in (client.get, client.post):
        with transaction.atomic():
            response = method(address(name, things), filled_in(things))
            found.add(response.status_code)
            transaction.set_rollback(True)
    return found


def test_every_address_of_a_workspace_says_what_it_needs() -> None:
    """A new address needs a line in roles_table.py, and a decorator that says the same."""
    assert sorted(NEEDS) == GUARDED
    told = {
        pattern.name: pattern.callback.right  # type: ignore[attr-defined]
        for pattern in patterns_of(get_resolver())
        if getattr(pattern.callback, "members_only", False)
    }
    assert told == NEEDS


@pytest.mark.parametrize("who", ["alice", "bob", "agatha", "gustav"])
def test_each_role_opens_what_it_has_the_right_to_and_nothing_else(
    who: str, things: Things, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    """By every method."""
    member: Member = request.getfixturevalue(who)
    client, wrong = client_of(member), {}
    for name, right in NEEDS.items():
        seen = answers(client, name, things)
        is_let_in = right is None or right in RIGHTS[member.role]
        if name in ONLY_WHEN_ASKED:
            is_let_in = may(member, May.READ)
        if name in ONLY_HER_OWN:
            is_let_in = may(member, May.LOOK_AFTER)
        if is_let_in is (seen in NOT_THERE):
            wrong[name] = seen
    assert wrong == {}


@pytest.mark.parametrize("who", ["alice", "bob", "agatha", "gustav"])
def test_who_has_left_finds_nothing_whatever_she_was(
    who: str, things: Things, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    """Her login is still there; the workspace is not."""
    member: Member = request.getfixturevalue(who)
    client = client_of(member)
    Member.objects.filter(pk=member.pk).update(left_at=timezone.now())
    found = {name: answers(client, name, things) for name in GUARDED}
    assert {name: seen for name, seen in found.items() if seen not in NOT_THERE} == {}


@pytest.mark.parametrize("who", ["alice", "agatha", "gustav"])
def test_the_rail_offers_only_what_opens(
    who: str,
    alice: Member,
    pretend_channel: Channel,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    """Every entry that stands there answers, and no other would."""
    member: Member = request.getfixturevalue(who)
    client = client_of(member)
    page = client.get("/conversations/").content.decode()
    for entry in ENTRIES:
        is_offered = entry.right is None or may(member, entry.right)
        assert (f'data-key="g {entry.key}"' in page or f'href="/{entry.name}/"' in page) or (
            entry.name == "today" or not is_offered
        ), entry.name
        if entry.name != "today":
            assert (client.get(f"/{entry.name}/").status_code == 200) is is_offered, entry.name


def test_an_agency_writes_and_does_not_send(
    things: Things, agatha: Member, client_of: ClientOf
) -> None:
    """What it wrote waits for the human in whose name it will go out."""
    client = client_of(agatha)
    page = client.get("/speak/").content.decode()
    assert "Ask for agreement" in page
    assert "Say it" not in page
    answer = client.post(
        "/speak/",
        {
            "text": "A word prepared by Agatha.",
            "voice": str(things.draft.voice_id),
            "channels": [str(things.channel.pk)],
            "audience": "public",
            "language": "en",
            "page": "p" * 20,
            "send": "1",
        },
    )
    assert answer.status_code == 302
    draft = agatha.drafts.get()
    assert (draft.text, draft.state) == ("A word prepared by Agatha.", "review")
    assert (draft.voice, draft.reviewer) == (things.draft.voice, things.member)
    assert not Publication.objects.filter(draft=draft).exists()


def test_pages_do_not_offer_what_a_role_lacks(
    things: Things,
    agatha: Member,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
) -> None:
    """No page that an agency may open leads to an address that she may not use."""
    read_all(things.channel)
    client, offered = client_of(agatha), []
    lacking = [
        name for name, right in NEEDS.items() if right is not None and not may(agatha, right)
    ]
    for name, right in NEEDS.items():
        if right is not None and not may(agatha, right):
            continue
        with transaction.atomic():
            # A picture comes as a stream, which has no content.
            page = b"".join(client.get(address(name, things))).decode(errors="replace")
            transaction.set_rollback(True)
        for lacked in lacking:
            where = address(lacked, things)
            if f'="{where}"' in page:
                offered.append((name, lacked))
    assert offered == []

"""Every address of the house is tried by somebody who has no business there.

Each test goes through all addresses in one go, because filling the house takes its time.
"""

from django.db import transaction
from django.test import Client

from resonanz.house.tests.every_address import (
    OF_A_THING,
    OF_A_WORKSPACE,
    OPEN,
    OWN_LOGIN,
    address,
    address_names,
    filled_in,
)
from resonanz.house.tests.things import HER_WORDS, Things
from resonanz.workspaces.models import Member, User
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

GUARDED = sorted([*OF_A_WORKSPACE, *OF_A_THING])


def statuses(client: Client, where: str, told: dict[str, str] | None = None) -> set[int]:
    """What getting and posting are answered with."""
    return {client.get(where).status_code, client.post(where, told or {}).status_code}


def test_every_address_has_a_case_here() -> None:
    """A new address has to say who may see it: add it to one of the four in every_address.py."""
    known = [*OPEN, *OWN_LOGIN, *OF_A_WORKSPACE, *OF_A_THING]
    assert sorted(address_names()) == sorted(known)


def test_whoever_is_not_signed_in_is_sent_to_the_door(things: Things) -> None:
    """By every method, and back afterwards."""
    for name in [*GUARDED, "account_change_password"]:
        where = address(name, things)
        for answer in (Client().get(where), Client().post(where)):
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer["Location"] == f"/sign-in/?next={where}", name


def test_a_stranger_finds_nothing(things: Things, charlie: Member, client_of: ClientOf) -> None:
    """404 as if it were not there, by every method that the page knows."""
    client, told = client_of(charlie), filled_in(things)
    found = {name: statuses(client, address(name, things), told) for name in OF_A_THING}
    assert {name: seen for name, seen in found.items() if seen not in ({404}, {404, 405})} == {}


def test_the_owner_does_find_it(things: Things, alice: Member, client_of: ClientOf) -> None:
    """Or the test above would prove nothing."""
    client, missing = client_of(alice), []
    assert HER_WORDS in client.get("/outbox/").content.decode()
    for name in sorted(OF_A_THING):
        with transaction.atomic():
            seen = client.get(address(name, things))
            if seen.status_code == 405:
                seen = client.post(address(name, things), filled_in(things))
            if seen.status_code == 404:
                missing.append(name)
            transaction.set_rollback(True)
    assert missing == []


def test_a_stranger_sees_his_own(things: Things, charlie: Member, client_of: ClientOf) -> None:
    """Nothing of hers stands on his pages."""
    client = client_of(charlie)
    hers = [HER_WORDS, things.channel.handle, things.identity.handle, things.post.text[:30]]
    for name in OF_A_WORKSPACE:
        page = client.get(address(name, things)).content.decode()
        assert [word for word in hers if word in page] == [], name


def test_a_login_without_any_workspace_finds_nothing(things: Things) -> None:
    """Signed in is not enough."""
    client = Client()
    client.force_login(User.objects.create_user(email="nobody@else.example", password=PASSWORD))
    found = {name: statuses(client, address(name, things)) for name in GUARDED}
    assert {name: seen for name, seen in found.items() if seen not in ({404}, {404, 405})} == {}

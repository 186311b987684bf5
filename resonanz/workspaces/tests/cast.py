"""The cast of all tests, loaded by the root conftest.

Alice owns a bakery's workspace, Bob is her colleague there, Agatha prepares texts for them in an
agency, Gustav is their guest. Charlie owns another workspace and must not see anything of theirs.
What they send goes out at once.
`client_of(member)` is a browser in which that member is signed in. `pretend_channel` is Alice's
account in the pretend town; `read_all(channel)` reads it.
`clock` stands still until it is moved, for the whole house at once.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from resonanz.channels.actions import begin_connection
from resonanz.channels.jobs import READ, read_lane
from resonanz.channels.models import Channel
from resonanz.channels.opening import shared_client
from resonanz.switchboard.contract import Way
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.actions import found_workspace
from resonanz.workspaces.models import Member, User, Voice, Workspace

PASSWORD = "rye-and-caraway-17"

ClientOf = Callable[[Member], Client]


def sends_at_once(owner: Member) -> Member:
    """Her workspace leaves no seconds in which what is sent can be taken back."""
    owner.workspace.take_back_seconds = 0
    owner.workspace.save(update_fields=["take_back_seconds"])
    return owner


@pytest.fixture
def alice(db: None) -> Member:
    """The owner of the bakery's workspace; speaks English here, so that tests can read."""
    return sends_at_once(
        found_workspace(
            name="Daybreak Bakery",
            language="en",
            time_zone="Europe/Berlin",
            domains=["bakery.example"],
            member_name="Alice",
            email="alice@bakery.example",
            password=PASSWORD,
            signature="— Alice",
            capacity=Voice.Capacity.ORGANISATION,
        )
    )


@pytest.fixture
def bob(alice: Member) -> Member:
    """Alice's colleague, with a voice of his own, reading German."""
    user = User.objects.create_user(email="bob@bakery.example", password=PASSWORD)
    member = Member.objects.create(workspace=alice.workspace, user=user, name="Bob", language="de")
    Voice.objects.create(
        workspace=alice.workspace,
        member=member,
        name="Bob",
        capacity=Voice.Capacity.OWN_NAME,
        signature="— Bob",
    )
    return member


def joined(workspace: Workspace, name: str, role: Member.Role, *, language: str = "en") -> Member:
    """Somebody with a login of her own in a workspace, without a voice."""
    host = workspace.domains.earliest("pk").host
    user = User.objects.create_user(email=f"{name.lower()}@{host}", password=PASSWORD)
    return Member.objects.create(
        workspace=workspace, user=user, name=name, role=role, language=language
    )


@pytest.fixture
def berta(alice: Member) -> Member:
    """A second owner, who reads German."""
    return joined(alice.workspace, "Berta", Member.Role.OWNER, language="de")


@pytest.fixture
def agatha(alice: Member) -> Member:
    """Works in an agency: prepares texts for Alice and Bob, and never sends."""
    return joined(alice.workspace, "Agatha", Member.Role.AGENCY)


@pytest.fixture
def gustav(alice: Member) -> Member:
    """A guest: sees only what he is asked about."""
    return joined(alice.workspace, "Gustav", Member.Role.GUEST)


@pytest.fixture
def charlie(db: None) -> Member:
    """Somebody else's owner, a stranger to Alice and Bob."""
    return sends_at_once(
        found_workspace(
            name="Charlie's Cutlery",
            language="en",
            time_zone="Europe/London",
            domains=["cutlery.example"],
            member_name="Charlie",
            email="charlie@cutlery.example",
            password=PASSWORD,
            signature="— Charlie",
            capacity=Voice.Capacity.ORGANISATION,
        )
    )


@pytest.fixture
def client_of() -> ClientOf:
    """Gives a browser in which a member is signed in."""

    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return sign_in


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The time of the whole house; `clock.advance(hours=3)` moves it.

    It begins a minute ahead, because defaults of columns keep the real time: what they make due
    is due by this clock. So only move it forward.
    """
    hand = HandClock(timezone.now() + timedelta(minutes=1))
    monkeypatch.setattr("django.utils.timezone.now", hand)
    return hand


@pytest.fixture
def pretend_channel(alice: Member) -> Channel:
    """Alice's account in the pretend town, where people speak English; nothing read yet."""
    found = begin_connection(
        member=alice,
        network_slug="pretend",
        way=Way.ADDRESS,
        answers={"name": "Daybreak Bakery", "domain": "bakery.example", "language": "en"},
        callback_base="",
    )
    assert isinstance(found, Channel)
    return found


@pytest.fixture
def read_all() -> Callable[[Channel], None]:
    """Reads every lane of a channel that is due now, as the worker would."""

    def read(channel: Channel) -> None:
        channel.lanes.update(due_at=timezone.now())
        for lane in channel.lanes.filter(kind__in=READ).order_by("pk"):
            read_lane.call(lane.pk)

    return read


@pytest.fixture
def allow_inside(settings: Settings) -> Iterator[Callable[..., None]]:
    """Lets the guarded client ask the named hosts ("127.0.0.1:8081") although they are inside."""

    def new_client() -> None:
        shared_client().close()
        shared_client.cache_clear()

    def allow(*hosts: str) -> None:
        settings.RESONANZ_ALLOWED_HOSTS_INSIDE = frozenset(hosts)
        new_client()

    yield allow
    new_client()

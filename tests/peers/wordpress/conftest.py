"""Two blogs with their users, a line to ours that can break, and ours connected to the house."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from resonanz.channels.actions import begin_connection
from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel, Lane
from resonanz.channels.opening import shared_client
from resonanz.conversations.jobs import look_up_thread
from resonanz.conversations.models import Lookup
from resonanz.networks.wordpress.connector import WordPressConnector
from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.contract import Can, Surroundings, Way
from resonanz.workspaces.models import Member
from tests.peers.servers.broken_line import BrokenLine
from tests.peers.servers.maria import MariaServer
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.house import Read
from tests.peers.wordpress.looking import ELSEWHERE, ROLES, connector


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory, maria: MariaServer) -> Iterator[WordPressServer]:
    """Our blog, with users of four roles."""
    server = WordPressServer(
        tmp_path_factory.mktemp("blog") / "ours", maria, ROLES, title="Mehl & Söhne"
    )
    yield server
    server.stop()


@pytest.fixture(scope="module")
def other_blog(
    tmp_path_factory: pytest.TempPathFactory, maria: MariaServer
) -> Iterator[WordPressServer]:
    """Somebody else's blog."""
    folder = tmp_path_factory.mktemp("blog") / "theirs"
    server = WordPressServer(
        folder, maria, {"ada": "administrator"}, title="Roggen", host=ELSEWHERE
    )
    yield server
    server.stop()


@pytest.fixture(scope="module")
def world() -> Iterator[Surroundings]:
    """What a connector is handed, with the client that the house uses."""
    with guarded_client(
        allowed_hosts=frozenset({"localhost", "127.0.0.1"}), user_agent="Resonanz tests"
    ) as http:
        yield Surroundings(http=http, folder=Path("/nowhere"))


@pytest.fixture
def ours(blog: WordPressServer, world: Surroundings) -> WordPressConnector:
    """A connector in the name of an editor."""
    return connector(blog, world)


@pytest.fixture
def line(blog: WordPressServer) -> Iterator[BrokenLine]:
    """A line to our blog that can break; the blog is known under its address meanwhile."""
    line = BrokenLine(blog.port)
    blog.answers_as(line.address)
    yield line
    blog.answers_as(f"http://127.0.0.1:{blog.port}")
    line.stop()


@pytest.fixture
def channel(alice: Member, blog: WordPressServer, settings: Settings) -> Iterator[Channel]:
    """Our blog, connected by the owner of the bakery."""
    settings.RESONANZ_ALLOWED_HOSTS_INSIDE = frozenset({"127.0.0.1", ELSEWHERE})
    # Our own bound is left in no time, and nothing here waits.
    settings.RESONANZ_PACE = 0.0001
    shared_client.cache_clear()
    found = begin_connection(
        member=alice,
        network_slug="wordpress",
        way=Way.TOKEN,
        answers={"blog": blog.address, **blog.users["mehl"].answers},
        callback_base="",
    )
    assert isinstance(found, Channel)
    yield found
    shared_client.cache_clear()


@pytest.fixture
def read(channel: Channel) -> Read:
    """Reads a lane as a worker does, and whole conversations that are waited for."""

    def look(kind: Can = Can.NOTIFICATIONS) -> None:
        lanes = Lane.objects.filter(channel=channel, kind=kind.value)
        lanes.update(due_at=timezone.now(), leased_until=timezone.now())
        before = lanes.get().last_ok_at
        read_lane.func(lanes.get().pk)
        assert lanes.get().last_ok_at != before
        for lookup in Lookup.objects.filter(done_at=None):
            look_up_thread.func(lookup.pk)

    look(Can.NOTIFICATIONS)
    look(Can.HOME)
    return look

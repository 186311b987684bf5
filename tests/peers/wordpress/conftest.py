"""Two blogs with their users, and a line to ours that can break."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from resonanz.networks.wordpress.connector import WordPressConnector
from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.contract import Surroundings
from tests.peers.servers.broken_line import BrokenLine
from tests.peers.servers.wordpress import MariaServer, WordPressServer
from tests.peers.wordpress.looking import ROLES, connector


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
    server = WordPressServer(folder, maria, {"ada": "administrator"}, title="Roggen")
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

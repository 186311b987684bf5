"""What the tests against real servers are given. Everything ends when the tests do."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.peers.servers.bluesky import BlueskyServer
from tests.peers.servers.chromium import chromium, visitor
from tests.peers.servers.crossroads import Crossroads
from tests.peers.servers.maria import MariaServer
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.redis_server import RedisServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.snac import SnacServer

# These files take minutes. Begun last, one of them would run alone at the end.
LONGEST_FIRST = (
    "test_torture.py",
    "test_every_page.py",
    "test_backup.py",
    "test_several_workers.py",
    "test_moving.py",
    "test_one_conversation_for_real.py",
    "test_mastodon_mock.py",
    "test_no_script_runs.py",
    "test_open_pages.py",
    "test_morning.py",
)
# Enough for what happened last; a whole log would bury the test's own words.
END_OF_LOG_CHARACTERS = 3000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, all others in their order behind them."""
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails shows the ends of the logs of what ran for it, however it failed."""
    report = yield
    if report.failed:
        for log in logs_of(getattr(item, "funcargs", {})):
            words = log.read_text(errors="replace")[-END_OF_LOG_CHARACTERS:]
            report.sections.append((f"end of {log.name}", words))
    return report


def logs_of(given: dict[str, object]) -> list[Path]:
    """The logs in a test's own folder, and those of the servers that it was given."""
    servers = [getattr(server, "log", None) for server in given.values()]
    folder = given.get("tmp_path")
    own = sorted(folder.glob("**/*.log")) if isinstance(folder, Path) else []
    found = [*own, *(log for log in servers if isinstance(log, Path))]
    return [log for log in dict.fromkeys(found) if log.is_file() and log.stat().st_size]


@pytest.fixture(scope="session", autouse=True)
def database_beside_a_browser() -> None:
    """Playwright runs a loop in this thread, in which Django would refuse to ask its database.

    Nothing asks at the same time here: https://docs.djangoproject.com/en/stable/topics/async/
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def crossroads() -> Iterator[Crossroads]:
    """The way between the snac2 servers."""
    found = Crossroads()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def snac_a(
    tmp_path_factory: pytest.TempPathFactory, crossroads: Crossroads
) -> Iterator[SnacServer]:
    """Our server, with the users lighthouse (us) and anna."""
    server = SnacServer(tmp_path_factory.mktemp("snac") / "a", ["lighthouse", "anna"], crossroads)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def snac_b(
    tmp_path_factory: pytest.TempPathFactory, crossroads: Crossroads
) -> Iterator[SnacServer]:
    """Another server, with the users bert and carla. It federates with A."""
    server = SnacServer(tmp_path_factory.mktemp("snac") / "b", ["bert", "carla"], crossroads)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mock_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockServer]:
    """A mastodon-mock that is started once. Tests take `mock`, which is empty each time."""
    server = MockServer(
        tmp_path_factory.mktemp("mock") / "mock", ["lighthouse", "dora", "emil", "frida"]
    )
    yield server
    server.stop()


@pytest.fixture
def mock(mock_server: MockServer) -> MockServer:
    """An empty mastodon-mock with the users lighthouse (us), dora, emil and frida."""
    if not mock_server.is_alive:
        mock_server.start()
    mock_server.empty()
    return mock_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for all tests; each makes databases of its own in it."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def bluesky(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[BlueskyServer]:
    """A network of Bluesky with the people lighthouse and harbour (us), ada, bert and carla."""
    folder = tmp_path_factory.mktemp("bluesky") / "network"
    server = BlueskyServer(folder, ["lighthouse", "harbour", "ada", "bert", "carla"], postgres)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def limited_bluesky(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[BlueskyServer]:
    """Another one, which counts requests and says when it is enough."""
    folder = tmp_path_factory.mktemp("bluesky") / "limited"
    server = BlueskyServer(folder, ["lighthouse"], postgres, is_limited=True)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def maria() -> Iterator[MariaServer]:
    """A MariaDB for all blogs; each makes a database of its own in it."""
    server = MariaServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def prepared(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that was prepared and never used, to make others like it."""
    surroundings = {"RESONANZ_DATABASE_URL": postgres.new_database("prepared")}
    house = ResonanzProcess(tmp_path_factory.mktemp("prepared") / "home", environment=surroundings)
    house.prepare()
    return "prepared"


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis for all tests; it may be killed and started again."""
    server = RedisServer(tmp_path_factory.mktemp("redis") / "redis")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes persons at the browser, as `visitor` does, and sends them home after the test."""
    with ExitStack() as stack:

        def make(**how: object) -> BrowserContext:
            context = visitor(browser, **how)  # type: ignore[arg-type]
            stack.callback(context.close)
            return context

        yield make


@pytest.fixture
def page(visit: Callable[..., BrowserContext]) -> Page:
    """A page in a German browser, 1,440 pixels wide."""
    return visit().new_page()


@pytest.fixture
def resonanz(tmp_path: Path) -> Iterator[ResonanzProcess]:
    """An installation that is not started yet and knows nothing."""
    process = ResonanzProcess(tmp_path / "resonanz")
    yield process
    process.stop()

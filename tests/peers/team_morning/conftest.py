"""One house of a team: Alice founds it in English, Bob comes by her link and reads German."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.peers.servers.chromium import visitor
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.team_morning.colleague import Colleague

# A minute of polling becomes two seconds.
PACE = "0.03"
# Where nothing is taken back, nobody waits for long.
SECONDS_TO_TAKE_BACK = 1
LANGUAGES = {"en": "en-GB", "de": "de-DE"}

Come = Callable[..., Colleague]


@pytest.fixture(scope="package")
def network(mock_server: MockServer) -> MockServer:
    """The server on which people speak with us, empty in the morning."""
    if not mock_server.is_alive:
        mock_server.start()
    mock_server.empty()
    return mock_server


@pytest.fixture(scope="package")
def house(
    tmp_path_factory: pytest.TempPathFactory, network: MockServer
) -> Iterator[ResonanzProcess]:
    """A running installation that may speak to this server."""
    process = ResonanzProcess(
        tmp_path_factory.mktemp("team") / "house",
        reaches=(network.host,),
        environment={"RESONANZ_PACE": PACE},
    )
    try:
        process.furnish()
        process.start()
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="package")
def come(browser: Browser, house: ResonanzProcess) -> Iterator[Come]:
    """Lets somebody sit down at a browser: name, language, and what `visitor` takes."""
    with ExitStack() as stack:

        def make(name: str, language: str, **how: object) -> Colleague:
            context = visitor(
                browser,
                language=LANGUAGES[language],
                base_url=house.address,
                **how,  # type: ignore[arg-type]
            )
            stack.callback(context.close)
            return Colleague(context.new_page(), name)

        yield make


@pytest.fixture(scope="package")
def alice(come: Come, network: MockServer) -> Colleague:
    """She founds the house and connects our account."""
    found = come("Alice", "en")
    found.found("Daybreak Bakery")
    found.open("/channels/connect/mastodon/")
    way = found.page.locator("form", has=found.page.locator("input[name=token-token]"))
    way.locator("input[name=token-server]").fill(network.address)
    way.locator("input[name=token-token]").fill(network.users["lighthouse"].token)
    found.press(way.get_by_role("button"))
    found.page.wait_for_url("**/channels/*/")
    found.open("/settings/speaking/")
    found.page.fill("input[name=take_back_seconds]", str(SECONDS_TO_TAKE_BACK))
    found.press(found.page.locator("form[action$='/speaking/'] button.primary"))
    return found


@pytest.fixture(scope="package")
def bob(come: Come, alice: Colleague) -> Colleague:
    """He comes by her link."""
    link = alice.invite("Bob", "colleague", "de")
    found = come("Bob", "de")
    found.join(link)
    return found

"""One house for all tests of this folder: founded once, connected once, by pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, expect

from tests.peers.servers.chromium import visitor
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import free_port
from tests.peers.servers.snac import SnacServer
from tests.peers.walking_house.pages import Keeper
from tests.peers.walking_house.small_site import SmallSite

# A minute of polling becomes two seconds.
PACE = "0.03"


@pytest.fixture(scope="package")
def site() -> Iterator[SmallSite]:
    """A web site that is no server of the Mastodon API."""
    found = SmallSite()
    yield found
    found.stop()


@pytest.fixture(scope="package")
def silent_host() -> str:
    """A name under which nobody answers."""
    return f"localhost:{free_port()}"


@pytest.fixture(scope="package")
def house(
    tmp_path_factory: pytest.TempPathFactory,
    snac_a: SnacServer,
    mock_server: MockServer,
    site: SmallSite,
    silent_host: str,
) -> Iterator[ResonanzProcess]:
    """A running installation that may speak to nobody inside but those the tests need."""
    process = ResonanzProcess(
        tmp_path_factory.mktemp("walking") / "house",
        reaches=(snac_a.host, mock_server.host, site.host, silent_host),
        environment={"RESONANZ_PACE": PACE},
    )
    process.start()
    yield process
    process.stop()


@dataclass
class FirstVisit:
    """What a new user saw on her first visit, and the cookies that she left with."""

    first_url: str
    first_page: str
    english_page: str
    typed_before: str
    last_url: str
    last_page: str
    cookies: StorageState


@pytest.fixture(scope="package")
def first_visit(house: ResonanzProcess, browser: Browser) -> FirstVisit:
    """Somebody opens the new house."""
    context = visitor(browser)
    keeper = Keeper(context.new_page(), house.address)
    keeper.open("/")
    main, name = keeper.page.locator("main"), keeper.page.locator("input[name=name]")
    first = keeper.page.url, main.inner_text()
    name.fill("Leuchtturm am Kai")
    keeper.page.get_by_role("button", name="English").click()
    expect(keeper.page.locator("html")).to_have_attribute("lang", "en")
    english = main.inner_text(), name.input_value()
    keeper.page.get_by_role("button", name="Deutsch").click()
    keeper.set_up()
    keeper.page.wait_for_url("**/welcome/")
    last = keeper.page.url, main.inner_text()
    cookies = context.storage_state()
    context.close()
    return FirstVisit(*first, *english, *last, cookies)


@pytest.fixture
def signed_in(
    browser: Browser, house: ResonanzProcess, first_visit: FirstVisit
) -> Iterator[Callable[..., Keeper]]:
    """Makes open pages of a signed-in Ada; `how` is what `visitor` takes."""
    contexts: list[BrowserContext] = []

    def make(**how: object) -> Keeper:
        context = visitor(browser, **how)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies(first_visit.cookies["cookies"])
        return Keeper(context.new_page(), house.address)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def ada(signed_in: Callable[..., Keeper]) -> Keeper:
    """A signed-in Ada; nothing needs to be connected."""
    return signed_in()


@pytest.fixture(scope="package")
def connection(
    browser: Browser, house: ResonanzProcess, first_visit: FirstVisit, snac_a: SnacServer
) -> str:
    """She connects the account of the lighthouse; gives what the page said in the end."""
    context = visitor(browser)
    context.add_cookies(first_visit.cookies["cookies"])
    keeper = Keeper(context.new_page(), house.address)
    keeper.type_server(f" {snac_a.address}/@lighthouse ")
    keeper.allow_at_snac(snac_a.users["lighthouse"])
    keeper.page.wait_for_url(f"{house.address}/channels/*/")
    told = keeper.page.locator("main").inner_text()
    context.close()
    return told


@pytest.fixture
def keeper(connection: str, ada: Keeper) -> Keeper:
    """Ada with the account connected."""
    assert connection
    return ada

"""What somebody writes survives a killed browser and an ended session, tried in Chromium."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.peers.servers.chromium import visitor
from tests.peers.servers.resonanz_process import ResonanzProcess

pytestmark = pytest.mark.peer

PASSWORD = "rye-and-caraway-17"
BOX = "form.writing textarea[name=text]"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ResonanzProcess]:
    """One installation for all tests of this file."""
    process = ResonanzProcess(tmp_path_factory.mktemp("never-lost") / "house")
    process.furnish()
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def cookies(house: ResonanzProcess, browser: Browser) -> StorageState:
    """Those of somebody who has founded a workspace and walks in the pretend town."""
    context = visitor(browser, language="en-GB", base_url=house.address)
    page = context.new_page()
    page.goto("/setup/")
    page.fill("#id_name", "Daybreak Bakery")
    page.fill("#id_member_name", "Alice")
    page.fill("#id_email", "alice@bakery.example")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_password_again", PASSWORD)
    page.click("main form button.primary")
    page.wait_for_url("**/welcome/")
    page.goto("/channels/connect/pretend/")
    page.click("main form button.primary")
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def writer(
    house: ResonanzProcess, cookies: StorageState, visit: Callable[..., BrowserContext]
) -> Page:
    """Alice on the page on which one speaks first."""
    context = visit(language="en-GB", base_url=house.address)
    context.add_cookies(cookies["cookies"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/speak/")
    return page


def test_what_was_typed_is_offered_after_the_browser_was_killed(writer: Page) -> None:
    """The last words had not reached the server; the browser's own copy has them."""
    writer.context.set_offline(True)
    writer.fill(BOX, "Nobody has heard this yet.")
    address, context = writer.url, writer.context
    writer.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-writing-note]")).to_contain_text("Nobody has heard this yet.")
    again.click("[data-writing-note] button >> nth=0")
    expect(again.locator(BOX)).to_have_value("Nobody has heard this yet.")
    expect(again.locator("#previews")).to_contain_text("Draft kept")


def test_what_the_server_has_is_not_offered_again(writer: Page) -> None:
    """An answered autosave ends the browser's copy."""
    writer.fill(BOX, "This has arrived.")
    expect(writer.locator("#previews")).to_contain_text("Draft kept")
    writer.reload()
    expect(writer.locator(BOX)).to_be_visible()
    expect(writer.locator("[data-writing-note]")).to_have_count(0)


def test_a_text_sent_after_the_session_ended_comes_back(writer: Page) -> None:
    """The page says that one is signed out; behind the door the text is there again."""
    cookies = [one for one in writer.context.cookies() if one["name"] != "sessionid"]
    writer.context.clear_cookies()
    writer.context.add_cookies(cookies)  # type: ignore[arg-type]
    writer.fill(BOX, "Typed in vain?")
    expect(writer.locator("[data-writing-note]")).to_contain_text("signed out")
    writer.click("form.writing button.primary")
    writer.fill("#id_login", "alice@bakery.example")
    writer.fill("#id_password", PASSWORD)
    writer.click("main form button.primary")
    expect(writer.locator("blockquote")).to_contain_text("Typed in vain?")
    writer.click("main form button.primary")
    expect(writer.locator(BOX)).to_have_value("Typed in vain?")


def test_sending_counts_down_and_can_be_taken_back(writer: Page) -> None:
    """One click, and the words are in the box again."""
    writer.fill(BOX, "Too fast.")
    writer.check("form.writing input[name=channels] >> nth=0")
    writer.click("form.writing button[name=send]")
    expect(writer.locator("[data-countdown]")).to_contain_text("seconds")
    writer.click("#messages button.undo")
    expect(writer.locator(BOX)).to_have_value("Too fast.")

"""The same walk by keys alone, and with scripts switched off."""

import pytest
from playwright.sync_api import expect

from tests.peers.walking_house.pages import Keeper

pytestmark = pytest.mark.peer

# More stops than any page has before the one that is looked for.
MOST_TABS = 60


def test_somebody_is_answered_by_keys_alone(keeper, snac_a, snac_b):
    """From Today: j and Enter open the talk, r leads to the box, Ctrl and Enter send."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.post(f"{lighthouse.handle} brennt die Lampe auch am Tag?")
    page, keys = keeper.page, keeper.page.keyboard
    keeper.open("/")
    row = keeper.reload_until(lambda: keeper.row("auch am Tag?"), "bert's question")
    for _ in range(page.locator("[data-row]").count()):
        keys.press("j")
        if row.locator("a.row-link:focus").count():
            break
    keys.press("Enter")
    expect(page.locator("#talk")).to_contain_text("auch am Tag?")
    keys.press("r")
    expect(keeper.box.locator("textarea")).to_be_focused()
    keys.type("Nur bei Nebel")
    keys.press("Control+Enter")
    keeper.wait_until_sent("Nur bei Nebel")
    assert bert.wait_for_notice("Nur bei Nebel").type == "mention"


def test_somebody_is_answered_by_tab_and_enter(keeper, snac_a, snac_b):
    """Whoever switched single keys off, or never heard of them, gets everywhere too."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.post(f"{lighthouse.handle} wer putzt die Scheiben?")
    page, keys = keeper.page, keeper.page.keyboard
    keeper.open("/")
    keeper.reload_until(lambda: keeper.row("putzt die Scheiben?"), "bert's question")
    tab_to(keeper, "a.row-link", within="putzt die Scheiben?")
    keys.press("Enter")
    expect(page.locator("#talk")).to_contain_text("putzt die Scheiben?")
    tab_to(keeper, "textarea")
    keys.type("Wir selbst, jeden Freitag")
    tab_to(keeper, "button.primary")
    keys.press("Enter")
    keeper.wait_until_sent("jeden Freitag")
    bert.wait_for_notice("jeden Freitag")


def tab_to(keeper: Keeper, selector: str, within: str = "") -> None:
    """Press Tab until something has the focus; it has to be seen then."""
    wanted = f"{selector}:focus"
    for _ in range(MOST_TABS):
        keeper.page.keyboard.press("Tab")
        found = keeper.page.locator(wanted)
        if within:
            found = keeper.row(within).locator(wanted)
        if found.count():
            expect(found).to_be_in_viewport()
            return
    raise AssertionError(f"{MOST_TABS} times Tab did not lead to {selector}.")


def test_everything_works_without_scripts(house, connection, visit, snac_a, snac_b):
    """Sign in, open the talk, answer, say that it is done."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.post(f"{lighthouse.handle} geht es auch ohne Strom?")
    keeper = Keeper(visit(has_scripts=False).new_page(), house.address)
    keeper.open("/")
    keeper.sign_in()
    keeper.go_to_room("Gespräche")
    row = keeper.reload_until(lambda: keeper.row("auch ohne Strom?"), "bert's question")
    row.locator("a.row-link").click()
    keeper.write("Mit einer Kerze")
    keeper.page.get_by_role("button", name="Als Entwurf behalten").click()
    expect(keeper.box.locator("textarea")).to_have_value("Mit einer Kerze")
    keeper.send()
    keeper.wait_until_sent("Mit einer Kerze")
    bert.wait_for_notice("Mit einer Kerze")
    keeper.page.get_by_role("button", name="Erledigt").click()
    expect(keeper.page.locator("#talk-title + p")).to_contain_text("Erledigt")
    keeper.open("/conversations/?turn=done")
    expect(keeper.row("auch ohne Strom?")).to_be_visible()

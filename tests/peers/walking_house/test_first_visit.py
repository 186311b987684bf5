"""Opening the house, connecting an account, going and coming back."""

import pytest
from playwright.sync_api import expect

from tests.peers.walking_house.pages import EMAIL, Keeper

pytestmark = pytest.mark.peer


def test_the_first_visit_asks_in_german_and_ends_before_the_doors(first_visit):
    assert first_visit.first_url.endswith("/setup/")
    assert "Nach zwölf Monaten" in first_visit.first_page
    assert "Willkommen, Ada" in first_visit.last_page


def test_the_language_is_changed_on_the_first_page_and_nothing_typed_is_lost(first_visit):
    assert "After twelve months" in first_visit.english_page
    assert first_visit.typed_before == "Leuchtturm am Kai"


def test_there_is_no_second_first_visit(first_visit, ada):
    answer = ada.page.goto(f"{ada.address}/setup/")
    assert answer.status == 200
    assert ada.page.url.endswith("/welcome/")


def test_an_account_is_connected_by_signing_in_at_its_own_server(connection, snac_a):
    """The server was typed with blanks around and the name behind."""
    handle = snac_a.users["lighthouse"].handle
    assert f"{handle} ist verbunden." in connection


@pytest.mark.parametrize(
    "spelling",
    [
        "HTTP://{host}",
        "{address}/",
        "http://lighthouse@{host}",
        "http://{host}@lighthouse",
        "http:{host}/lighthouse",
    ],
)
def test_what_people_type_as_their_server_is_understood(ada, snac_a, spelling):
    ada.type_server(spelling.format(host=snac_a.host, address=snac_a.address))
    expect(ada.page.locator("input[name=passwd]")).to_be_visible()
    assert ada.page.url.startswith(snac_a.address)


def test_one_goes_and_comes_back(house, first_visit, visit):
    """Signing out closes every page; signing in leads to where one wanted to go."""
    keeper = Keeper(visit().new_page(), house.address)
    keeper.open("/people/")
    keeper.sign_in(password="acht-lampen-im-nebel")
    expect(keeper.page.get_by_role("alert").first).to_contain_text("gehören nicht zusammen")
    expect(keeper.page.get_by_label("E-Mail-Adresse")).to_have_value(EMAIL)
    keeper.sign_in()
    keeper.page.wait_for_url("**/people/")
    keeper.open("/settings/")
    keeper.page.get_by_role("link", name="Abmelden").click()
    keeper.page.get_by_role("button", name="Abmelden").click()
    expect(keeper.page.get_by_label("Passwort")).to_be_visible()
    keeper.open("/people/")
    assert "/sign-in/" in keeper.page.url

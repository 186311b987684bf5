"""A second account, on a server that counts 500 characters and tells languages truly."""

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from tests.peers.walking_house.pages import Keeper

pytestmark = pytest.mark.peer

LIMIT = 500
LONG = "Der Nebel liegt so dicht, dass man ihn schneiden kann. " * 10


@pytest.fixture(scope="package")
def town(mock_server):
    """The second server, as on its first day."""
    mock_server.empty()
    return mock_server


@pytest.fixture
def both(keeper: Keeper, town) -> Keeper:
    """Ada with the account there connected too, by a token."""
    keeper.open("/channels/")
    if not keeper.row(town.users["lighthouse"].handle).count():
        keeper.type_token(town.users["lighthouse"])
        expect(keeper.page.get_by_role("status").first).to_contain_text("ist verbunden.")
    return keeper


def test_the_language_of_a_mention_is_kept(both, town):
    dora, emil = town.users["dora"], town.users["emil"]
    asked = dora.post("@lighthouse @emil la lampe brûle ?", language="fr", warning="mer")
    both.open_talk("mer")
    expect(both.box.get_by_label("Sprache")).to_have_value("fr")
    both.answer("Toute la nuit")
    # The pretended server recognises nobody by his whole name, so it notifies nobody of it.
    [sent] = dora.context(asked.id).descendants
    assert (sent.language, sent.spoiler_text) == ("fr", "mer")
    assert (
        f"{dora.handle} {emil.handle} Toute la nuit"
        in BeautifulSoup(sent.content, "html.parser").get_text()
    )


def test_what_is_too_long_is_said_before_and_kept(both, town):
    """While it is typed, again on sending, and the text stands there to be shortened."""
    frida = town.users["frida"]
    asked = frida.post("@lighthouse wie dicht ist der Nebel?")
    both.open_talk("wie dicht ist der Nebel?")
    counter = both.box.locator(".counter")
    both.write(LONG)
    expect(counter).to_contain_text("Zeichen zu lang")
    both.send()
    expect(both.trouble).to_contain_text("Der Text bleibt erhalten.")
    expect(both.trouble).to_contain_text(f"von {LIMIT}")
    expect(both.box.locator("textarea")).to_have_value(LONG)
    assert not any("Nebel liegt" in status.content for status in town.users["lighthouse"].said())
    both.answer(LONG[:200])
    [sent] = frida.context(asked.id).descendants
    assert "Nebel liegt" in sent.content


def test_a_word_of_our_own_goes_to_both_at_once(both, town, snac_a):
    """It is too long for one of them: that is said with its name, and it goes nowhere yet."""
    here, there = snac_a.users["lighthouse"], town.users["lighthouse"]
    both.open("/speak/")
    for account in (here, there):
        both.box.get_by_label(account.handle).check()
    both.write(LONG)
    both.send()
    expect(both.trouble).to_contain_text(there.handle)
    expect(both.trouble).not_to_contain_text(here.handle)
    both.write("Ein Gruß an beide Ufer.")
    both.send()
    both.reload_until(lambda: both.page.get_by_text("Nichts ist unterwegs"), "an empty outbox")
    for account in (here, there):
        assert sum("beide Ufer" in status.content for status in account.said_ever()) == 1

"""What goes wrong while somebody types: each slip gets a sentence, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.peers.walking_house.small_site import HUGE_BYTES

pytestmark = pytest.mark.peer


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("leuchtturm", "Das sieht nicht nach dem Namen eines Servers aus."),
        ("http://{silent}", "Unter diesem Namen antwortet kein Server."),
        ("{site}", "aber er spricht die Mastodon-Schnittstelle nicht."),
        ("{inside}", "Diese Adresse führt in ein privates Netz"),
        ("http://10.1.2.3", "Diese Adresse führt in ein privates Netz"),
    ],
)
def test_a_wrong_server_gets_a_sentence(ada, site, silent_host, typed, sentence):
    typed = typed.format(silent=silent_host, site=site.address, inside=site.inside)
    ada.type_server(typed)
    expect(ada.trouble).to_contain_text(sentence)
    expect(ada.trouble).to_contain_text("Deine Angaben stehen unten.")
    expect(ada.page.get_by_role("textbox", name="Server").first).to_have_value(typed)
    assert not any(host.startswith("127.") for host, _ in site.heard)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("der Hafen", "Das ist keine Adresse einer Seite oder eines Feeds."),
        ("http://{silent}/feed", "Der Server dieser Adresse ist nicht erreichbar."),
        ("{site}", "weder auf ihr noch daneben war ein Feed zu finden."),
        ("{site}/fort", "Unter dieser Adresse ist nichts zu finden."),
        ("{site}/riesig.xml", "ist größer, als Resonanz liest"),
        ("{inside}/hafen/", "Diese Adresse führt in ein privates Netz"),
        ("{site}/umweg.xml", "Diese Adresse führt in ein privates Netz"),
    ],
)
def test_what_is_no_feed_gets_a_sentence(ada, site, silent_host, typed, sentence):
    typed = typed.format(silent=silent_host, site=site.address, inside=site.inside)
    ada.type_feed(typed)
    expect(ada.trouble).to_contain_text(sentence, timeout=30_000)
    expect(ada.page.get_by_label("Adresse der Seite oder ihres Feeds")).to_have_value(typed)
    assert not any(host.startswith("127.") for host, _ in site.heard)
    assert site.sent_bytes < HUGE_BYTES / 2


def test_a_feed_is_found_from_the_address_of_a_page(ada, site):
    """Its entries stand in the neighbourhood, with a way to where they were written."""
    ada.type_feed(f"{site.address}/hafen/")
    expect(ada.page.get_by_role("status").first).to_contain_text("ist verbunden.")
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Hafenblog")
    ada.go_to_room("Nachbarschaft")
    said = ada.reload_until(
        lambda: ada.page.locator("article.said-one", has_text="Die neue Fähre"), "the blog"
    )
    expect(said).to_contain_text("Sie heißt Möwe und fährt ab Montag jede halbe Stunde.")
    assert said.get_by_role("link").last.get_attribute("href") == f"{site.address}/hafen/faehre"

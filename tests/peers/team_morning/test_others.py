"""Who is not one of the team: a guest who is asked, and an agency that prepares."""

import pytest
from playwright.sync_api import expect

from tests.peers.team_morning.conftest import Come
from tests.peers.team_morning.network import said, say, wait_until_said

pytestmark = pytest.mark.peer


def test_a_guest_sees_only_what_she_is_asked_about(alice, come: Come, network):
    """Gerda comes by her link; a note that names her opens one talk to her, and no other."""
    say(network, "dora", "darf man Sauerteig einfrieren?")
    say(network, "emil", "ganz unter uns gefragt")
    alice.find("ganz unter uns")
    secret = alice.row("ganz unter uns").locator("a.row-link").get_attribute("href")
    gerda = come("Gerda", "de")
    gerda.join(alice.invite("Gerda", "guest", "de"))
    gerda.open_list("?turn=all")
    expect(gerda.page.locator("article.row")).to_have_count(0)

    alice.open_talk("Sauerteig einfrieren?")
    alice.note("@Gerda weißt du das?")
    gerda.open("/")
    gerda.row("Sauerteig einfrieren?").locator("a.row-link").click()
    expect(gerda.said).to_contain_text("weißt du das?")
    expect(gerda.box).to_have_count(0)
    expect(gerda.page.locator("#talk-moves form")).to_have_count(0)
    gerda.note("Ja, bis zu drei Monate.")
    alice.page.reload()
    expect(alice.said).to_contain_text("bis zu drei Monate")
    gerda.open_list("?turn=all")
    expect(gerda.page.locator("article.row")).to_have_count(1)
    for path in (secret, "/people/", "/outbox/", "/channels/", "/members/", "/speak/"):
        answer = gerda.page.goto(path)
        assert answer.status in (403, 404), path
    assert not said(network, "drei Monate")


def test_an_agency_prepares_and_alice_agrees(alice, come: Come, network):
    """Agnes writes in Alice's name and has no way to send; Alice's click is what sends it."""
    say(network, "frida", "gibt es die Quarktasche noch?")
    agnes = come("Agnes", "en")
    agnes.join(alice.invite("Agnes", "agency", "en"))
    agnes.open_talk("Quarktasche noch?")
    agnes.text.fill("Ja, jeden Freitag.")
    voice = agnes.box.locator("select[name=voice]")
    if voice.count():
        voice.select_option(label="Alice")
    agnes.send()
    assert not said(network, "jeden Freitag")
    agnes.open("/")
    agnes_row = agnes.row("jeden Freitag")
    if agnes_row.count():
        agnes.press(agnes_row.first.locator("a.row-link"))
        expect(agnes.page.locator("form[action$='/agree/']")).to_have_count(0)

    alice.open("/")
    alice.press(alice.row("jeden Freitag").locator("a.row-link"))
    expect(alice.page.locator("main")).to_contain_text("Agnes prepared this")
    alice.press(alice.page.locator("form[action$='/agree/'] button"))
    wait_until_said(network, "jeden Freitag")
    assert "Agnes" not in said(network, "jeden Freitag")[0]

"""Speaking first, following, passing on, thanking: what goes out without being asked for."""

import pytest
from playwright.sync_api import expect

from tests.peers.servers.running import wait_until
from tests.peers.walking_house.pages import DOMAIN

pytestmark = pytest.mark.peer


@pytest.fixture(scope="package")
def bert_follows(snac_a, snac_b):
    """Bert on B has chosen to hear us."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.follow(lighthouse.handle)
    wait_until(
        lambda: any(n.account.username == "bert" for n in lighthouse.notifications(["follow"])),
        seconds=30,
        what="bert as a follower",
    )
    return bert


@pytest.fixture
def following(keeper, snac_a, snac_b):
    """We follow bert, by the button beside a talk with him."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]

    def is_told() -> bool:
        followers = [notice.account.username for notice in bert.notifications(["follow"])]
        return lighthouse.name in followers

    if not is_told():
        bert.post(f"{lighthouse.handle} folgt ihr mir?")
        keeper.open_talk("folgt ihr mir?")
        keeper.page.get_by_role("button", name="Folgen").click()
        wait_until(is_told, seconds=30, what="us as a follower of bert")
    return keeper


def test_a_word_of_our_own_reaches_the_timeline_of_a_follower(keeper, bert_follows, snac_b):
    keeper.open("/")
    keeper.page.get_by_role("link", name="Sprechen").click()
    keeper.write("Heute Abend lesen wir Seemannsgarn vor.")
    keeper.send()
    status = bert_follows.wait_for_post("Seemannsgarn")
    assert "— Ada" in status.content
    assert list(snac_b.kept(status.uri)["contentMap"]) == ["de"]
    keeper.reload_until(lambda: keeper.page.get_by_text("Nichts ist unterwegs"), "an empty outbox")
    keeper.page.get_by_role("link", name="Gesendet", exact=True).click()
    expect(keeper.row("Seemannsgarn")).to_be_visible()


def test_a_follower_is_introduced_on_today(keeper, bert_follows):
    keeper.open("/")
    keeper.reload_until(
        lambda: keeper.page.get_by_role("region", name="Neue Gesichter").get_by_text("bert"),
        "bert among the new faces",
    )


def test_a_neighbours_post_is_shared(following, snac_b):
    """He is told of it; a second look shows that it is done."""
    keeper, bert = following, snac_b.users["bert"]
    bert.post("Nebel am Hafen, man hört nur die Glocke.")
    keeper.go_to_room("Nachbarschaft")
    said = keeper.reload_until(
        lambda: keeper.page.locator("article.said-one", has_text="nur die Glocke"), "bert's post"
    )
    said.get_by_role("button", name="Teilen").click()
    wait_until(
        lambda: any("Glocke" in str(notice.status) for notice in bert.notifications(["reblog"])),
        seconds=30,
        what="our boost in bert's notifications",
    )
    keeper.reload_until(
        lambda: keeper.page.locator("article.said-one", has_text="nur die Glocke").get_by_role(
            "button", name="Geteilt"
        ),
        "that it was shared",
    )


def test_who_linked_to_us_is_thanked_from_today(following, snac_b):
    """Nothing names us there but the address of our page."""
    keeper, bert = following, snac_b.users["bert"]
    bert.post(f"Wer Nebel mag: https://www.{DOMAIN}/glocke ist lesenswert")
    keeper.open("/")
    row = keeper.reload_until(lambda: keeper.row("hat auf uns verlinkt"), "whoever linked to us")
    expect(row).to_contain_text("bert")
    row.get_by_role("button", name="Danken").click()
    expect(keeper.box).to_be_visible()
    keeper.answer("Danke, das freut uns sehr")
    notice = bert.wait_for_notice("freut uns sehr")
    assert notice.type == "mention"
    keeper.open("/")
    expect(keeper.row("hat auf uns verlinkt")).to_have_count(0)

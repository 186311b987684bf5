"""Others speak to us from another server; we answer, and they find the answer there."""

import pytest
from playwright.sync_api import expect

from tests.peers.servers.running import wait_until
from tests.peers.walking_house.pages import SENT

pytestmark = pytest.mark.peer


def test_a_mention_is_answered_with_all_its_manners(keeper, snac_a, snac_b):
    """The warning is kept, the language is told, and everybody is named who was named."""
    lighthouse, bert, carla = snac_a.users["lighthouse"], *snac_b.users.values()
    asked = bert.post(
        f"{lighthouse.handle} {carla.handle} habt ihr heute Abend Licht?",
        warning="Sturm",
        language="de",
    )
    keeper.open_talk("Sturm")
    expect(keeper.page.locator("#talk-title + p")).to_contain_text("Wir sind dran")
    expect(keeper.box.get_by_label("Inhaltswarnung")).to_have_value("Sturm")
    for person in (bert, carla):
        expect(keeper.box.locator(".reply-names")).to_contain_text(person.handle)
    keeper.answer("Ja, bis Mitternacht, kommt vorbei")
    expect(keeper.page.locator("#talk-title + p")).to_contain_text("Die anderen sind dran")

    notice = bert.wait_for_notice("bis Mitternacht").status
    assert notice.in_reply_to_id == asked.id
    assert f"@{notice.account.acct}" == lighthouse.handle
    sent = snac_b.kept(notice.uri)
    assert sent["summary"] == "Sturm"
    assert list(sent["contentMap"]) == ["de"]
    named = {tag["href"] for tag in sent["tag"] if tag["type"] == "Mention"}
    assert named == {bert.me().url, carla.me().url}
    assert "— Ada" in sent["content"]
    carla.wait_for_notice("bis Mitternacht")


def test_a_bare_reply_is_found_and_answered(keeper, snac_a, snac_b):
    """Carla answers a post of ours without naming us."""
    lighthouse, carla = snac_a.users["lighthouse"], snac_b.users["carla"]
    carla.follow(lighthouse.handle)
    wait_until(
        lambda: any(n.account.username == "carla" for n in lighthouse.notifications(["follow"])),
        seconds=30,
        what="carla as a follower",
    )
    lighthouse.post("Die neue Lampe ist gekommen.")
    seen = carla.wait_for_post("Die neue Lampe")
    carla.post("wie hell ist sie denn", answering=seen.id)
    keeper.open_talk("wie hell ist sie denn")
    expect(keeper.page.locator("article.post-ours")).to_contain_text("Die neue Lampe")
    keeper.answer("Man sieht sie zwanzig Meilen weit")
    sent = snac_b.kept(carla.wait_for_notice("zwanzig Meilen").status.uri)
    assert carla.me().url in {tag["href"] for tag in sent["tag"] if tag["type"] == "Mention"}


def test_a_direct_message_is_answered_directly(keeper, snac_a, snac_b):
    """Nothing wider can even be chosen."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.post(f"{lighthouse.handle} unter uns: wo liegt der Schlüssel?", visibility="direct")
    keeper.open_talk("wo liegt der Schlüssel")
    choice = keeper.box.get_by_label("Wer es sehen darf")
    assert choice.locator("option").all_inner_texts() == ["nur die Genannten"]
    keeper.answer("Unter dem dritten Stein")
    sent = snac_b.kept(bert.wait_for_notice("dritten Stein").status.uri)
    assert {*sent["to"], *sent.get("cc", ())} == {bert.me().url}


def test_a_second_click_on_send_sends_once(signed_in, connection, snac_a, snac_b):
    """Without scripts nothing holds the second click back but the house itself."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    keeper = signed_in(has_scripts=False)
    bert.post(f"{lighthouse.handle} einmal oder zweimal?")
    keeper.open_talk("einmal oder zweimal?")
    keeper.write("Ein einziges Mal")
    keeper.box.locator("button.primary").dblclick()
    keeper.wait_until_sent("Ein einziges Mal")
    bert.wait_for_notice("Ein einziges Mal")

    # Later she comes back to the page as it was before, by the browser's button.
    keeper.page.go_back()
    keeper.send()
    keeper.page.wait_for_url(SENT)
    keeper.open("/outbox/?show=on-its-way")
    keeper.reload_until(
        lambda: keeper.page.get_by_text("Nichts ist unterwegs"), "that nothing is on its way"
    )
    assert sum("Ein einziges Mal" in status.content for status in lighthouse.said_ever()) == 1


def test_what_is_typed_is_kept_by_itself_and_sent_whole(keeper, snac_a, snac_b):
    """She sends while the page is still keeping the draft; afterwards no draft is left over."""
    lighthouse, bert = snac_a.users["lighthouse"], snac_b.users["bert"]
    bert.post(f"{lighthouse.handle} was steht im Logbuch?")
    keeper.open_talk("was steht im Logbuch?")
    page, text = keeper.page, keeper.box.locator("textarea")
    text.press_sequentially("Wind aus West")
    expect(page.locator("#kept")).to_contain_text("aufgehoben")
    page.reload()
    expect(text).to_have_value("Wind aus West")

    # The key leads behind what stands there already.
    page.keyboard.press("r")
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.keyboard.type(", und ein verirrter Kranich")
    keeper.send()
    keeper.wait_until_sent("verirrter Kranich")
    assert "Wind aus West, und ein verirrter" in bert.wait_for_notice("Kranich").status.content
    keeper.open("/outbox/")
    expect(page.locator("main")).to_contain_text("Gerade wird nichts geschrieben")
    assert sum("Kranich" in status.content for status in lighthouse.said_ever()) == 1

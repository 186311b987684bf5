"""Ada keeps the harbour at Bluesky by the pages of the house, in German."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer
from tests.peers.servers.chromium import visitor
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.walking_house.pages import Keeper

pytestmark = pytest.mark.peer

# A minute of polling becomes two seconds.
PACE = "0.03"


@pytest.fixture(scope="module")
def keeper(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, bluesky: BlueskyServer
) -> Iterator[Keeper]:
    """A house that she founded, with nothing connected yet."""
    process = ResonanzProcess(
        tmp_path_factory.mktemp("by-pages") / "house",
        reaches=(bluesky.host,),
        environment={"RESONANZ_PACE": PACE, "RESONANZ_PLC_DIRECTORY": bluesky.directory},
    )
    process.furnish()
    process.start()
    context = visitor(browser)
    found = Keeper(context.new_page(), process.address)
    found.open("/")
    found.set_up()
    found.page.wait_for_url("**/welcome/")
    yield found
    context.close()
    process.stop()


@pytest.fixture
def harbour(bluesky: BlueskyServer) -> BlueskyPerson:
    """An account of ours that is in no other test: its inbox has one page."""
    return bluesky.users["harbour"]


def type_account(keeper: Keeper, person: BlueskyPerson, password: str) -> None:
    keeper.open("/channels/connect/bluesky/")
    page = keeper.page
    page.get_by_label("Name bei Bluesky").fill(f" @{person.handle} ")
    page.get_by_label("App-Passwort", exact=True).fill(password)
    page.get_by_role("textbox", name="Server").fill(person.address)
    page.get_by_role("button", name="Verbinden").click()


def test_a_wrong_password_is_said_kindly_and_a_right_one_connects(
    keeper: Keeper, harbour: BlueskyPerson
) -> None:
    type_account(keeper, harbour, "abcd-efgh-ijkl-mnop")
    expect(keeper.trouble).to_contain_text("nimmt diesen Namen mit diesem App-Passwort nicht an")
    expect(keeper.page.get_by_label("Name bei Bluesky")).to_have_value(f" @{harbour.handle} ")
    type_account(keeper, harbour, harbour.app_password)
    keeper.page.wait_for_url(f"{keeper.address}/channels/*/")
    expect(keeper.page.locator("main")).to_contain_text(f"@{harbour.handle}")


def test_a_mention_is_answered_shared_and_liked(
    keeper: Keeper, harbour: BlueskyPerson, ada: BlueskyPerson
) -> None:
    asked = ada.post(f"@{harbour.handle} sieht man die Lampe weit?", naming=[harbour])
    keeper.open_talk("sieht man die Lampe weit?")
    for name in ("Teilen", "Gefällt mir"):
        keeper.page.locator("article.post", has_text="Lampe weit").get_by_role(
            "button", name=name
        ).click()
    ada.wait_for_notice(reason="like")
    ada.wait_for_notice(reason="repost")
    keeper.open_talk("sieht man die Lampe weit?")
    keeper.answer("Zwanzig Meilen, bei klarer Sicht")
    note = ada.wait_for_notice("Zwanzig Meilen", reason="reply")
    assert note["record"]["reply"]["parent"]["uri"] == asked["uri"]
    assert "— Ada" in note["record"]["text"]
    expect(keeper.page.locator("#talk-title + p")).to_contain_text("Die anderen sind dran")


def test_a_long_word_goes_out_in_several_posts(
    keeper: Keeper, harbour: BlueskyPerson, ada: BlueskyPerson
) -> None:
    """Lines of three dashes, or what does not fit: each part below the one before."""
    keeper.open("/speak/")
    first = "Erster Teil vom Seemannsgarn. " + "Es war ein dunkler Abend. " * 9
    keeper.write(f"{first}\n---\nZweiter Teil vom Seemannsgarn.")
    keeper.send()

    def both() -> list[dict[str, str]] | None:
        found = [one for one in harbour.records() if "Seemannsgarn" in one["value"]["text"]]
        return found if len(found) == 2 else None

    parts = harbour.wait(both, "two posts in a row")
    by_text = {one["value"]["text"][:6]: one for one in parts}  # type: ignore[index]
    reply = by_text["Zweite"]["value"]["reply"]  # type: ignore[index]
    assert reply["parent"]["uri"] == by_text["Erster"]["uri"]  # type: ignore[index]

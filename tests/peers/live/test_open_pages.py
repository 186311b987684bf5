"""What appears on pages that stay open, and what is left alone while it does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.peers.live.inside import PASSWORD
from tests.peers.servers.resonanz_process import ResonanzProcess

pytestmark = pytest.mark.peer

INSIDE = Path(__file__).with_name("inside.py")
# Four seconds until it is asked, and the time in which a busy machine draws a page.
SEEN_WITHIN_MS = 30_000
WORDS = "At seven, as every morning"

Visit = Callable[..., BrowserContext]


class Live:
    """A running house, and people who speak to it."""

    def __init__(self, process: ResonanzProcess) -> None:
        self.process = process
        process.furnish()
        self.inside("found")
        self.say("hello")
        process.start("web")

    def inside(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, str(INSIDE), *words],
            env=self.process.surroundings() | {"PATH": "/usr/bin:/bin"},
            check=True,
        )

    def say(self, name: str, answers: str = "") -> None:
        self.inside("say", name, *([answers] if answers else []))


@pytest.fixture
def live(resonanz: ResonanzProcess) -> Iterator[Live]:
    return Live(resonanz)


@pytest.fixture
def sign_in(live: Live, visit: Visit) -> Callable[..., Page]:
    """Opens a page as a member."""

    def enter(name: str, path: str, **how: object) -> Page:
        page = visit(language="en-GB", base_url=live.process.address, **how).new_page()
        page.goto("/sign-in/")
        page.fill("#id_login", f"{name}@bakery.example")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(path)
        return page

    return enter


SignIn = Callable[..., Page]


def test_a_new_post_appears_in_the_list_and_in_the_talk(live: Live, sign_in: SignIn) -> None:
    """Within five seconds, in two browsers, and nobody has done anything."""
    inbox, talk = sign_in("alice", "/conversations/"), sign_in("bob", "/conversations/1/")
    live.say("again", answers="hello")
    live.say("another")
    expect(talk.locator(".talk")).to_contain_text("This is again.", timeout=SEEN_WITHIN_MS)
    expect(inbox.locator("main")).to_contain_text("This is another.", timeout=SEEN_WITHIN_MS)
    expect(talk.locator('[data-live-line="list"]')).to_contain_text("conversation changed")


def test_what_is_typed_keeps_its_focus_and_place(live: Live, sign_in: SignIn) -> None:
    """The caret, what is marked, and where the box stands on the screen."""
    page = sign_in("alice", "/conversations/1/")
    box = page.locator("form.reply textarea").first
    box.focus()
    page.keyboard.type(WORDS)
    page.evaluate("document.activeElement.setSelectionRange(3, 8)")
    page.wait_for_timeout(1500)
    before = box.bounding_box()
    live.say("again", answers="hello")
    expect(page.locator(".talk")).to_contain_text("This is again.", timeout=SEEN_WITHIN_MS)
    found = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(found) == [3, 8]
    assert box.input_value() == WORDS
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_a_tick_is_left_alone_and_a_line_says_what_is_new(live: Live, sign_in: SignIn) -> None:
    page = sign_in("alice", "/conversations/")
    page.check("input[form=bulk]")
    live.say("another")
    line = page.locator('[data-live-line="list"]')
    expect(line).to_contain_text("One conversation changed.", timeout=SEEN_WITHIN_MS)
    assert "This is another." not in page.inner_text("main")
    assert page.is_checked("input[form=bulk]")
    line.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("This is another.")
    assert page.locator("input[form=bulk]").first.is_checked()
    expect(line).to_be_hidden()


def test_whoever_reads_above_is_told_of_what_is_new_below(live: Live, sign_in: SignIn) -> None:
    for number in range(12):
        live.say(f"more-{number}", answers="hello")
    page = sign_in("alice", "/conversations/1/", size=(390, 600))
    page.evaluate("scrollTo(0, 0)")
    live.say("again", answers="hello")
    line = page.locator('[data-live-line="talk"]')
    expect(line).to_contain_text("1 new post", timeout=SEEN_WITHIN_MS)
    assert page.evaluate("scrollY") == 0
    assert "This is again." not in page.inner_text(".talk")
    line.get_by_role("button").click()
    expect(page.locator(".talk")).to_contain_text("This is again.")
    assert page.evaluate("document.activeElement.id").startswith("post-")


def test_a_colleague_who_writes_is_seen_before_two_answers_go_out(
    live: Live, sign_in: SignIn
) -> None:
    alice, bob = sign_in("alice", "/conversations/1/"), sign_in("bob", "/conversations/1/")
    expect(alice.locator(".live-people")).to_have_text(
        "Bob reads this, too.", timeout=SEEN_WITHIN_MS
    )
    bob.locator("form.reply textarea").first.fill("Seven.")
    expect(alice.locator(".live-people")).to_have_text(
        "Bob is writing here.", timeout=SEEN_WITHIN_MS
    )
    alice.locator("form.reply textarea").first.fill(WORDS)
    alice.locator("form.reply button.primary").click()
    expect(alice.locator(".trouble")).to_contain_text("Bob has been writing here")
    assert alice.locator("form.reply textarea").first.input_value() == WORDS
    # His page asks nothing for a while, so that he has not read her answer.
    bob.evaluate("Object.defineProperty(document, 'hidden', {value: true})")
    alice.locator("form.reply button.primary").click()
    expect(alice.locator(".talk")).to_contain_text(WORDS)
    bob.locator("form.reply button.primary").click()
    expect(bob.locator(".trouble")).to_contain_text("Alice has answered this meanwhile")


def test_without_scripts_whoever_comes_second_is_asked(live: Live, sign_in: SignIn) -> None:
    bob = sign_in("bob", "/conversations/1/", has_scripts=False)
    alice = sign_in("alice", "/conversations/1/", has_scripts=False)
    for page in (alice, bob):
        page.locator("form.reply textarea").first.fill(WORDS)
        page.locator("form.reply button.primary").click()
    expect(bob.locator(".trouble")).to_contain_text("Alice has answered this meanwhile")
    bob.locator("form.reply button.primary").click()
    assert bob.locator(".trouble").count() == 0


def test_a_hidden_tab_asks_nothing_and_a_house_that_is_away_is_asked_less(
    live: Live, sign_in: SignIn
) -> None:
    page = sign_in("alice", "/conversations/")
    asked: list[str] = []
    page.on("request", lambda request: "pulse" in request.url and asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.wait_for_timeout(6000)
    assert len(asked) <= 1
    live.process.stop()
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(10_000)
    assert 1 <= len(asked) <= 4

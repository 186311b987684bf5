"""A talk is noted in a few steps on a phone, and what is shared arrives also after signing in."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.peers import live
from tests.peers.live.inside import PASSWORD
from tests.peers.servers.chromium import NARROW
from tests.peers.servers.resonanz_process import ResonanzProcess

pytestmark = pytest.mark.peer

INSIDE = Path(live.__file__).with_name("inside.py")
# Open the page, type a name, choose her, type the words, choose the place, press the button.
MOST_STEPS = 6
SHARED = {
    "title": "Brot im Test – wer bäckt am besten?",
    "text": "„Das beste der Stadt“ & mehr: 100 % Roggen https://www.linkedin.com/posts/brot?a=1&b=2",
}

Visit = Callable[..., BrowserContext]


@pytest.fixture
def house(resonanz: ResonanzProcess) -> ResonanzProcess:
    """A house in which Anna has spoken to us."""
    resonanz.furnish()
    for words in (["found"], ["say", "hello"]):
        subprocess.run(
            [sys.executable, str(INSIDE), *words],
            env=resonanz.surroundings() | {"PATH": "/usr/bin:/bin"},
            check=True,
        )
    resonanz.start("web")
    return resonanz


@pytest.fixture
def phone(house: ResonanzProcess, visit: Visit) -> Iterator[Page]:
    """Alice's phone; she is not signed in."""
    return visit(language="en-GB", base_url=house.address, size=NARROW).new_page()


def sign_in(page: Page) -> None:
    page.fill("#id_login", "alice@bakery.example")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_a_talk_is_noted_in_six_steps(phone: Page) -> None:
    """Each line that does something is a step."""
    phone.goto("/sign-in/")
    sign_in(phone)
    phone.goto("/conversations/")
    steps = [
        lambda: phone.click("text=Note a talk"),
        lambda: phone.locator("#id_name").press_sequentially("ann"),
        lambda: phone.click(".chip:has-text('anna')"),
        lambda: phone.fill("#id_text", "She wants ten rolls on Saturday."),
        lambda: phone.click(".chip:has-text('on the phone')"),
        lambda: phone.click("button:has-text('Note it')"),
    ]
    assert len(steps) <= MOST_STEPS
    for step in steps:
        step()
    talk = phone.locator(".talk")
    expect(talk).to_contain_text("She wants ten rolls on Saturday.")
    expect(talk).to_contain_text("on the phone, noted by Alice")
    phone.click("#messages button.undo")
    expect(phone.locator("main")).not_to_contain_text("ten rolls")


def test_the_button_lies_where_a_thumb_reaches_it(phone: Page) -> None:
    """Without scrolling, above the rail; and nothing is wider than the screen."""
    phone.goto("/sign-in/")
    sign_in(phone)
    phone.goto("/noting/")
    button = phone.locator("button:has-text('Note it')")
    expect(button).to_be_in_viewport(ratio=1)
    box = button.bounding_box()
    rail = phone.locator("#rail").bounding_box()
    assert box
    assert rail
    assert box["y"] > NARROW[1] / 2
    assert box["y"] + box["height"] <= rail["y"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_what_is_shared_arrives_after_signing_in(phone: Page) -> None:
    """As a phone opens the share target: with everything in the address, nobody signed in."""
    phone.goto(f"/noting/?{urlencode(SHARED)}")
    sign_in(phone)
    expect(phone.locator("#id_url")).to_have_value("https://www.linkedin.com/posts/brot?a=1&b=2")
    expect(phone.locator("#id_title")).to_have_value(SHARED["title"])
    expect(phone.locator("#id_text")).to_have_value("„Das beste der Stadt“ & mehr: 100 % Roggen")
    expect(phone.locator("input[name=place][value=linkedin]")).to_be_checked()
    phone.fill("#id_name", "Nora")
    # Her session ends while she types; the text is there again after she has signed in.
    phone.context.clear_cookies(name="sessionid")
    phone.click("button:has-text('Note it')")
    sign_in(phone)
    expect(phone.locator("main")).to_contain_text("Das beste der Stadt")
    phone.click("button:has-text('Back into the box with it')")
    expect(phone.locator("#id_name")).to_have_value("Nora")
    phone.click("button:has-text('Note it')")
    expect(phone.locator(".talk")).to_contain_text("LinkedIn, noted by Alice")


def test_a_browser_would_install_it(house: ResonanzProcess, phone: Page) -> None:
    """Chromium itself looks at the manifest, its pictures and its share target."""
    phone.goto(f"{house.address}/sign-in/")
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("Page.enable")
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")
    found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window that forgets everything cannot install anything, and says so.
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []


def test_the_bookmark_brings_the_page(house: ResonanzProcess, phone: Page) -> None:
    """Dragged out of our page and pressed on another one, with words marked there."""
    phone.goto("/sign-in/")
    sign_in(phone)
    phone.goto("/noting/from-anywhere/")
    code = phone.locator("a[data-bookmarklet]").get_attribute("href")
    assert code
    phone.route(
        "https://elsewhere.test/**",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body="<title>Über Brot</title><p id=words>Krume &amp; Kruste</p>",
        ),
    )
    phone.goto("https://elsewhere.test/brot")
    phone.evaluate("getSelection().selectAllChildren(document.querySelector('#words'))")
    with phone.context.expect_page() as opened:
        phone.evaluate(code.removeprefix("javascript:"))
    note = opened.value
    expect(note.locator("#id_text")).to_have_value("Krume & Kruste")
    expect(note.locator("#id_url")).to_have_value("https://elsewhere.test/brot")
    expect(note.locator("#id_title")).to_have_value("Über Brot")

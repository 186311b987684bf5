"""The page of all pieces, in a real browser and under the house's own security policy."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django_htmx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.template.loader import render_to_string
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page

import resonanz.plumbing
from resonanz.plumbing.tests.sample import rail, sample

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)

pytestmark = pytest.mark.peer


class Strict(SimpleHTTPRequestHandler):
    """Serves a folder, silently, with the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    for source in (Path(resonanz.plumbing.__file__).parent, Path(django_htmx.__file__).parent):
        shutil.copytree(source / "static", tmp_path / "static", dirs_exist_ok=True)
    given = {
        "rail": rail(),
        "sample": sample(timezone.now()),
        "speak_url": "#speak",
        "search_url": "/search",
        "pretend_town": {"leave_url": "#leave"},
        "csrf_token": "t" * 64,
    }
    for language in ("de", "en"):
        with translation.override(language):
            page = render_to_string("plumbing/pieces.html", given)
        (tmp_path / f"{language}.html").write_text(page.replace('="static/', '="/static/'))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def opened(browser: Browser, address: str, *, width: int = 1440, **how: object) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, **how)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.evaluate("document.activeElement.blur()")
    assert complaints == []
    return page


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_nobody_is_left_out(
    browser: Browser, address: str, language: str, scheme: str, width: int
) -> None:
    """Axe finds nothing at all that is serious or critical."""
    page = opened(browser, f"{address}/{language}.html", width=width, color_scheme=scheme)
    found = Axe().run(page).response
    assert len(found["passes"]) > 30
    assert [
        (rule["id"], rule["nodes"][0]["html"])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("width", [320, 390, 700, 900, 1200, 1440])
def test_no_page_has_to_be_pushed_sideways(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, f"{address}/de.html", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_go_everywhere_and_keep_quiet_while_somebody_writes(
    browser: Browser, address: str
) -> None:
    page = opened(browser, f"{address}/en.html")
    page.keyboard.press("/")
    page.keyboard.type("?gj")
    assert page.input_value("#search") == "?gj"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-row]')")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "id_text"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**#conversations")
    page.keyboard.press("s")
    page.wait_for_url("**#speak")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    here = page.locator("[data-keys-here] > div").all_inner_texts()
    assert any(row.split() == ["a", "Antworten"] for row in here), here
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_single_keys_can_be_switched_off(browser: Browser, address: str) -> None:
    """WCAG 2.2, 2.1.4 (https://www.w3.org/TR/WCAG22/#character-key-shortcuts, read 2026-11)."""
    page = opened(browser, f"{address}/en.html")
    page.keyboard.press("?")
    page.uncheck("[data-keys-use]")
    page.reload()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_the_counter_counts_links_as_the_network_does(browser: Browser, address: str) -> None:
    """The sample's counter has 34 characters of names, and a link costs 23."""
    page = opened(browser, f"{address}/en.html")
    page.fill("#id_text", "See https://bakery.example/a/very/long/way/to/the/bread 👩‍🍳")
    assert page.inner_text("[data-count-length]") == str(34 + 4 + 23 + 1 + 3)
    page.fill("#id_text", "x" * 500)
    assert page.inner_text("[data-count-note]") == "Too long for this network."


def test_without_scripts_the_bar_still_leads_to_every_room(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/en.html", width=390, java_script_enabled=False)
    page.click(".rail-more summary")
    page.click(".rail-more a:has-text('Status')")
    page.wait_for_url("**#status")

"""A real browser: Debian's Chromium, driven by Playwright, with nothing remembered."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.peers.provide import CHROMIUM

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What a page is expected to show, it shows by then, while others test beside it.
SHOWN_WITHIN_MS = 30_000
WIDE = (1440, 900)
NARROW = (390, 844)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts."""
    expect.set_options(timeout=SHOWN_WITHIN_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


def visitor(
    browser: Browser,
    *,
    language: str = "de-DE",
    size: tuple[int, int] = WIDE,
    is_dark: bool = False,
    has_scripts: bool = True,
    base_url: str = "",
) -> BrowserContext:
    """A new person at the browser: own cookies, language, window size in pixels, colours."""
    width, height = size
    return browser.new_context(
        locale=language,
        timezone_id="Europe/Berlin",
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
        java_script_enabled=has_scripts,
        base_url=base_url or None,
        reduced_motion="reduce",
    )

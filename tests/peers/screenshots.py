"""A picture of every page: `make screenshots`, or `python -m tests.peers.screenshots`.

    --only NAME     only the pages whose name contains NAME
    --language de   only this language
    --folder PLACE  where the pictures go (screenshots/)
    --readme        only the picture that the README shows, docs/today.png

Every page is taken in German and in English, each in a house that speaks it, 390 and 1440
pixels wide, light and dark. The names tell which: today-de-390-dark.png.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.pages import PAGES, Shown, Stage
from tests.peers.provide import PROJECT
from tests.peers.servers.chromium import NARROW, WIDE, chromium
from tests.peers.show.house import ShownHouse

README_PICTURE = PROJECT / "docs" / "today.png"
README_LANGUAGE = "en"
MOST_BYTES = 300_000
SIZES = (NARROW, WIDE)
COLOURS = ("light", "dark")


def main() -> int:
    """Take the pictures that were asked for. Gives 1 when there is no such page."""
    parser = argparse.ArgumentParser(description="A picture of every page.")
    parser.add_argument("--only", default="")
    parser.add_argument("--language", choices=("de", "en"))
    parser.add_argument("--folder", type=Path, default=PROJECT / "screenshots")
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    wanted = {page.name for page in PAGES if asked.only in page.name}
    if not wanted:
        sys.stderr.write(f"No page is called {asked.only}.\n")
        return 1
    with chromium() as browser:
        if asked.readme:
            take_for_readme(browser)
            return 0
        asked.folder.mkdir(parents=True, exist_ok=True)
        for language in [asked.language] if asked.language else ["de", "en"]:
            with on_show(browser, language) as house:
                for _, shown, page in house.walk((language,)):
                    if shown.name in wanted:
                        take(house, shown, page, asked.folder / f"{shown.name}-{language}")
    return 0


@contextmanager
def on_show(browser: Browser, language: str) -> Iterator[ShownHouse]:
    """A house that ends with the block."""
    with tempfile.TemporaryDirectory(prefix="resonanz-show-") as place:
        house = ShownHouse(Path(place) / "house", browser, language)
        try:
            yield house
        finally:
            house.stop()


def take(house: ShownHouse, shown: Shown, page: Page, name: Path) -> None:
    """One page, whole, in every width and both colours."""
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    house.show(shown, page)
    for size in SIZES:
        open_whole(page, size)
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            place = name.with_name(f"{name.name}-{size[0]}-{colours}.png")
            page.screenshot(path=place)
    sys.stdout.write(f"{name.name}\n")
    sys.stdout.flush()


def open_whole(page: Page, size: tuple[int, int]) -> None:
    """A window as high as the page: what sticks to its lower edge is where it belongs."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    whole = max(height, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": whole})


def take_for_readme(browser: Browser) -> None:
    """What the README shows: Today, as it looks in a window, without scrolling."""
    with on_show(browser, README_LANGUAGE) as house:
        for stage in house.stages():
            if stage is Stage.LIVED_IN:
                break
        page = house.page_at(Stage.LIVED_IN, README_LANGUAGE)
        page.goto("/")
        page.screenshot(path=README_PICTURE)
    size = README_PICTURE.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{README_PICTURE.name} has {size} bytes; {MOST_BYTES} are the most.")
    sys.stdout.write(f"{README_PICTURE.name}: {size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())

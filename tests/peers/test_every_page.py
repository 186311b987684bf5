"""Every page, in both languages, on a phone and on a desk, light and dark; by keyboard; bare.

One house, one browser and one walk for all of it: the walk notes what it finds, and each test
asks for one kind of finding.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.pages import PAGES, Shown, Stage
from tests.peers.servers.chromium import NARROW, WIDE
from tests.peers.show.house import ShownHouse

pytestmark = pytest.mark.peer

LANGUAGES = ("de", "en")
GRAVE = ("serious", "critical")
# More steps than any page has places for the keyboard; whoever needs them is caught somewhere.
MOST_STEPS = 400
A_FEW_STEPS = 10
ALLOWED = "Failed to load resource: the server responded with a status of"

# Nothing is fetched a second time and nothing is framed, so axe need not look there.
QUICKLY = {"resultTypes": ["violations"], "preload": False, "iframes": False}
ALL_BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}

Findings = dict[str, list[str]]

# Everything on a page that the keyboard has to reach, each with a mark of its own.
MARK_PLACES = """() => {
  const places = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const reached = places.filter(e => e.checkVisibility({visibilityProperty: true})
    && !e.disabled && e.tabIndex >= 0 && !e.closest('[inert]'));
  reached.forEach((e, number) => e.dataset.place = number);
  return reached.length;
}"""
# The next step of the tab key begins at the top, wherever the page has put the focus.
TO_THE_TOP = """() => {
  const top = document.createElement('span');
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.scrollTo(0, 0);
}"""
# After each step of the tab key it is noted where the keyboard is: the mark, whether one sees it,
# and what stands there. The key goes up when the step is done.
NOTE_STEPS = """() => {
  const seenAt = e => {
    const row = e.closest('.row, .reply-text');
    const around = [e, e.parentElement, e.parentElement?.parentElement, row];
    return around.some(one => one && ['', '::after'].some(part => {
      const style = getComputedStyle(one, part || null);
      const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return drawn || (one !== e && one.matches(':focus-within') && style.boxShadow !== 'none');
    }));
  };
  const look = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getBoundingClientRect();
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth;
    const what = `${e.tagName.toLowerCase()} ${(e.innerText || e.name || '').trim().slice(0, 40)}`;
    return {place: e.dataset.place ?? '', marked: seenAt(e), inside, what};
  };
  window.steps = [];
  document.addEventListener('keyup', () => window.steps.push(look()), {capture: true});
}"""
UNREACHED = """(reached) => [...document.querySelectorAll('[data-place]')]
  .filter(e => !reached.includes(e.dataset.place))
  .filter(e => !(e.type === 'radio' && [...document.getElementsByName(e.name)]
    .some(one => reached.includes(one.dataset.place))))
  .map(e => `${e.tagName.toLowerCase()} ${(e.innerText || e.name || '').trim().slice(0, 40)}`)"""
# What a page offers: its headings, and what can be pressed, typed and followed in it.
OFFERED = """() => [...document.querySelectorAll(
    'main :is(h1, h2, a, textarea, form button, form input:not([type=hidden]))')]
  .filter(e => e.checkVisibility())
  .filter(e => !e.closest('.needs-script'))
  .map(e => `${e.tagName.toLowerCase()} ${(e.innerText || e.name || '').trim()}`)"""


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Walk"]:
    """A walk through all pages, done."""
    house = ShownHouse(tmp_path_factory.mktemp("show") / "house", browser, "de")
    try:
        done = Walk(house)
        done.go()
        yield done
    finally:
        house.stop()


class Walk:
    """The walk through the house. `found` has a sentence for everything that is not right."""

    def __init__(self, house: ShownHouse) -> None:
        """Begin with nothing found."""
        self.house = house
        self.found: Findings = defaultdict(list)
        self.seen: set[tuple[str, str]] = set()
        self.bare: dict[bool, Page] = {}
        self.axe = Axe()
        self.where = ""

    def go(self) -> None:
        """Look at every page in every language."""
        listening: Page | None = None
        for language, shown, page in self.house.walk(LANGUAGES):
            if page is not listening:
                self.listen(page)
                listening = page
            self.where = f"{shown.name} {language}"
            self.seen.add((shown.name, language))
            self.look(language, shown, page)

    def note(self, kind: str, what: str) -> None:
        """Write something down, with the page on which it was."""
        self.found[kind].append(f"{self.where}: {what}")

    def listen(self, page: Page) -> None:
        """Note what the browser complains about, and whatever is asked of others."""

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not message.text.startswith(ALLOWED):
                self.note("console", message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((self.house.process.address, "data:")):
                self.note("outside", request.url)

        page.on("console", heard)
        page.on("pageerror", lambda error: self.note("console", str(error)))
        page.on("request", asked)

    def look(self, language: str, shown: Shown, page: Page) -> None:
        """One page: loaded once, then looked at on a desk and on a phone."""
        set_size(page, WIDE)
        page.emulate_media(color_scheme="light")
        status = self.house.show(shown, page)
        if status != shown.status:
            self.note("status", f"answered {status} instead of {shown.status}")
        told = page.get_attribute("html", "lang")
        if told not in (LANGUAGES if shown.its_own_language else (language,)):
            self.note("language", f"says that it is in {told!r}")
        page.evaluate(self.axe.axe_script)
        if language != self.house.language:
            self.try_other_words(page)
            return
        self.try_looks(page)
        set_size(page, WIDE)
        self.try_keyboard(page)
        self.try_bare(shown, page)

    def try_looks(self, page: Page) -> None:
        """Light on a desk and dark on a phone: a colour is the same at every width."""
        for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
            self.try_width(page, size)
            page.emulate_media(color_scheme=scheme)
            self.try_axe(page, f"{size[0]} {scheme}", QUICKLY)

    def try_other_words(self, page: Page) -> None:
        """In another language: the colours are the same, words are longer or missing."""
        for size in (WIDE, NARROW):
            self.try_width(page, size)
        self.try_axe(page, str(NARROW[0]), QUICKLY | ALL_BUT_COLOURS)

    def try_width(self, page: Page, size: tuple[int, int]) -> None:
        """Nothing has to be scrolled sideways in a window of that width."""
        set_size(page, size)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            self.note("scrolling", f"{overflow} px wider than {size[0]}")

    def try_axe(self, page: Page, look: str, options: dict[str, Any]) -> None:
        """Run axe, which the page has loaded already."""
        found = page.evaluate("options => axe.run(options)", options)
        for violation in found["violations"]:
            if violation["impact"] in GRAVE:
                places = [" ".join(node["target"]) for node in violation["nodes"][:3]]
                self.note("axe", f"{look}: {violation['id']} at {', '.join(places)}")

    def try_keyboard(self, page: Page) -> None:
        """Walk through the page by the tab key alone: nothing is left out, and one sees where."""
        many = page.evaluate(MARK_PLACES)
        reached: list[str] = []
        page.evaluate(NOTE_STEPS)
        page.evaluate(TO_THE_TOP)
        for here in steps(page, many):
            if reached and here and here["place"] == reached[-1]:
                continue  # A field for a date or a time has several places inside.
            if here is None or here["place"] in reached:
                break
            if not here["marked"]:
                self.note("keyboard", f"does not show that it is at {here['what']}")
            if not here["inside"]:
                self.note("keyboard", f"{here['what']} is not on the screen when it is reached")
            reached.append(here["place"])
        if len(reached) < many:
            for what in page.evaluate(UNREACHED, reached):
                self.note("keyboard", f"never comes to {what}")
        self.try_skip_link(page)

    def try_skip_link(self, page: Page) -> None:
        """The first place is the link that leads past the rail, and it does."""
        page.evaluate(TO_THE_TOP)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        page.keyboard.press("Enter")
        if first != "skip" or page.evaluate("document.activeElement.id") != "main":
            self.note("keyboard", "does not begin with a link to the content")

    def try_bare(self, shown: Shown, page: Page) -> None:
        """The same page without scripts offers the same."""
        with_scripts = page.evaluate(OFFERED)
        bare = self.bare_page(is_inside=shown.stage not in (Stage.UNFOUNDED, Stage.OUTSIDE))
        self.house.show(shown, bare)
        without = bare.evaluate(OFFERED)
        for what in with_scripts:
            if what not in without:
                self.note("bare", f"lacks {what}")

    def bare_page(self, *, is_inside: bool) -> Page:
        """A page of a browser that runs no scripts: Alice's, or that of somebody at the door."""
        if is_inside not in self.bare:
            context = self.house.visitor(self.house.language, has_scripts=False)
            if is_inside:
                context.add_cookies(self.house.context.cookies())  # type: ignore[arg-type]
            self.bare[is_inside] = context.new_page()
        return self.bare[is_inside]


def steps(page: Page, many: int) -> Iterator[dict[str, Any] | None]:
    """Press the tab key again and again, and tell where each step led; None: out of the page.

    As many steps as the page has places are taken before anybody asks where they led.
    """
    taken, at_once = 0, many
    while taken < MOST_STEPS:
        for _step in range(at_once):
            page.keyboard.press("Tab")
        yield from page.evaluate("window.steps.splice(0)")
        taken, at_once = taken + at_once, A_FEW_STEPS


def set_size(page: Page, size: tuple[int, int]) -> None:
    """Make the window as wide and high as this, in pixels."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("status", "every page answers as it should"),
        ("language", "every page says in which language it is"),
        ("axe", "axe finds nothing serious and nothing critical"),
        ("scrolling", "no page scrolls sideways"),
        ("console", "the browser has nothing to complain about, no policy is violated"),
        ("outside", "no page asks anything of anybody else"),
        ("keyboard", "every place is reached by the tab key alone, and one sees where one is"),
        ("bare", "without scripts every page offers the same"),
    ],
)
def test_every_page(walk: Walk, kind: str, sentence: str) -> None:
    """`sentence` says what holds when nothing of this kind was found."""
    told = "\n".join(sorted(set(walk.found.get(kind, []))))
    assert not told, f"It does not hold that {sentence}:\n{told}"


def test_the_walk_came_to_every_page_in_every_language(walk: Walk) -> None:
    """Otherwise nothing found would mean nothing."""
    assert walk.seen == {(page.name, language) for page in PAGES for language in LANGUAGES}


# What to do to a page, and the kind of finding that has to come of it.
DAMAGE = {
    "axe": "document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')",
    "scrolling": "document.querySelector('h1').style.width = '2000px'",
    "keyboard": "void (document.querySelector('.speak').onfocus = e => e.target.blur())",
    "console": "void fetch('http://elsewhere.invalid/').catch(() => {})",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_to_a_page_is_noticed(walk: Walk, kind: str) -> None:
    """A walk that finds nothing in a broken page would be worth nothing."""
    page = walk.house.page_at(Stage.LIVED_IN, walk.house.language)
    second = Walk(walk.house)
    second.listen(page)
    page.goto("/")
    page.evaluate(walk.axe.axe_script)
    page.evaluate(DAMAGE[kind])
    second.try_looks(page)
    set_size(page, WIDE)
    second.try_keyboard(page)
    page.close()
    assert second.found[kind]

"""The house on show: founded by Alice through its pages, and filled until there is a morning."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.pages import SEND, Shown, Stage, pages_at
from tests.peers.servers.chromium import visitor
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.show.blogs import Blogs
from tests.peers.show.second_steps import set_up_second_steps
from tests.peers.show.words import EMAIL, PASSWORD, WORDS

INSIDE = Path(__file__).with_name("inside.py")
PATIENCE_SECONDS = 60.0
FEWEST_TALKS = 6
LOCALES = {"de": "de-DE", "en": "en-GB"}
GOOD, PAUSED, CLOSED = range(3)
LIST = """<opml version="2.0"><body>
<outline text="{known}" xmlUrl="{address}"/>
<outline text="Nobody" xmlUrl="http://127.0.0.1:1/feed.xml"/>
<outline text="Plain" xmlUrl="http://{host}/plain/"/>
</body></opml>"""


class ShownHouse:
    """One installation, its blogs, and Alice at her browser.

    `language` is the one she founds it in and in which the town speaks. `walk` goes through all
    stages; `facts` is what the table of pages asks for, known once the house is filled.
    """

    def __init__(self, home: Path, browser: Browser, language: str) -> None:
        """Start everything; nobody has been there yet."""
        self.browser = browser
        self.language = language
        self.words = WORDS[language]
        self.blogs = Blogs(self.words.blogs, language)
        self.process = ResonanzProcess(home)
        self.facts: dict[str, Any] = {}
        self.process.start()
        self.context = self.visitor(language)
        self.page = self.context.new_page()

    def stop(self) -> None:
        """End all of it."""
        self.context.close()
        self.process.stop()
        self.blogs.stop()

    def visitor(self, language: str, *, has_scripts: bool = True) -> BrowserContext:
        """Somebody new at the browser."""
        return visitor(
            self.browser,
            language=LOCALES[language],
            base_url=self.process.address,
            has_scripts=has_scripts,
        )

    # ── Walking through the pages ────────────────────────────────────────────────────

    def stages(self) -> Iterator[Stage]:
        """Bring the house from stage to stage, and say in which it is."""
        yield Stage.UNFOUNDED
        self.found()
        yield Stage.EMPTY
        self.fill()
        yield Stage.LIVED_IN
        yield Stage.OUTSIDE

    def walk(self, languages: tuple[str, ...]) -> Iterator[tuple[str, Shown, Page]]:
        """Every page in every language, on a browser page that is not loaded yet."""
        for stage in self.stages():
            for language in languages:
                page = self.page_at(stage, language)
                for shown in pages_at(stage):
                    yield language, shown, page
                page.close()
                if page.context is not self.context:
                    page.context.close()

    def page_at(self, stage: Stage, language: str) -> Page:
        """A new page for a stage: Alice's, or that of somebody at the door."""
        if stage in (Stage.UNFOUNDED, Stage.OUTSIDE):
            return self.visitor(language).new_page()
        self.read_in(language)
        return self.context.new_page()

    def path_of(self, shown: Shown) -> str:
        """The page's path in this house."""
        return shown.path.format(**self.facts)

    def show(self, shown: Shown, page: Page) -> int:
        """Come to a page as the table says, and give the status of the answer."""
        answer = page.goto(self.path_of(shown))
        if shown.asks_for_password and "/security/password/" in page.url:
            page.fill("#id_password", PASSWORD)
            page.click(SEND)
            page.wait_for_url(lambda url: "/security/password/" not in url)
        for selector, value in shown.fields.items():
            page.fill(selector, value.format(site=self.blogs.host))
        if shown.pressed:
            with page.expect_response(lambda got: got.request.method == "POST") as caught:
                page.click(shown.pressed)
            page.wait_for_load_state()
            return caught.value.status
        assert answer is not None
        return answer.status

    # ── What Alice does ──────────────────────────────────────────────────────────────

    def press(self, selector: str) -> None:
        """Press something that leads to a page."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def found(self) -> None:
        """The first visit."""
        page = self.page
        page.goto("/")
        page.fill("#id_name", self.words.workspace)
        page.fill("#id_domains", self.words.domain)
        page.fill("#id_member_name", "Alice")
        page.fill("#id_email", EMAIL)
        page.fill("#id_password", PASSWORD)
        page.fill("#id_password_again", PASSWORD)
        self.press(SEND)
        page.wait_for_url("**/welcome/")

    def read_in(self, language: str) -> None:
        """Choose the language of Alice's pages."""
        self.page.goto("/settings/")
        self.page.select_option("#id_member-language", language)
        self.press("form[action$='/settings/me/'] button")

    def fill(self) -> None:
        """From an empty house to a busy morning."""
        self.read_in(self.language)
        self.page.goto("/channels/connect/pretend/")
        self.press(SEND)
        self.read_blogs()
        wait_until(self.has_read_all, seconds=PATIENCE_SECONDS, what="a first reading")
        self.bring_list()
        self.speak()
        talks = self.ask("talks")["talks"]
        assert len(talks) >= FEWEST_TALKS, f"Only {len(talks)} talks wait for us."
        answered, begun, promised, refused, unsure = talks[-5:]
        self.answer(answered, self.words.answer)
        self.answer(begun, self.words.begun_answer, button="keep")
        self.promise(promised)
        self.work_together(promised)
        self.write_note()
        self.note_talk()
        self.join_call(begun)
        self.hold_comment()
        self.begin_article()
        self.share_and_like()
        wait_until(self.has_sent_all, seconds=PATIENCE_SECONDS, what="our words on their way")
        self.get_stuck(refused, unsure)
        self.pause_and_lose_blogs()
        self.connect_domain()
        passkey = set_up_second_steps(self.browser, self.process.port)
        self.facts = {**self.ask("facts"), "passkey": passkey}
        missing = [name for name, value in self.facts.items() if not value]
        assert not missing, f"The house on show has no {missing}."

    def read_blogs(self) -> None:
        """Connect every blog."""
        for number in range(len(self.blogs.blogs)):
            self.page.goto("/channels/connect/feeds/")
            self.page.fill("#id_address-address", self.blogs.feed_url(number))
            self.press(SEND)

    def bring_list(self) -> None:
        """A list of blogs, of which some cannot be read."""
        self.page.goto("/channels/connect/feeds/")
        known = self.blogs.feed_url(GOOD)
        content = LIST.format(known=self.blogs.blogs[GOOD][0], address=known, host=self.blogs.host)
        file = {"name": "blogs.opml", "mimeType": "text/x-opml", "buffer": content.encode()}
        self.page.set_input_files("input[type=file]", files=[file])
        self.press("form[enctype] button.button")

    def speak(self) -> None:
        """Two words of our own: one goes out, one is kept."""
        for text, button in ((self.words.begun, "keep"), (self.words.own, "send")):
            self.page.goto("/speak/")
            self.page.fill("#id_text", text)
            self.press(f"main button[name={button}]")

    def answer(self, talk: int, text: str, *, button: str = "") -> None:
        """Answer in a talk, or keep the answer for later."""
        self.page.goto(f"/conversations/{talk}/")
        self.page.fill("#id_text", text)
        pressed = f"#reply button[name={button}]" if button else "#reply button.primary"
        self.press(pressed)

    def promise(self, talk: int) -> None:
        """Promise something in a talk."""
        self.page.goto(f"/conversations/{talk}/")
        self.page.click("#promises summary.button")
        self.page.fill("#id_what", self.words.promise)
        self.page.fill("#id_due_on", "2099-01-15")
        self.press("#promises form.form button")

    def work_together(self, talk: int) -> None:
        """A note for colleagues in a talk, and a rule that gives new ones away."""
        self.page.goto(f"/conversations/{talk}/")
        self.page.click("#note summary.button")
        self.page.fill("#id_note_text", self.words.note)
        self.press("#note form.form button")
        self.page.goto("/conversations/rules/add/")
        self.page.fill("#id_name", self.words.promise[:60])
        self.page.select_option("#id_assignee", index=1)
        self.press(SEND)

    def write_note(self) -> None:
        """Remember something about whoever is first in the list of people."""
        self.page.goto("/people/")
        self.press("main a[data-row]")
        self.page.click("#note summary.button")
        self.page.fill("#id_note", self.words.note)
        self.press("form[action$='/note/'] button")

    def note_talk(self) -> None:
        """What somebody said at the counter, and what we answered."""
        self.page.goto("/noting/")
        self.page.fill("#id_name", "Frau Brandt")
        self.page.fill("#id_text", self.words.counter)
        self.page.check("input[name=place][value=counter]", force=True)
        self.page.fill("#id_answer", self.words.counter_answer)
        self.press(SEND)

    def join_call(self, talk: int) -> None:
        """Somebody called about what a talk is about: noted, and put together with it."""
        self.page.goto("/noting/")
        self.page.fill("#id_name", "Herr Lindgren")
        self.page.fill("#id_text", self.words.phone)
        self.page.check("input[name=place][value=phone]", force=True)
        self.press(SEND)
        noted = self.page.url.partition("/conversations/")[2].partition("/")[0]
        self.page.goto(f"/conversations/{talk}/join/?with={noted}")
        self.press("main form[method=post] button.primary")

    def hold_comment(self) -> None:
        """A comment below our article waits for approval again."""
        self.page.goto(f"/conversations/{self.ask('commented')['talk']}/")
        form = self.page.locator("form[action$='/moderate/']:has([value=held])").first
        form.locator("summary").click()
        with self.page.expect_navigation():
            form.locator("[value=held]").click()
        wait_until(
            lambda: self.ask("commented")["held"],
            seconds=PATIENCE_SECONDS,
            what="a comment that is held back",
        )

    def begin_article(self) -> None:
        """An article of our own, kept as a draft."""
        self.page.goto("/speak/article/")
        title, text = self.words.article
        self.page.fill("#id_title", title)
        self.page.fill("#id_text", text)
        self.page.check("#id_stays_draft")
        self.press("main button[name=keep]")

    def share_and_like(self) -> None:
        """Two small kindnesses in the neighbourhood."""
        for kind in ("share", "like"):
            self.page.goto("/neighbourhood/")
            form = self.page.locator(f"form[action$='/{kind}/']").first
            with self.page.expect_response(lambda got: got.request.method == "POST"):
                form.locator("button").click()

    def get_stuck(self, *talks: int) -> None:
        """Answers that do not get through: one is refused, and of one nobody knows."""
        words = (self.words.refused_answer, self.words.unsure_answer)
        for talk, text in zip(talks, words, strict=True):
            self.answer(talk, text, button="keep")
        self.ask("trouble")

    def pause_and_lose_blogs(self) -> None:
        """One blog is paused, and another one is gone for good."""
        blogs = self.ask("channels")["feeds"]
        self.page.goto(f"/channels/{blogs[PAUSED]}/")
        self.press("form[action$='/pause/'] button")
        self.blogs.closed.add(CLOSED)
        self.page.goto(f"/channels/{blogs[CLOSED]}/")
        self.press("form[action$='/look/'] button")
        wait_until(
            lambda: self.ask("gone")["gone"],
            seconds=PATIENCE_SECONDS,
            what="a blog that is gone",
        )

    def connect_domain(self) -> None:
        """A website of our own, to which others link."""
        self.page.goto("/channels/connect/webmention/")
        self.page.fill("#id_address-address", f"http://{self.blogs.host}/")
        self.press(SEND)
        self.ask("links")

    # ── What only the inside knows ───────────────────────────────────────────────────

    def has_read_all(self) -> bool:
        """Whether every channel was read once."""
        told = self.ask("progress")
        return bool(told["posts"]) and not told["unread"]

    def has_sent_all(self) -> bool:
        """Whether nothing is on its way any more."""
        return not self.ask("progress")["on_their_way"]

    def ask(self, question: str) -> Mapping[str, Any]:
        """Ask the script that runs inside the house's surroundings."""
        told = subprocess.run(
            [sys.executable, str(INSIDE), question],
            env={**os.environ, **self.process.surroundings()},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        assert told.returncode == 0, f"{question}: {told.stderr[-2000:]}"
        found: dict[str, Any] = json.loads(told.stdout)
        return found

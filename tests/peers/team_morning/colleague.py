"""One of the team at the browser. Each has the language of his or her own pages."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.peers.servers.running import wait_until

PASSWORD = "rye-and-caraway-17"
# What others say crosses a server, our reading and the pulse of the page.
ARRIVES_WITHIN_SECONDS = 40.0
ARRIVES_WITHIN_MS = ARRIVES_WITHIN_SECONDS * 1000
SEND = "main form button.primary"


@dataclass
class Colleague:
    """Somebody with one open page. `name` is what colleagues see."""

    page: Page
    name: str

    # ── Coming in ────────────────────────────────────────────────────────────────────

    def found(self, workspace: str) -> None:
        """Open the house on the first visit."""
        page = self.page
        page.goto("/setup/")
        page.fill("#id_name", workspace)
        page.fill("#id_member_name", self.name)
        self._say_who()
        page.wait_for_url("**/welcome/")

    def invite(self, name: str, role: str, language: str) -> str:
        """Invite somebody, and give the link to pass on."""
        page = self.page
        page.goto("/members/")
        page.fill("#id_name", name)
        page.check(f"input[name=role][value={role}]")
        page.select_option("#id_language", language)
        self.press(page.locator("form[action$='/invite/'] button.primary"))
        return page.locator("#invitation-link").inner_text()

    def join(self, link: str) -> None:
        """Accept an invitation with a login of one's own."""
        self.page.goto(link)
        self._say_who()
        self.page.wait_for_url(lambda url: "/invitation/" not in url)

    def _say_who(self) -> None:
        page = self.page
        page.fill("#id_email", f"{self.name.lower()}@bakery.example")
        page.fill("#id_password", PASSWORD)
        page.fill("#id_password_again", PASSWORD)
        self.press(page.locator(SEND))

    # ── Lists ────────────────────────────────────────────────────────────────────────

    def open(self, path: str) -> None:
        """Go to a page of the house."""
        self.page.goto(path)

    def press(self, button: Locator) -> None:
        """Press what leads to a page."""
        with self.page.expect_navigation():
            button.click()

    def row(self, words: str) -> Locator:
        """The row of a list that holds these words."""
        return self.page.locator("article.row", has_text=words)

    def open_list(self, query: str = "") -> None:
        """Go to the conversations, or a choice of them (`?who=me`)."""
        self.page.goto(f"/conversations/{query}")

    def find(self, words: str, query: str = "") -> Locator:
        """Wait until a row with these words stands in a list of conversations."""
        self.open_list(query)
        self.reload_until(self.row(words), f"“{words}”")
        return self.row(words)

    def open_talk(self, words: str) -> None:
        """Wait for what somebody said, and open the conversation."""
        self.find(words, "?turn=all").locator("a.row-link").click()
        expect(self.page.locator("#talk")).to_contain_text(words)

    def reload_until(self, found: Locator, what: str) -> None:
        """Load the page anew until something is on it. Raises `NotInTime`."""

        def look() -> bool:
            if found.count():
                return True
            self.page.reload()
            return bool(found.count())

        wait_until(look, seconds=ARRIVES_WITHIN_SECONDS, what=f"{what}, on {self.page.url}")

    def tick(self, *words: str) -> None:
        """Tick rows of the list."""
        for said in words:
            self.row(said).locator("input[name=pk]").check()

    def move_ticked(self, move: str) -> None:
        """Do something with all that is ticked, as `move_talk` does with one."""
        self._move(self.page.locator("#bulk"), move)

    def give_ticked_to(self, name: str) -> None:
        """Give all that is ticked to a colleague."""
        self._give(self.page.locator("#bulk"), name)

    # ── An open conversation ─────────────────────────────────────────────────────────

    def move_talk(self, move: str) -> None:
        """Press what is called `move` in the form, for instance done or aside:tomorrow."""
        self._move(self.page.locator("#talk-moves form"), move)

    def give_to(self, name: str) -> None:
        """Give the open conversation to a colleague."""
        self._give(self.page.locator("#talk-moves form"), name)

    def _give(self, form: Locator, name: str) -> None:
        menu = form.locator("details:has(button[value^='give:'])")
        menu.locator("summary").click()
        self.press(menu.get_by_role("button", name=name, exact=True))

    def _move(self, form: Locator, move: str) -> None:
        button = form.locator(f"button[value='{move}']")
        if not button.is_visible():
            form.locator(f"details:has(button[value='{move}']) > summary").click()
        self.press(button)

    def undo(self) -> None:
        """Press the button in the message that takes back what was just done."""
        self.press(self.page.locator("#messages button.undo"))

    def note(self, text: str) -> None:
        """Write a note that only colleagues read."""
        self.page.click("#note summary")
        self.page.fill("#id_note_text", text)
        self.press(self.page.locator("#note form.form button"))

    @property
    def box(self) -> Locator:
        """Where one answers."""
        return self.page.locator("#reply form.reply")

    @property
    def text(self) -> Locator:
        """The words that are being written."""
        return self.box.locator("textarea[name=text]")

    def send(self) -> None:
        """Press the one button that sends, or asks for agreement."""
        self.press(self.box.locator("button.primary"))

    def answer(self, text: str) -> None:
        """Write and send."""
        self.text.fill(text)
        self.send()

    @property
    def said(self) -> Locator:
        """What the open conversation shows."""
        return self.page.locator("#talk")

    @property
    def told(self) -> Locator:
        """What the page says happened."""
        return self.page.locator("#messages")

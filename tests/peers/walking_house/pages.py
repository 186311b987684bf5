"""Ada, who keeps the lighthouse, at her browser: what she does on the pages, in German."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.peers.servers.mastodon_api import Person
from tests.peers.servers.running import NotInTime, wait_until

NAME = "Ada"
EMAIL = "ada@leuchtturm.example"
PASSWORD = "sieben-lampen-im-nebel"
DOMAIN = "leuchtturm.example"
# What others say has to cross two servers and our polling first.
ARRIVES_WITHIN_SECONDS = 40.0
# The end of the address behind an answer that was taken: where it stands in the talk.
SENT = re.compile(r"#way\S*$")


@dataclass
class Keeper:
    """One open page of hers. `address` is that of the house."""

    page: Page
    address: str

    def open(self, path: str) -> None:
        """Go to a page of the house."""
        self.page.goto(f"{self.address}{path}")

    def go_to_room(self, name: str) -> None:
        """Go to a room by the rail."""
        self.page.get_by_role("navigation", name="Räume").get_by_role(
            "link", name=name, exact=True
        ).first.click()

    # ── The first visit, signing in and out ──────────────────────────────────────────

    def set_up(self) -> None:
        """Answer the questions of the first visit and open the house."""
        page = self.page
        page.get_by_label("Wie der Arbeitsraum heißt").fill("Leuchtturm")
        page.get_by_label("Eigene Domains").fill(DOMAIN)
        page.get_by_label("Dein Name").fill(NAME)
        page.get_by_label("Deine E-Mail-Adresse").fill(EMAIL)
        page.get_by_label("Ein Passwort").fill(PASSWORD)
        page.get_by_label("Das Passwort noch einmal").fill(PASSWORD)
        page.get_by_role("button", name="Das Haus öffnen").last.click()

    def sign_in(self, *, password: str = PASSWORD) -> None:
        """Come in by the door that is open now."""
        self.page.get_by_label("E-Mail-Adresse").fill(EMAIL)
        self.page.get_by_label("Passwort").fill(password)
        self.page.get_by_role("button", name="Anmelden", exact=True).click()

    # ── Connecting ───────────────────────────────────────────────────────────────────

    def type_server(self, typed: str) -> None:
        """Say at which server her account is."""
        self.open("/channels/connect/mastodon/")
        way = self.page.locator("form", has=self.page.get_by_role("button", name="Weiter zum"))
        way.get_by_role("textbox", name="Server").fill(typed)
        way.get_by_role("button").click()

    def allow_at_snac(self, person: Person) -> None:
        """Sign in on the page that snac shows, which sends her back to the house."""
        self.page.locator("input[name=login]").fill(person.name)
        self.page.locator("input[name=passwd]").fill(person.password)
        self.page.locator("input[type=submit]").click()

    def type_token(self, person: Person) -> None:
        """Connect an account by a token that she made at its server."""
        self.open("/channels/connect/mastodon/")
        way = self.page.locator("form", has=self.page.get_by_label("Zugangstoken"))
        way.get_by_role("textbox", name="Server").fill(person.address)
        way.get_by_label("Zugangstoken").fill(person.token)
        way.get_by_role("button").click()

    def type_feed(self, typed: str) -> None:
        """Ask for a blog to be read."""
        self.open("/channels/connect/feeds/")
        self.page.get_by_label("Adresse der Seite oder ihres Feeds").fill(typed)
        self.page.get_by_role("button", name="Verbinden").click()

    @property
    def trouble(self) -> Locator:
        """The box that says what went wrong."""
        return self.page.locator(".trouble").first

    # ── Conversations ────────────────────────────────────────────────────────────────

    def reload_until(self, found: Callable[[], Locator], what: str) -> Locator:
        """Load the page anew until something is on it. Raises `NotInTime`."""

        def look() -> bool:
            if found().count():
                return True
            self.page.reload()
            return False

        try:
            wait_until(look, seconds=ARRIVES_WITHIN_SECONDS, what=f"{what}, on {self.page.url}")
        except NotInTime as cause:
            raise NotInTime(f"{cause}\n{self.page.locator('main').inner_text()}") from cause
        return found().first

    def row(self, words: str) -> Locator:
        """Rows of a list that hold these words."""
        return self.page.locator("article.row", has_text=words)

    def open_talk(self, words: str) -> None:
        """Wait until somebody who said this waits for us, and open the conversation."""
        self.open("/conversations/")
        row = self.reload_until(lambda: self.row(words), f"“{words}”")
        row.locator("a.row-link").click()
        expect(self.box).to_be_visible()

    @property
    def box(self) -> Locator:
        """Where she writes."""
        return self.page.locator("form.reply")

    def write(self, text: str) -> None:
        """Write, without sending it."""
        self.box.locator("textarea").fill(text)

    def send(self) -> None:
        """Click on the one button that sends."""
        self.box.locator("button.primary").click()

    def answer(self, text: str) -> None:
        """Write and send, and wait until it stands at the network."""
        self.write(text)
        self.send()
        self.wait_until_sent(text)

    def wait_until_sent(self, text: str) -> None:
        """Wait until the page shows what we said and it is on its way no more."""
        self.page.wait_for_url(SENT)
        self.reload_until(
            lambda: self.page.locator("#talk article.post:not(:has(.state))", has_text=text),
            f"our “{text}” as sent",
        )

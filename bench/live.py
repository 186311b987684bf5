"""Fifty members with open pages on the embedded default, while posts arrive once a second.

`python -m bench live --minutes 10`. 47 clients speak HTTP as the page's script does: they ask
every four seconds, fetch their page when something is new, open talks, type, and now and then
answer; three more members sit at real Chromium pages. Prints requests, errors, the 50th and 95th
percentile of asking and of pages, and memory; writes them into bench/latest.json.
"""

import argparse
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape

import httpx
from playwright.sync_api import Page, Response, sync_playwright

from bench.figures import Figure, percentile, write
from bench.house import Home, House, filled, running
from bench.town import PASSWORD

POSTS = 10_000
MEMBERS, BROWSERS = 50, 3
EVERY_SECONDS, SPREAD = 4.0, 0.1
# A house lets thirty in a minute from one address, and all of these come from one.
BETWEEN_SIGN_INS_SECONDS = 60 / 26
CHROMIUM = "/usr/bin/chromium"
FIELD = re.compile(r'data-(pulse|known|talk|page)="([^"]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TALK = re.compile(r'href="(/conversations/\d+/)')
BOX = re.compile(r'<form class="reply".*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
CHOSEN = re.compile(r'<select name="([^"]+)".*?value="([^"]*)" selected', re.S)


@dataclass
class Taken:
    """Seconds that requests took, by kind, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, trouble: str = "") -> None:
        """Keep one request."""
        with self.lock:
            self.times.setdefault(kind, []).append(seconds)
            if trouble:
                self.errors.append(f"{kind}: {trouble}")


class Visitor:
    """One member with one open page, as its script behaves."""

    def __init__(self, house: House, number: int, taken: Taken) -> None:
        """Sign in."""
        self.dice, self.taken, self.number = random.Random(number), taken, number
        self.client = httpx.Client(base_url=house.address, timeout=30)
        self.html, self.told = "", dict[str, str]()
        sign_in = self.client.get("/sign-in/").text
        data = {"login": f"m{number}@lighthouse.example", "password": PASSWORD}
        found = TOKEN.search(sign_in)
        data["csrfmiddlewaretoken"] = found[1] if found else ""
        self.client.post("/sign-in/", data=data)
        time.sleep(BETWEEN_SIGN_INS_SECONDS)
        if "sessionid" not in self.client.cookies:
            raise RuntimeError(f"Member {number} could not sign in.")

    def ask(self, kind: str, method: str, address: str, **more: object) -> httpx.Response | None:
        """One request, measured. None when it failed."""
        began = time.perf_counter()
        try:
            answer = self.client.request(method, address, **more)  # type: ignore[arg-type]
        except httpx.HTTPError as cause:
            self.taken.note(kind, time.perf_counter() - began, repr(cause))
            return None
        is_wrong = answer.status_code >= httpx.codes.BAD_REQUEST
        trouble = f"{answer.status_code} {address}" if is_wrong else ""
        self.taken.note(kind, time.perf_counter() - began, trouble)
        return None if is_wrong else answer

    def open(self, address: str, *, is_live: bool = False) -> None:
        """Open a page, or fetch it for what is new in it."""
        headers = {"Live-Update": "1"} if is_live else {}
        answer = self.ask("page", "GET", address, headers=headers)
        if answer is None or answer.status_code != httpx.codes.OK:
            return
        self.html = answer.text
        if not is_live:
            self.told = {name: unescape(value) for name, value in FIELD.findall(self.html)}

    def pulse(self, *, is_writing: bool = False) -> None:
        """Ask what is new, and fetch the page when something is."""
        if "pulse" not in self.told:
            return
        told = {"known": self.told.get("known", "")}
        if "talk" in self.told:
            told |= {"talk": self.told["talk"]} | ({"writing": "1"} if is_writing else {})
            answer = self.ask("pulse", "POST", self.told["pulse"], data=told, headers=self.token())
        else:
            answer = self.ask("pulse", "GET", self.told["pulse"], params=told)
        if answer is None or answer.status_code == httpx.codes.NO_CONTENT:
            if answer is not None:
                self.told["known"] = answer.headers["Pulse-Known"]
            return
        news = answer.json()
        self.told |= {name: news[name] for name in ("known", "talk") if name in news}
        if news.get("is_talk_new") or ("talk" not in self.told and news["sentence"]):
            self.open(self.told["page"], is_live=True)

    def token(self) -> dict[str, str]:
        """What the page's script sends with a POST."""
        found = TOKEN.search(self.html)
        return {"X-CSRFToken": found[1] if found else "", "HX-Request": "true"}

    def type(self, *, is_sent: bool) -> None:
        """Type into the box: it is kept; or send it."""
        found = BOX.search(self.html)
        if found is None:
            return
        action = re.search(r'action="([^"]+)"', found[0])
        data = {name: unescape(value) for name, value in HIDDEN.findall(found[0])}
        data |= dict(CHOSEN.findall(found[0]))
        data |= {"text": f"Gladly, at {self.dice.random():.4f}.", "asked_for_colleagues": "1"}
        address = action[1] if action else ""
        headers = {} if is_sent else self.token()
        kind = "answer" if is_sent else "autosave"
        self.ask(kind, "POST", address, data=data, headers=headers)

    def stay(self, until: float) -> None:
        """Look at the list or a talk, as members do, until the time is over."""
        time.sleep(self.dice.random() * EVERY_SECONDS)
        self.open("/conversations/")
        is_writing = False
        while time.monotonic() < until:
            does = self.dice.random()
            talks = TALK.findall(self.html)
            if does < 0.05 and talks:
                self.open(self.dice.choice(talks))
            elif does < 0.08:
                self.open(self.dice.choice(["/conversations/", "/", "/neighbourhood/"]))
            elif does < 0.2 and "talk" in self.told:
                is_writing = True
                self.type(is_sent=does < 0.085)
            self.pulse(is_writing=is_writing)
            is_writing = False
            time.sleep(EVERY_SECONDS * (1 - SPREAD + 2 * SPREAD * self.dice.random()))


def broken(answer: Response) -> list[str]:
    """The address of an answer that is the house's fault."""
    is_broken = answer.status >= httpx.codes.INTERNAL_SERVER_ERROR
    return [f"{answer.status} {answer.url}"] if is_broken else []


@contextmanager
def open_pages(house: House) -> Iterator[tuple[list[Page], list[str]]]:
    """Real pages: the list, a talk, Today; and what their consoles complained of."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pages = []
        for number in range(MEMBERS - BROWSERS, MEMBERS):
            page = browser.new_context(base_url=house.address).new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("response", lambda got: complaints.extend(broken(got)))
            page.goto("/sign-in/")
            page.fill("#id_login", f"m{number}@lighthouse.example")
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_selector(".rail", timeout=60_000)
            pages.append(page)
        pages[0].goto("/conversations/?turn=all")
        pages[1].goto("/conversations/?turn=all")
        pages[1].locator("[data-row]").first.click()
        yield pages, complaints
        browser.close()


def measure(minutes: float) -> Iterator[Figure]:
    """The figures, after so many minutes."""
    with filled(POSTS) as home:
        home.run("-m", "bench.arriving", "members", str(MEMBERS))
        with running(home) as house:
            yield from _load(house, home, minutes)


def _load(house: House, home: Home, minutes: float) -> Iterator[Figure]:
    taken, seconds = Taken(), round(minutes * 60)
    visitors = [Visitor(house, number, taken) for number in range(MEMBERS - BROWSERS)]
    with open_pages(house) as (pages, complaints):
        first_row = pages[0].locator("[data-row]").first.get_attribute("href")
        until = time.monotonic() + seconds
        command = [sys.executable, "-m", "bench.arriving", str(seconds)]
        told = home.environment()
        with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, text=True) as arriving:
            threads = [threading.Thread(target=one.stay, args=(until,)) for one in visitors]
            for thread in threads:
                thread.start()
            while time.monotonic() < until:
                # Playwright hears its pages only while it waits.
                pages[0].wait_for_timeout(500)
            for thread in threads:
                thread.join()
            arrived = int((arriving.communicate()[0] or "0").strip() or 0)
        row = pages[0].locator("[data-row]").first.get_attribute("href")
        if row == first_row:
            complaints.append("The open list shows nothing new.")
        memory = house.memory_mb()
    for error in [*taken.errors, *complaints][:20]:
        print(error)
    yield from figures_of(taken, complaints, arrived, memory, minutes)


def figures_of(
    taken: Taken, complaints: list[str], arrived: int, memory: float, minutes: float
) -> Iterator[Figure]:
    """Requests, errors, percentiles, memory."""
    yield Figure("live_members", MEMBERS, "members")
    yield Figure("live_minutes", minutes, "min")
    yield Figure("live_posts_arrived", arrived, "posts")
    yield Figure("live_requests", sum(map(len, taken.times.values())), "requests")
    yield Figure("live_errors", len(taken.errors) + len(complaints), "errors")
    for kind, times in sorted(taken.times.items()):
        yield Figure(f"live_{kind}_requests", len(times), "requests")
        for share in (50, 95):
            milliseconds = percentile(times, share / 100) * 1000
            yield Figure(f"live_{kind}_p{share}_ms", round(milliseconds, 1), "ms")
    yield Figure("live_memory_mb", round(memory, 1), "MB")


def main(words: list[str]) -> None:
    """Print and write."""
    asked = argparse.ArgumentParser(prog="python -m bench live")
    asked.add_argument("--minutes", type=float, default=10)
    found = []
    for figure in measure(asked.parse_args(words).minutes):
        print(figure, flush=True)
        found.append(figure)
    write(found)


if __name__ == "__main__":
    main(sys.argv[1:])

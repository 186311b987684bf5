"""The servers that Resonanz is connected to during the torture, and the people who live there."""

import random
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

from tests.peers.servers.bluesky import BlueskyServer
from tests.peers.servers.broken_line import BrokenLine
from tests.peers.servers.crossroads import Crossroads
from tests.peers.servers.maria import MariaServer
from tests.peers.servers.mastodon_api import Person, Status
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.running import NotInTime
from tests.peers.servers.snac import SnacServer
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.torture.press import READERS, US, PressPerson, PressReader
from tests.peers.torture.sky import SkyPerson, SkyServer

HEARD = re.compile(r"heard[a-z]+[0-9]{5}")
SAID = re.compile(r"said[0-9]{5}x[0-9a-f]{4}")
ANSWERABLE_POSTS = 8
# A neighbour of the real snac2 needs its queue's turn; the pretended one is instant.
PAUSES_SECONDS = (0.4, 1.4)


# What is asked for at a line: where a text is said, and everything.
AT_MASTODON = ("/api/v1/statuses", "/api/.*")
AT_WORDPRESS = ("/wp-json/wp/v2/(?:posts|comments)", "/wp-json/.*")
AT_BLUESKY = ("/xrpc/com\\.atproto\\.repo\\.putRecord", "/xrpc/.*")


@dataclass
class Town:
    """One server with us and others on it, and the line that leads there.

    `speaks_at` and `anywhere` are patterns of paths; `network` is its slug.
    """

    name: str
    server: MockServer | SnacServer | SkyServer | WordPressServer
    line: BrokenLine
    us: Person | SkyPerson | PressPerson
    others: Sequence[Person | SkyPerson | PressReader]
    channel: int = 0
    network: str = "mastodon"
    speaks_at: str = AT_MASTODON[0]
    anywhere: str = AT_MASTODON[1]

    def standing(self) -> Counter[str]:
        """How often each text of ours stands there."""
        return Counter(
            word for status in self.us.said_ever() for word in set(SAID.findall(status.content))
        )

    def told_us(self) -> list[Status]:
        """What others said to us, as far as the server shows it to us.

        In our notifications, or below what we said. snac2 takes a word out of its queue before
        it carries it out: what it was busy with when it was killed, it never tells anybody.
        """
        found = {note.status.id: note.status for note in self.us.notified_ever() if note.status}
        for status in self.us.said_ever():
            below = self.us.context(status.id).descendants
            found |= {answer.id: answer for answer in below}
        names = {who.name for who in self.others}
        return [status for status in found.values() if status.account.username in names]


@contextmanager
def towns(which: str, folder: Path) -> Iterator[list[Town]]:
    """The towns of a run: "mock", "snac", "both", "bluesky" or "wordpress", until it ends."""
    with ExitStack() as stack:
        found: list[Town] = []
        if which in ("mock", "both"):
            mock = MockServer(folder / "mock", ["lighthouse", "dora", "emil", "frida"])
            stack.callback(mock.stop)
            found.append(_town("mock", mock, stack))
        if which in ("snac", "both"):
            crossroads = Crossroads()
            stack.callback(crossroads.stop)
            snac = SnacServer(folder / "snac", ["lighthouse", "anna", "bert"], crossroads)
            stack.callback(snac.kill)
            found.append(_town("snac", snac, stack))
        if which == "bluesky":
            postgres = PostgresServer()
            stack.callback(postgres.stop)
            sky = BlueskyServer(folder / "sky", ["lighthouse", "anna", "bert"], postgres)
            stack.callback(sky.stop)
            found.append(_town_in_the_sky(sky, stack))
        if which == "wordpress":
            maria = MariaServer()
            stack.callback(maria.stop)
            found.append(_town_of_a_blog(folder, maria, stack))
        yield found


def _town(name: str, server: MockServer | SnacServer, stack: ExitStack) -> Town:
    line = BrokenLine(server.port)
    stack.callback(line.stop)
    us, *others = server.users.values()
    if isinstance(server, SnacServer):
        us.follow(others[0].handle)
    else:
        us.ask("POST", f"/api/v1/accounts/{others[0].me().id}/follow")
    return Town(name, server, line, us, others)


def _town_in_the_sky(network: BlueskyServer, stack: ExitStack) -> Town:
    line = BrokenLine(network.port)
    stack.callback(line.stop)
    server = SkyServer(network, line)
    us, *others = server.users.values()
    us.person.follow(others[0].person)
    speaks_at, anywhere = AT_BLUESKY
    return Town(
        *("bluesky", server, line, us, others),
        network="bluesky",
        speaks_at=speaks_at,
        anywhere=anywhere,
    )


def _town_of_a_blog(folder: Path, maria: MariaServer, stack: ExitStack) -> Town:
    blog = WordPressServer(folder / "blog", maria, {US: "editor"})
    stack.callback(blog.stop)
    line = BrokenLine(blog.port)
    stack.callback(line.stop)
    blog.answers_as(line.address)
    # Whoever had to be approved first would be answered by nobody.
    blog.set("comment_previously_approved", "")
    blog.write("Do you still bake?")
    us = PressPerson(blog, blog.users[US])
    others = [PressReader(blog, name, blog.users[US].id) for name in READERS]
    speaks_at, anywhere = AT_WORDPRESS
    return Town(
        *("wordpress", blog, line, us, others),
        network="wordpress",
        speaks_at=speaks_at,
        anywhere=anywhere,
    )


class Chatter(threading.Thread):
    """The others of a town, who speak to us all the time: mentions, answers, bare answers.

    What they wanted to say while their server was down is not said again: what counts in the
    end is what the server knows.
    """

    def __init__(self, town: Town, seed: int) -> None:
        """Prepare; `start` lets them speak, `hush` ends it."""
        super().__init__(daemon=True, name=f"chatter in {town.name}")
        self._town = town
        self._random = random.Random(seed)
        self._stop_asked = threading.Event()
        self._count = 0
        self._us_id = town.us.me().id

    def run(self) -> None:
        """Speak until hushed."""
        while not self._stop_asked.wait(self._random.uniform(*PAUSES_SECONDS)):
            try:
                self._say_something(self._random.choice(self._town.others))
            except (httpx.HTTPError, msgspec.DecodeError, NotInTime):
                # The server was killed: that is what this is about.
                continue

    def hush(self) -> None:
        """Say no more."""
        self._stop_asked.set()
        self.join(30)

    def _say_something(self, who: Person | SkyPerson | PressReader) -> None:
        self._count += 1
        word = f"heard{who.name}{self._count:05d}"
        if isinstance(who, PressReader):
            who.say(word, self._random)
            return
        if isinstance(who, SkyPerson):
            self._say_in_the_sky(who, word)
            return
        # snac2 knows people by their whole handle only, mastodon-mock its own by their name.
        is_snac = isinstance(self._town.server, SnacServer)
        us = self._town.us.handle if is_snac else f"@{self._town.us.name}"
        ours = self._recent_posts_of_ours(who)
        if not ours or self._random.random() < 0.5:
            who.post(f"{us} do you still bake on Sundays? {word}")
            return
        text = f"that is good to know, {word}"
        named = f"{us} {text}" if self._random.random() < 0.6 else text
        who.post(named, answering=self._random.choice(ours).id)

    def _say_in_the_sky(self, who: SkyPerson, word: str) -> None:
        us = self._town.us
        assert isinstance(us, SkyPerson)
        ours = who.recent(self._us_id, ANSWERABLE_POSTS)
        if not ours or self._random.random() < 0.5:
            who.post(f"{us.handle} do you still bake on Sundays? {word}", naming=us)
            return
        text = f"that is good to know, {word}"
        named = f"{us.handle} {text}" if self._random.random() < 0.6 else text
        who.post(named, answering=self._random.choice(ours).id, naming=us)

    def _recent_posts_of_ours(self, who: Person) -> list[Status]:
        path = f"/api/v1/accounts/{self._us_id}/statuses"
        return who.get(list[Status], path, limit=ANSWERABLE_POSTS)

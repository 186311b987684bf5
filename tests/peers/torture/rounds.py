"""The rounds: in each one something is killed while texts go out and posts come in."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.peers.servers.broken_line import Moment
from tests.peers.servers.running import NotInTime, wait_until
from tests.peers.torture.desk import Desk, DeskFell
from tests.peers.torture.parts import PARTS, UP, Parts
from tests.peers.torture.town import Town
from tests.peers.torture.upgrade import newer_version

# One of each before any comes again; `part` is the plain case and comes more often.
DECK = ("part", "part", "part", "speaking", "speaking", "cut", "server", "all", "supervisor")
UPGRADE, DESK = "upgrade", "desk"
WAITS_FOR_A_SENDER_SECONDS = 8
WORKS_AGAIN_WITHIN_SECONDS = 6
EVERYTHING_OUT_WITHIN_SECONDS = 90

# What servers change between sending and showing: links, stars, smileys, umlauts, lines.
DRESSINGS = (
    "{word} is what we say today.",
    "Grüße aus der Backstube: {word} \N{CROISSANT}",
    "{word} *and* _more_ at https://lighthouse.example/bread?a=1&b=2#{word}",
    "Two lines.\n\nThe second holds {word} & <ends> :-)",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{COOKING} {word} „mit Anführung“ – 5 > 4",
)


@dataclass
class Torture:
    """One run: the house, the towns, the desk, and what was done to them."""

    parts: Parts
    towns: list[Town]
    desk: Desk
    folder: Path
    chance: random.Random
    tell: Callable[[str], None]
    # Texts that the desk was told are approved: they must be among those that go out.
    promised: list[str] = field(default_factory=list)
    struck: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def plan(self, rounds: int) -> Iterator[str]:
        """The kinds of the rounds, the upgrade in the middle."""
        kinds: list[str] = []
        while len(kinds) < rounds - 1:
            deck = [*DECK, DESK]
            self.chance.shuffle(deck)
            kinds += deck
        kinds = kinds[: rounds - 1]
        kinds.insert(rounds // 2, UPGRADE)
        yield from kinds

    def run(self, rounds: int) -> None:
        """All rounds. After the upgrade every part runs alone, before it all run under `up`."""
        strikes: dict[str, Callable[[], str]] = {
            "part": self.kill_a_part,
            "speaking": self.kill_while_speaking,
            "cut": self.cut_the_line,
            "server": self.kill_a_server,
            "all": self.kill_everything,
            "supervisor": self.kill_the_supervisor,
            DESK: self.kill_the_desk,
            UPGRADE: self.upgrade,
        }
        for number, kind in enumerate(self.plan(rounds), 1):
            begun = time.monotonic()
            told = strikes[kind]()
            self.struck[kind] = self.struck.get(kind, 0) + 1
            took = time.monotonic() - begun
            self.tell(f"round {number:3d}  {kind:10s} {told} ({took:.1f} s)")

    def speak(self, *, texts: int, answers: int, channels: list[int] | None = None) -> None:
        """Approve some texts and some answers."""
        ours = [town.channel for town in self.towns]
        for _ in range(texts):
            at = channels or self.chance.sample(ours, self.chance.randint(1, len(ours)))
            self._approve("say", channels=at)
        for _ in range(answers):
            self._approve("answer_one", channel=self.chance.choice(channels or ours))

    def _approve(self, question: str, **words: object) -> None:
        self._count += 1
        word = f"said{self._count:05d}x{self.chance.randrange(65536):04x}"
        text = self.chance.choice(DRESSINGS).format(word=word)
        try:
            told = self.desk.ask(question, text=text, **words)
        except DeskFell:
            return
        if told["publication"] is not None:
            self.promised.append(word)

    def speak_some(self) -> None:
        """An ordinary moment at the desk."""
        self.speak(texts=self.chance.randint(1, 2), answers=self.chance.randint(0, 2))

    def a_moment(self, longest: float = 1.0) -> None:
        """A random moment passes."""
        time.sleep(self.chance.uniform(0, longest))

    def bring_back(self) -> None:
        """Start what is dead, and mostly wait until it has asked the servers something."""
        self.parts.bring_back()
        if self.chance.random() < 0.2:
            return
        before = self._asked()
        with suppress(NotInTime):
            wait_until(
                lambda: self._asked() > before + 2,
                seconds=WORKS_AGAIN_WITHIN_SECONDS,
                what="a request",
                patience=1,
            )

    def _asked(self) -> int:
        return sum(town.line.passed for town in self.towns)

    def kill_a_part(self) -> str:
        """One of web, listener and worker; the worker more often, it has more to lose."""
        part = self.chance.choice((*PARTS, "work"))
        self.speak_some()
        self.a_moment()
        self.parts.kill(part)
        self.a_moment(0.5)
        self.bring_back()
        return part

    def kill_everything(self) -> str:
        """All processes at the same moment, as a power cut does."""
        self.speak_some()
        self.a_moment()
        self.parts.kill_all()
        self.bring_back()
        return ""

    def kill_the_supervisor(self) -> str:
        """Only the one that looks after the others, who have to notice."""
        if not self.parts.supervised:
            return f"everything instead {self.kill_everything()}"
        self.speak_some()
        self.a_moment()
        self.parts.kill(UP)
        self.bring_back()
        return ""

    def kill_while_speaking(self) -> str:
        """The worker, just when its request is on the line or its answer is."""
        town, moment = self.chance.choice(self.towns), self.chance.choice(list(Moment))
        rule = town.line.hold("POST", town.speaks_at, moment=moment)
        self.speak(texts=1, answers=1, channels=[town.channel])
        struck = rule.reached.wait(WAITS_FOR_A_SENDER_SECONDS)
        self.parts.kill("work")
        town.line.mend()
        self.bring_back()
        return f"{town.name}: {moment.name.lower() if struck else 'nobody spoke'}"

    def cut_the_line(self) -> str:
        """The server accepts and nobody hears it; and something is killed on top."""
        town = self.chance.choice(self.towns)
        times = self.chance.randint(1, 3)
        rule = town.line.cut("POST", town.speaks_at, times=times)
        town.line.cut("GET", town.anywhere, times=self.chance.randint(0, 2) or 1)
        self.speak(texts=2, answers=1, channels=[town.channel])
        rule.reached.wait(WAITS_FOR_A_SENDER_SECONDS)
        self.a_moment(0.5)
        part = self.chance.choice(PARTS)
        self.parts.kill(part)
        self.bring_back()
        town.line.mend()
        return f"{town.name}: {times} times, and {part}"

    def kill_a_server(self) -> str:
        """The server of the others, while we speak to it; and a part of ours on top."""
        town = self.chance.choice(self.towns)
        self.speak_some()
        self.a_moment(0.5)
        town.server.kill()
        self.speak_some()
        part = self.chance.choice(PARTS)
        self.parts.kill(part)
        self.a_moment(0.5)
        town.server.start()
        self.bring_back()
        return f"{town.name}, and {part}"

    def kill_the_desk(self) -> str:
        """The process in which a human says yes, just then; and the worker."""
        speaking = threading.Thread(target=self.speak_some)
        speaking.start()
        self.a_moment(0.3)
        self.desk.kill()
        speaking.join()
        self.parts.kill("work")
        self.bring_back()
        return ""

    def upgrade(self) -> str:
        """Everything is killed while work waits, and newer code starts on the same folder."""
        self.parts.kill("work")
        self.speak(texts=6, answers=4)
        before = self.desk.ask_until_told("look")
        self.parts.kill_all()
        self.desk.kill()
        self.parts.house.code = newer_version(self.parts.house.code, self.folder / "newer")
        self.parts.supervised = True
        self.parts.start()
        # What does not go out now is counted as lost in the end, if it still has not by then.
        with suppress(NotInTime):
            self.wait_until_all_is_out()
        after = self.desk.ask_until_told("kept")["stamps"]
        if not after or not all(after[: len(before["on_its_way"])]):
            raise AssertionError("The upgrade did not fill the new column.")
        self.parts.kill_all()
        self.parts.supervised = False
        self.parts.start()
        waited = len(before["on_its_way"])
        return f"{waited} deliveries and {before['nudges']} nudges waited"

    def wait_until_all_is_out(self) -> None:
        """Wait until nothing is on its way any more. Raises `NotInTime` with what still is."""
        try:
            wait_until(
                lambda: not self.desk.ask_until_told("look")["on_its_way"],
                seconds=EVERYTHING_OUT_WITHIN_SECONDS,
                what="the end of what is on its way",
                pause_seconds=0.5,
            )
        except NotInTime as cause:
            raise NotInTime(f"{cause}\n{self.desk.ask_until_told('look')}") from cause

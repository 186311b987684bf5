"""How long pages take while a listener writes: towns of three sizes, asked in turn in one run."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx

from bench.figures import Figure, percentile, ratio
from bench.house import Home, House, Listening, running

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# A share of the samples is taken each turn, town after town, so that a slow moment hits all.
TURNS = 12
# The pages that a member lives in are asked more often than the others.
OFTEN = ("inbox", "thread", "person", "search", "today", "neighbourhood")
OFTEN_A_TURN, SELDOM_A_TURN, WARMING = 6, 2, 3
SAME_WORK, SAME_WORDS = 400_000, 5000


@dataclass
class Town:
    """A running town, who asks there, and how long each page took, in seconds."""

    size: str
    house: House
    client: httpx.Client
    listening: Listening
    addresses: Mapping[str, Sequence[str]]
    taken: dict[str, list[float]] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Ask every page a few times, uncounted."""
        for addresses in self.addresses.values():
            for turn in range(WARMING):
                ask(self.client, addresses[turn % len(addresses)])

    def ask_everything(self) -> None:
        """One turn through all pages."""
        for page, addresses in self.addresses.items():
            times = self.taken.setdefault(page, [])
            for _ in range(OFTEN_A_TURN if page in OFTEN else SELDOM_A_TURN):
                times.append(ask(self.client, addresses[len(times) % len(addresses)]))

    def p95_ms(self, page: str) -> float:
        """The 95th percentile of a page."""
        return percentile(self.taken[page], 0.95) * 1000


def measure(homes: Mapping[str, Home], behind: str = "") -> Iterator[Figure]:
    """The 95th percentile per page and size, and how it grew from the smallest to the largest.

    `homes` by size, the smallest first; `behind` goes behind every figure's name.
    """
    with ExitStack() as open_things:
        towns = [open_town(size, home, open_things) for size, home in homes.items()]
        for town in towns:
            town.warm_up()
        same_work: list[float] = []
        for _ in range(TURNS):
            for town in towns:
                with town.listening.writing():
                    town.ask_everything()
                    same_work += [seconds_of_the_same_work() for _ in range(OFTEN_A_TURN)]
    yield ratio(f"same_work_p95{behind}", percentile(same_work, 0.95), min(same_work))
    for town in towns:
        rate = round(town.listening.posts_a_second(), 2)
        yield Figure(f"written_while_measured_{town.size}{behind}", rate, "posts/s")
        for page in town.addresses:
            yield Figure(f"{page}_p95_ms_{town.size}{behind}", round(town.p95_ms(page), 1), "ms")
    small, large = towns[0], towns[-1]
    if small is not large:
        for page in large.addresses:
            yield ratio(f"{page}_p95_growth{behind}", large.p95_ms(page), small.p95_ms(page))


def seconds_of_the_same_work() -> float:
    """How long this machine takes for work that is always the same, about as long as a page.

    On a machine that is shared it takes now and then twice its shortest time, and so does a page.
    """
    began = time.perf_counter()
    words = {number % SAME_WORDS: str(number) for number in range(SAME_WORK)}
    if len(words) != SAME_WORDS:
        raise AssertionError("The work was left out.")
    return time.perf_counter() - began


def open_town(size: str, home: Home, open_things: ExitStack) -> Town:
    """Start a town, its listener, and somebody who is signed in."""
    addresses = json.loads(home.run("-m", "bench.addresses"))
    house = open_things.enter_context(running(home, "web"))
    listening = Listening(home)
    open_things.callback(listening.end)
    client = house.signed_in()
    open_things.callback(client.close)
    return Town(size, house, client, listening, addresses)


def ask(client: httpx.Client, address: str) -> float:
    """Seconds until a page has come whole."""
    began = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - began
    if not answer.is_success:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return seconds

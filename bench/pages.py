"""How long pages take: two towns, one ten times as large, asked in turn in the same run."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bench.figures import Figure, percentile, ratio
from bench.house import House, run, running

SMALL, LARGE = 10_000, 100_000
ROUNDS = 60
PAGES = ("inbox", "thread", "person", "today", "neighbourhood")


def addresses(home: Path) -> dict[str, list[str]]:
    """The addresses to ask for each page: lists once, details for many different rows."""
    told = json.loads(run("-m", "bench.addresses", home=home))
    return {name: list(told[name]) for name in PAGES}


def measure(small: Path, large: Path) -> Iterator[Figure]:
    """The 95th percentile per page in the large town, and how it grew from the small one."""
    with running(small, "web") as one, running(large, "web") as other:
        times = {
            (house.address, page): seconds
            for house, page, seconds in ask_in_turn((one, small), (other, large))
        }
        for page in PAGES:
            upper = percentile(times[(other.address, page)], 0.95) * 1000
            lower = percentile(times[(one.address, page)], 0.95) * 1000
            yield Figure(f"{page}_p95_ms_100k", round(upper, 1), "ms")
            yield ratio(f"{page}_p95_growth", upper, lower)


def ask_in_turn(*towns: tuple[House, Path]) -> Iterator[tuple[House, str, list[float]]]:
    """Ask every page of every town in turn, so that a slow moment hits all of them."""
    clients = [(house, house.signed_in(), addresses(home)) for house, home in towns]
    taken: dict[tuple[str, str], list[float]] = {}
    for turn in range(-3, ROUNDS):
        for page in PAGES:
            for house, client, known in clients:
                seconds = ask(client, known[page][turn % len(known[page])])
                if turn >= 0:
                    taken.setdefault((house.address, page), []).append(seconds)
    for house, client, _ in clients:
        client.close()
        for page in PAGES:
            yield house, page, taken[(house.address, page)]


def ask(client: httpx.Client, address: str) -> float:
    """Seconds until a page has come whole."""
    began = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - began
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return seconds

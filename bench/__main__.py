"""Run the benchmarks: `python -m bench`. A line a figure; bench/latest.json is written."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench import pages
from bench.figures import Figure, write
from bench.house import filled_home, run, running


def figures() -> Iterator[Figure]:
    """All figures, as they come."""
    small, large = filled_home(pages.SMALL), filled_home(pages.LARGE)
    try:
        counted = json.loads(run("-m", "bench.addresses", "queries", home=large))
        yield Figure("queries_per_page_max", max(counted.values()), "queries")
        yield from pages.measure(small, large)
        yield from start_and_memory(large)
    finally:
        shutil.rmtree(small)
        shutil.rmtree(large)


def start_and_memory(home: Path) -> Iterator[Figure]:
    """Seconds from the start command to ready (second start), and memory of all processes."""
    with running(home):
        pass
    with running(home) as house:
        yield Figure("start_seconds", round(house.seconds_to_ready, 2), "s")
        client = house.signed_in()
        for address in ("/", "/conversations/", "/neighbourhood/", "/people/"):
            client.get(address)
        yield Figure("memory_mb", round(house.memory_mb(), 1), "MB")


def main() -> None:
    """Print and write."""
    found = []
    for figure in figures():
        print(figure, flush=True)
        found.append(figure)
    write(found)


if __name__ == "__main__":
    main()

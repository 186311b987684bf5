"""Run the benchmarks: `python -m bench`. A line a figure; bench/latest.json is written.

    python -m bench [PART …] [--sizes 10k,100k,1m]

    python -m bench live [--minutes 10]

Parts are named in `PARTS`; without any, all are run. With other sizes than all of them nothing
is written: such figures are for whoever looks for something slow.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

from bench import live, pages
from bench.figures import Figure, write
from bench.house import Home, filled, running
from tests.peers.provide import provide_postgresql
from tests.peers.servers.postgresql import PostgresServer


def on_sqlite(sizes: Mapping[str, int]) -> Iterator[Figure]:
    """All pages on SQLite, then start and memory of the largest town."""
    with ExitStack() as towns:
        homes = {size: towns.enter_context(filled(posts)) for size, posts in sizes.items()}
        largest = list(homes.values())[-1]
        yield Figure("queries_per_page_max", most_queries(largest), "queries")
        yield from pages.measure(homes)
        yield from start_and_memory(largest)


def on_postgresql(sizes: Mapping[str, int]) -> Iterator[Figure]:
    """All pages on a PostgreSQL of our own."""
    provide_postgresql()
    with ExitStack() as towns:
        server = PostgresServer()
        towns.callback(server.stop)
        homes = {
            size: towns.enter_context(filled(posts, server.new_database(f"town_{size}")))
            for size, posts in sizes.items()
        }
        largest = list(homes.values())[-1]
        yield Figure("queries_per_page_max_pg", most_queries(largest), "queries")
        yield from pages.measure(homes, "_pg")


def most_queries(home: Home) -> int:
    """The most queries of any address."""
    counted: dict[str, int] = json.loads(home.run("-m", "bench.addresses", "queries"))
    return max(counted.values())


def start_and_memory(home: Home) -> Iterator[Figure]:
    """Seconds from the start command to ready (second start), and memory of all processes."""
    with running(home):
        pass
    with running(home) as house:
        yield Figure("start_seconds", round(house.seconds_to_ready, 2), "s")
        client = house.signed_in()
        for address in ("/", "/conversations/", "/neighbourhood/", "/people/"):
            client.get(address)
        yield Figure("memory_mb", round(house.memory_mb(), 1), "MB")


PARTS: dict[str, Callable[[Mapping[str, int]], Iterator[Figure]]] = {
    "sqlite": on_sqlite,
    "postgresql": on_postgresql,
}


def main() -> None:
    """Print and write."""
    if sys.argv[1:2] == ["live"]:
        live.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--sizes", default=",".join(pages.SIZES), help="of towns, in posts")
    told = parser.parse_args()
    sizes = {size: pages.SIZES[size] for size in told.sizes.split(",")}
    found = []
    for part in told.parts or PARTS:
        for figure in PARTS[part](sizes):
            print(figure, flush=True)
            found.append(figure)
    if sizes == pages.SIZES:
        write(found)


if __name__ == "__main__":
    main()

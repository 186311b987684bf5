"""Run the torture: `python -m tests.peers.torture --rounds 100 [--server mock|snac|both|…]`.

It prints its seed; `--seed` repeats the same plan (the moments themselves are never the same).
Ends with 1 when something was lost, is there twice, or it is the wrong one's turn.
"""

import argparse
import json
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from bench.figures import Figure, write
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.torture.desk import Desk
from tests.peers.torture.parts import Parts
from tests.peers.torture.reckoning import Reckoning, reckon
from tests.peers.torture.rounds import Torture
from tests.peers.torture.town import Chatter, Town, towns
from tests.peers.torture.upgrade import copy_of_today

# Our pauses twenty times shorter, and what a killed process held is free after 2 s (10 s for
# what was being said) instead of 30 s.
HURRIED = {"RESONANZ_PACE": "0.05", "RESONANZ_LEASE_SECONDS": "2"}
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def torture(
    rounds: int,
    *,
    server: str,
    seed: int,
    folder: Path,
    surroundings: Mapping[str, str] = NOTHING_MORE,
) -> tuple[Torture, Reckoning]:
    """Run `rounds` rounds in `folder` and reckon up.

    `surroundings` are settings of the house, for instance another database or task engine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with towns(server, folder) as found, _house(found, folder, seed, surroundings) as run:
        chatters = [Chatter(town, seed + number) for number, town in enumerate(found)]
        for chatter in chatters:
            chatter.start()
        run.run(rounds)
        for chatter in chatters:
            chatter.hush()
        run.parts.bring_back()
        return run, reckon(run)


@contextmanager
def _house(
    found: list[Town], folder: Path, seed: int, surroundings: Mapping[str, str]
) -> Iterator[Torture]:
    """Resonanz under its supervisor, connected to every town."""
    code = copy_of_today(folder / "older")
    house = ResonanzProcess(folder / "home", environment={**HURRIED, **surroundings}, code=code)
    parts, desk = Parts(house, supervised=True), Desk(house)
    try:
        parts.start()
        desk.ask("found", name="The lighthouse")
        for town in found:
            told = desk.ask(
                "connect",
                server=town.line.address,
                token=town.us.token,
                network=town.network,
                handle=town.us.handle,
            )
            town.channel = told["channel"]
        yield Torture(parts, found, desk, folder, random.Random(seed), tell)
    finally:
        parts.kill_all()
        desk.kill()


def tell(sentence: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def figures(rounds: int, found: Reckoning) -> list[Figure]:
    """What goes into the table of figures."""
    return [
        Figure("kill_rounds", rounds, "rounds"),
        Figure("kill_lost", len(found.lost), "texts"),
        Figure("kill_duplicated", len(found.duplicated), "texts"),
    ]


def main() -> int:
    """Gives 0 when everything stands once, 1 when not."""
    asked = _arguments()
    seed = asked.seed if asked.seed is not None else secrets.randbelow(10**6)
    folder = Path(tempfile.mkdtemp(prefix="resonanz-torture-"))
    tell(f"seed {seed}, server {asked.server}, folder {folder}")
    begun = time.monotonic()
    run, found = torture(asked.rounds, server=asked.server, seed=seed, folder=folder)
    for sentence in (*found.lost, *found.duplicated, *found.wrong_turns):
        tell(f"  {sentence}")
    tell(f"{json.dumps(run.struck)}, {time.monotonic() - begun:.0f} s")
    tell(f"kill_said {found.said} texts\nkill_heard {found.heard} posts")
    tell(f"kill_wrong_turns {len(found.wrong_turns)} conversations")
    tell(f"kill_seed {seed}")
    measured = figures(asked.rounds, found)
    for figure in measured:
        tell(str(figure))
    if asked.bench_file:
        write(measured, asked.bench_file)
    if found.is_clean and not asked.keep:
        with suppress(OSError):
            shutil.rmtree(folder)
    return 0 if found.is_clean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    servers = ("mock", "snac", "both", "bluesky", "wordpress")
    parser.add_argument("--server", choices=servers, default="both")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--bench-file", type=Path, help="write the figures there as well")
    parser.add_argument("--keep", action="store_true", help="leave the folder, with all logs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""The doctor's round: every check in turn, and what is said of it."""

from collections.abc import Iterable, Iterator
from typing import TextIO

import msgspec
from django.db import DatabaseError

from resonanz.clockwork.checkup import CHECKUP, Finding, Tone, bad
from resonanz.house.doctor import data, reach, work

SIGNS = {Tone.GOOD: "✓", Tone.ODD: "!", Tone.BAD: "✗"}


def register() -> None:
    """Put the house's own checks where the doctor finds them."""
    CHECKUP.add(10, data.settings_fit)
    CHECKUP.add(12, data.data_folder)
    CHECKUP.add(14, data.database)
    CHECKUP.add(16, data.keys)
    CHECKUP.add(18, data.disk)
    CHECKUP.add(30, work.processes)
    CHECKUP.add(32, work.task_engine)
    CHECKUP.add(34, work.what_waits)
    CHECKUP.add(40, reach.port)
    CHECKUP.add(42, reach.clock)
    CHECKUP.add(44, reach.public_address)
    CHECKUP.add(80, work.backups)
    CHECKUP.add(90, work.channels)


def findings() -> Iterator[Finding]:
    """Everything that was looked at, in order. Without a database the rest is still looked at."""
    for check in CHECKUP:
        try:
            yield from check()
        except DatabaseError as cause:
            yield bad(
                "database",
                f"The database could not be asked: {cause}".strip().rstrip(".") + ".",
                "Look whether it runs and whether “resonanz prepare” has been run.",
            )


def examine(*, as_json: bool, told: TextIO) -> int:
    """Look at everything. Gives 1 when something is bad, 0 otherwise."""
    found = list(_written(findings(), told, silent=as_json))
    is_bad = any(one.tone is Tone.BAD for one in found)
    if as_json:
        answer = {"well": not is_bad, "findings": found}
        told.write(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n")
    else:
        told.write(f"\n{_summary(found)}\n")
    return 1 if is_bad else 0


def _written(found: Iterable[Finding], told: TextIO, *, silent: bool) -> Iterator[Finding]:
    """Write each line as soon as it is known: some checks take a few seconds."""
    for one in dict.fromkeys(found):
        if not silent:
            told.write(f"{SIGNS[one.tone]} {one.sentence}\n")
            if one.next_step:
                told.write(f"  → {one.next_step}\n")
            told.flush()
        yield one


def _summary(found: list[Finding]) -> str:
    count = {tone: sum(one.tone is tone for one in found) for tone in Tone}
    if not count[Tone.BAD] and not count[Tone.ODD]:
        return "All is well."
    return (
        f"{count[Tone.GOOD]} good, {count[Tone.ODD]} to look at (!), {count[Tone.BAD]} wrong (✗)."
    )

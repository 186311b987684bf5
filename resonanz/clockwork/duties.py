"""The duties of the house: what the sweep looks for, and whom it nudges.

    DUTIES.add(10, Duty(name="deliveries", find=queries.due_deliveries, nudge=jobs.deliver))

`find(now, most)` gives ids of rows that are due and marks them as nudged; `nudge` is a task
that takes one id, claims the row, and may find that there is nothing to do.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resonanz.plumbing.panels import Place

log = logging.getLogger(__name__)

MOST_NUDGES_PER_SWEEP = 200


@dataclass(frozen=True)
class Duty:
    """One kind of work."""

    name: str
    find: Callable[[datetime, int], list[int]]
    nudge: Any


DUTIES: Place[Duty] = Place("duties")


def sweep(now: datetime) -> int:
    """Nudge everything that is due. Gives the number of nudges. Safe to run at any time, twice."""
    nudged = 0
    for duty in DUTIES:
        for pk in duty.find(now, MOST_NUDGES_PER_SWEEP):
            duty.nudge.enqueue(pk)
            nudged += 1
    return nudged


def sweep_and_run(now: datetime, most: int = MOST_NUDGES_PER_SWEEP) -> int:
    """Do what is due at once, in this process, instead of nudging. Gives the number of jobs."""
    done = 0
    for duty in DUTIES:
        for pk in duty.find(now, most):
            duty.nudge.call(pk)
            done += 1
    return done

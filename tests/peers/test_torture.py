"""The torture, a short one: `make torture` runs the long one."""

import random
from pathlib import Path

import pytest

from tests.peers.torture.__main__ import torture

pytestmark = pytest.mark.peer

ROUNDS = 10


def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path):
    """Ten rounds, each kind once, an upgrade among them, on mastodon-mock and snac2 at once."""
    seed = random.randrange(10**6)
    run, found = torture(ROUNDS, server="both", seed=seed, folder=tmp_path / "torture")
    assert found.is_clean, (seed, found)
    assert sum(run.struck.values()) == ROUNDS
    assert run.struck["upgrade"] == 1
    assert found.said > ROUNDS
    assert found.heard > 0

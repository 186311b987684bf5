"""The torture, a short one: `make torture` runs the long one."""

import random
from pathlib import Path

import pytest

from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.redis_server import RedisServer
from tests.peers.torture.__main__ import torture

pytestmark = [pytest.mark.peer, pytest.mark.always]

ROUNDS = 10
FEW_ROUNDS = 5


def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path):
    """Ten rounds, each kind once, an upgrade among them, on mastodon-mock and snac2 at once."""
    seed = random.randrange(10**6)
    run, found = torture(ROUNDS, server="both", seed=seed, folder=tmp_path / "torture")
    assert found.is_clean, (seed, found)
    assert sum(run.struck.values()) == ROUNDS
    assert run.struck["upgrade"] == 1
    assert found.said > ROUNDS
    assert found.heard > 0


def test_the_same_holds_on_postgresql_with_nudges_by_a_redis(
    tmp_path: Path, postgres: PostgresServer, redis: RedisServer, prepared: str
):
    """Five rounds, an upgrade among them; the Redis knows nothing of what the rows say."""
    seed = random.randrange(10**6)
    run, found = torture(
        FEW_ROUNDS,
        server="mock",
        seed=seed,
        folder=tmp_path / "torture",
        surroundings={
            "RESONANZ_DATABASE_URL": postgres.new_database("torture", like=prepared),
            "RESONANZ_TASKS": redis.address,
        },
    )
    assert found.is_clean, (seed, found)
    assert run.struck["upgrade"] == 1
    assert found.heard > 0


def test_the_same_holds_at_bluesky(tmp_path: Path):
    """Five rounds on its own reference servers."""
    seed = random.randrange(10**6)
    run, found = torture(FEW_ROUNDS, server="bluesky", seed=seed, folder=tmp_path / "torture")
    assert found.is_clean, (seed, found)
    assert run.struck["upgrade"] == 1
    assert found.said > FEW_ROUNDS
    assert found.heard > 0


def test_the_same_holds_at_a_blog(tmp_path: Path):
    """Five rounds on WordPress, where no key is known and a comment is taken once."""
    seed = random.randrange(10**6)
    run, found = torture(FEW_ROUNDS, server="wordpress", seed=seed, folder=tmp_path / "torture")
    assert found.is_clean, (seed, found)
    assert run.struck["upgrade"] == 1
    assert found.said > FEW_ROUNDS
    assert found.heard > 0

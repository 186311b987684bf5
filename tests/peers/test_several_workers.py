"""Several processes on one installation: workers that die for good, a Redis that is away, webs."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.peers.servers.broken_line import Moment
from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.redis_server import RedisServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.torture.__main__ import HURRIED, tell
from tests.peers.torture.desk import Desk
from tests.peers.torture.parts import Parts
from tests.peers.torture.reckoning import reckon
from tests.peers.torture.rounds import Torture
from tests.peers.torture.town import Town, towns

pytestmark = pytest.mark.peer

TEXTS = 16
MENTIONS_EACH = 6
# What the desk founds the workspace with.
RIGHT = "a word that nobody guesses"
SIGNED_IN, NOT_SIGNED_IN = 302, 200
SAID_WITHIN_SECONDS = 60
Surroundings = dict[str, str]


@dataclass
class Office:
    """One installation with two workers that are not started yet, and a desk."""

    first: ResonanzProcess
    second: ResonanzProcess
    torture: Torture

    @property
    def town(self) -> Town:
        """The only server that it is connected to."""
        return self.torture.towns[0]


@pytest.fixture(params=["database", "redis"])
def surroundings(
    request: pytest.FixtureRequest, postgres: PostgresServer, redis: RedisServer, prepared: str
) -> Surroundings:
    """Rows in PostgreSQL; nudges by the database, or by RQ on a Redis."""
    engine = redis.address if request.param == "redis" else "database"
    return on(postgres, prepared, engine)


def on(postgres: PostgresServer, prepared: str, engine: str) -> Surroundings:
    """The settings of an installation on a database of its own."""
    name = f"workers_{random.randrange(16**8):08x}"
    return {
        **HURRIED,
        "RESONANZ_DATABASE_URL": postgres.new_database(name, like=prepared),
        "RESONANZ_TASKS": engine,
    }


@contextmanager
def office(folder: Path, surroundings: Surroundings) -> Iterator[Office]:
    """An installation that is connected to a mastodon-mock. Everything ends with the context."""
    first, second = (
        ResonanzProcess(folder / "home", environment=surroundings) for _ in ("first", "second")
    )
    desk = Desk(first)
    with towns("mock", folder) as found:
        try:
            first.prepare()
            desk.ask("found", name="The lighthouse")
            town = found[0]
            told = desk.ask("connect", server=town.line.address, token=town.us.token)
            town.channel = told["channel"]
            parts = Parts(first, supervised=False)
            yield Office(first, second, Torture(parts, found, desk, folder, random.Random(), tell))
        finally:
            first.kill()
            second.kill()
            desk.kill()


def speak_to_us(town: Town, times: int, *, first: int) -> None:
    """Each of the others says something to us, so many times."""
    for number in range(first, first + times):
        for who in town.others:
            who.post(f"@{town.us.name} do you bake on Sundays? heard{who.name}{number:05d}")


@pytest.mark.always
def test_two_workers_one_killed_for_good_in_the_middle(
    tmp_path: Path, surroundings: Surroundings
) -> None:
    """It dies while it speaks and never comes back: the other does all, and nothing twice."""
    with office(tmp_path, surroundings) as found:
        town = found.town
        held = town.line.hold("POST", town.speaks_at, moment=Moment.HEARD, seconds=60)
        found.first.start("work")
        found.torture.speak(texts=TEXTS, answers=0)
        speak_to_us(town, MENTIONS_EACH, first=10000)
        assert held.reached.wait(SAID_WITHIN_SECONDS), found.first.last_words()
        found.second.start("work")
        wait_until(
            lambda: len(town.standing()) > TEXTS // 3,
            seconds=SAID_WITHIN_SECONDS,
            what="texts that went out",
        )
        found.first.kill("work")
        town.line.mend()
        found.torture.speak(texts=TEXTS // 2, answers=TEXTS // 4)
        speak_to_us(town, MENTIONS_EACH, first=20000)
        counted = reckon(found.torture)
        assert counted.is_clean, counted
        assert counted.said >= TEXTS + TEXTS // 2
        assert counted.heard == 2 * MENTIONS_EACH * len(town.others)
        assert not found.first.running


@pytest.mark.always
def test_a_redis_that_goes_away_holds_nothing_up_for_longer_than_that(
    tmp_path: Path, postgres: PostgresServer, redis: RedisServer, prepared: str
) -> None:
    """What was approved meanwhile waits in its rows; the worker says so once, and goes on."""
    with office(tmp_path, on(postgres, prepared, redis.address)) as found:
        found.first.start("work")
        found.torture.speak(texts=4, answers=0)
        found.torture.wait_until_all_is_out()
        redis.kill()
        try:
            found.torture.speak(texts=6, answers=0)
            speak_to_us(found.town, 2, first=30000)
            wait_until(
                lambda: "What is due waits in its rows" in found.first.words(),
                seconds=30,
                what="a word about the Redis",
            )
            assert found.torture.desk.ask("look")["on_its_way"]
            assert found.first.words().count("What is due waits in its rows") == 1
        finally:
            redis.start()
        counted = reckon(found.torture)
        assert counted.is_clean, counted
        assert (counted.said, counted.heard) == (10, 2 * len(found.town.others))
        assert "is back; work goes on" in found.first.words()
        assert found.first.is_alive


def test_a_start_without_its_redis_ends_with_a_sentence(tmp_path: Path) -> None:
    """Whoever mistyped the address hears of it, without the password."""
    house = ResonanzProcess(
        tmp_path / "home", environment={"RESONANZ_TASKS": "redis://:geheim@127.0.0.1:1/0"}
    )
    told = house.command("up")
    assert told.returncode == 1
    assert "Redis or Valkey at 127.0.0.1:1, which cannot be used" in told.stderr
    assert "geheim" not in told.stderr + told.stdout


def test_several_webs_count_failed_sign_ins_together(tmp_path: Path) -> None:
    """Five wrong passwords are enough, wherever they were tried; a restart forgets none."""
    first, second = (ResonanzProcess(tmp_path / "home") for _ in ("first", "second"))
    desk = Desk(first)
    try:
        first.furnish()
        desk.ask("found", name="The lighthouse")
        first.start("web")
        second.start("web")
        assert sign_in(first, RIGHT) == SIGNED_IN
        assert [sign_in(first, "wrong") for _ in range(3)] == [NOT_SIGNED_IN] * 3
        assert [sign_in(second, "wrong") for _ in range(2)] == [NOT_SIGNED_IN] * 2
        assert [sign_in(house, RIGHT) for house in (first, second)] == [NOT_SIGNED_IN] * 2
        first.kill("web")
        first.start("web")
        assert sign_in(first, RIGHT) == NOT_SIGNED_IN
    finally:
        first.stop()
        second.stop()
        desk.kill()


def sign_in(house: ResonanzProcess, password: str) -> int:
    """Try once, as a browser does behind a proxy that serves both. Gives the answer's status."""
    host = {"Host": "localhost"}
    with httpx.Client(base_url=house.address, headers=host, trust_env=False) as browser:
        page = browser.get("/sign-in/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert found, page.text[:500]
        answers = {"login": "ada@lighthouse.example", "password": password}
        cookie = f"csrftoken={page.cookies['csrftoken']}"
        answer = browser.post(
            "/sign-in/",
            data={"csrfmiddlewaretoken": found[1], **answers},
            headers={"Cookie": cookie},
        )
        return answer.status_code

"""`resonanz move-to-postgresql`: every row of every table arrives, or none does."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until

pytestmark = pytest.mark.peer

INSIDE = Path(__file__).parent / "inside.py"
MOVE = "move-to-postgresql"
FilledHouse = ResonanzProcess


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> FilledHouse:
    """An installation on SQLite with rows in every table. Nobody writes to it."""
    house = ResonanzProcess(tmp_path_factory.mktemp("moving") / "home")
    house.furnish()
    counted = ask(house, "fill")["rows"]
    assert {name for name, rows in counted.items() if not rows} == set()
    return house


@pytest.fixture
def address(postgres: PostgresServer, prepared: str) -> str:
    """A database with all tables and nobody's data."""
    return postgres.new_database(f"house_{os.urandom(4).hex()}", like=prepared)


def ask(house: ResonanzProcess, question: str, **environment: str) -> dict[str, Any]:
    """Ask the script inside."""
    told = subprocess.run(
        [sys.executable, str(INSIDE), question],
        cwd=house.code,
        env={**os.environ, **house.surroundings(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-3000:]
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def dump(house: ResonanzProcess) -> list[str]:
    """Everything that stands in the SQLite file."""
    with closing(sqlite3.connect(house.home / "resonanz.sqlite3")) as file:
        return list(file.iterdump())


def people_in(address: str) -> int:
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT count(*) FROM workspaces_user").fetchone()
        assert found is not None
        return int(found[0])


def test_every_row_of_every_table_arrives_and_work_goes_on(
    filled: FilledHouse, postgres: PostgresServer
) -> None:
    """Counts and credentials are the same, new rows get new keys, the file is untouched."""
    address = postgres.new_database("without_tables")
    before, written = ask(filled, "look"), dump(filled)
    told = filled.command(MOVE, address, seconds=300)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Now set RESONANZ_DATABASE_URL" in told.stdout
    assert ask(filled, "look", RESONANZ_DATABASE_URL=address) == before
    assert before["secrets"]
    assert dump(filled) == written
    gone_on = ask(filled, "go_on", RESONANZ_DATABASE_URL=address)
    assert gone_on["is_new"]
    again = filled.command(MOVE, address, seconds=300)
    assert (again.returncode, "is not empty" in again.stdout) == (1, True)


def test_the_keys_of_the_tables_hold_afterwards(filled: FilledHouse, address: str) -> None:
    """What PostgreSQL checks, it still checks after the move: as many rules as in a fresh house."""
    before = rules(address)
    assert filled.command(MOVE, address, seconds=300).returncode == 0
    assert rules(address) == before
    assert any("FOREIGN KEY" in rule for rule in before)


def rules(address: str) -> set[str]:
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) ||"
            " convalidated FROM pg_constraint"
        )
        return {row[0] for row in found}


def test_what_postgresql_does_not_take_is_named_and_nothing_stays(
    filled: FilledHouse, address: str
) -> None:
    """SQLite keeps a text that is too long; the row is named by its key, its text is not told.

    Once it is mended the same command goes through: it can be run again after a break.
    """
    with closing(sqlite3.connect(filled.home / "resonanz.sqlite3")) as file, file:
        key, name = file.execute("SELECT id, name FROM workspaces_workspace").fetchone()
        file.execute("UPDATE workspaces_workspace SET name = ?", ("geheim" * 200,))
    try:
        told = filled.command(MOVE, address, seconds=300)
        assert told.returncode == 1
        assert f"table workspaces_workspace, row {key}, column name: value too long" in told.stdout
        assert "geheim" not in told.stdout + told.stderr
        assert people_in(address) == 0
    finally:
        with closing(sqlite3.connect(filled.home / "resonanz.sqlite3")) as file, file:
            file.execute("UPDATE workspaces_workspace SET name = ?", (name,))
    assert filled.command(MOVE, address, seconds=300).returncode == 0


def test_a_nul_is_left_out_and_told(filled: FilledHouse, address: str) -> None:
    """PostgreSQL keeps no NUL; everything around it arrives."""
    with closing(sqlite3.connect(filled.home / "resonanz.sqlite3")) as file, file:
        file.execute("UPDATE workspaces_workspace SET name = 'a' || char(0) || 'b'")
    told = filled.command(MOVE, address, seconds=300)
    assert told.returncode == 0, told.stdout
    assert "a NUL was left out" in told.stdout
    with psycopg.connect(address) as connection:
        names = connection.execute("SELECT DISTINCT name FROM workspaces_workspace").fetchall()
    assert names == [("ab",)]


def test_nothing_is_moved_while_somebody_works(filled: FilledHouse, address: str) -> None:
    """A running part is enough; the sentence says how to end it."""
    running = filled.start("work")
    try:
        wait_until(
            lambda: filled.command(MOVE, "nowhere").stdout.startswith("Resonanz is running"),
            seconds=30,
            what="a worker that is at home",
        )
        told = filled.command(MOVE, address, seconds=300)
        assert (told.returncode, "Resonanz is running" in told.stdout) == (1, True)
    finally:
        filled.stop()
    assert not running.is_alive


@pytest.mark.parametrize(
    "address", ["lighthouse", "sqlite:///there.sqlite3", "postgresql://127.0.0.1:1/there"]
)
def test_a_wrong_address_is_answered_by_a_sentence(filled: FilledHouse, address: str) -> None:
    told = filled.command(MOVE, address, seconds=300)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "postgresql://" in told.stdout or "cannot be used" in told.stdout


def test_a_database_of_a_newer_version_is_refused(filled: FilledHouse, address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('outbox', '9999_from_tomorrow', now())"
        )
    told = filled.command(MOVE, address, seconds=300)
    assert (told.returncode, "newer version" in told.stdout) == (1, True)

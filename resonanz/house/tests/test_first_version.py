"""A data folder of the first issue's version comes along, and one can go back."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resonanz.house.tests.first_version import counts
from resonanz.house.tests.laid_out import LaidOut

# Rows that an upgrade may throw away: nudges, which mean nothing by themselves.
NOT_KEPT = {"django_tasks_database_dbtaskresult"}

COLUMNS = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?)'
TIES = 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)'


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The rows that were there."""
    house = LaidOut(tmp_path_factory.mktemp("before") / "home").lay_out()
    return counts(house.home / "resonanz.sqlite3")


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    """The folder after `resonanz prepare` of this version."""
    house = LaidOut(tmp_path_factory.mktemp("first") / "home").lay_out()
    refused = house.run("work")
    assert refused.returncode == 1
    assert "Run “resonanz prepare” first" in refused.stderr
    prepared = house.run("prepare")
    assert prepared.returncode == 0, prepared.stderr
    return house


@pytest.fixture(scope="module")
def seen(upgraded: LaidOut) -> Any:
    """What the present code sees in it."""
    return upgraded.look()


def test_no_table_has_lost_a_row(upgraded: LaidOut, before: dict[str, int]) -> None:
    """A later version that moves rows elsewhere says so here."""
    after = counts(upgraded.home / "resonanz.sqlite3")
    assert before["conversations_post"] > 50
    assert {
        table: (count, after.get(table))
        for table, count in before.items()
        if table not in NOT_KEPT and after.get(table, 0) < count
    } == {}


def test_the_key_opens_every_credential(seen: Any) -> None:
    """Also that of a connection that nobody has finished."""
    assert seen["credentials"]["mastodon"] == '{"token":"a-token-that-opens-nothing"}'
    assert seen["memos"] == ["a memo"]


def test_what_was_said_and_done_is_there(seen: Any) -> None:
    """Texts, notes, what is on its way with its state, drafts, alarms."""
    assert seen["posts"] > 50
    assert seen["notes"] == ["Likes poppy seed."]
    assert [state for state, *_ in seen["deliveries"]] == ["sent", "refused", "unsure", "waiting"]
    assert "Rye bread on Fridays." in seen["drafts"]
    assert "channel_sign_in_again" in seen["alarms"]
    assert seen["trail"][0] == "workspace founded"


def test_every_page_shows(seen: Any) -> None:
    """To her who owned it before."""
    assert {path: status for path, status in seen["pages"].items() if status != 200} == {}


def test_before_the_upgrade_a_copy_was_made_and_it_brings_the_old_data_back(
    upgraded: LaidOut, before: dict[str, int], tmp_path: Path
) -> None:
    """The copy is a backup, and so an archive that the old version's owner can unpack by hand."""
    (copy,) = (upgraded.home / "before-upgrades").glob("*-before-upgrade.tar.gz")
    assert copy.stat().st_mode & 0o777 == 0o600
    shutil.unpack_archive(copy, tmp_path / "old")
    assert counts(tmp_path / "old" / "resonanz.sqlite3") == before
    key = (upgraded.home / "keys" / "vault.key").read_bytes()
    assert (tmp_path / "old" / "keys" / "vault.key").read_bytes() == key


def test_only_two_copies_are_kept_and_none_is_made_without_need(upgraded: LaidOut) -> None:
    """Starting again changes nothing."""
    assert upgraded.run("prepare").returncode == 0
    assert len(list((upgraded.home / "before-upgrades").glob("*.tar.gz"))) == 1


def shape_of(file: Path) -> dict[str, set[Any]]:
    """The columns, ties and named constraints of each table, and how everything else was made."""
    found: dict[str, set[Any]] = {}
    with closing(sqlite3.connect(file)) as rows:
        for kind, name, made in rows.execute("SELECT type, name, sql FROM sqlite_master"):
            if kind == "table" and not made.startswith("CREATE VIRTUAL"):
                columns = rows.execute(COLUMNS, [name])
                ties = rows.execute(TIES, [name])
                named = re.findall(r'CONSTRAINT "(\w+)" (?:CHECK|UNIQUE)', made)
                found[name] = {*columns, *ties, *named}
            elif made:
                found[name] = {re.sub(r"\s+", " ", made)}
    return found


def test_its_tables_are_those_of_a_house_that_begins(upgraded: LaidOut, tmp_path: Path) -> None:
    """A new house makes all tables at once, this one came here step by step."""
    fresh = LaidOut(tmp_path / "fresh")
    fresh.home.mkdir()
    assert fresh.run("prepare").returncode == 0
    here, there = (shape_of(one.home / "resonanz.sqlite3") for one in (upgraded, fresh))
    assert {name: here.get(name, set()) ^ there.get(name, set()) for name in here | there} == {
        name: set() for name in here | there
    }


@pytest.mark.parametrize("part", ["prepare", "web", "listen", "work"])
def test_an_older_version_does_not_start_on_newer_data(
    upgraded: LaidOut, tmp_path: Path, part: str
) -> None:
    """It says what to do, and touches nothing."""
    home = tmp_path / "home"
    shutil.copytree(upgraded.home, home, ignore=shutil.ignore_patterns("static"))
    with closing(sqlite3.connect(home / "resonanz.sqlite3")) as rows:
        rows.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('outbox', '0999_from_the_future', CURRENT_TIMESTAMP)"
        )
        rows.commit()
    told = LaidOut(home).run(part)
    assert told.returncode == 1
    assert "newer version of Resonanz" in told.stderr
    assert "outbox.0999_from_the_future" in told.stderr
    assert "Traceback" not in told.stderr

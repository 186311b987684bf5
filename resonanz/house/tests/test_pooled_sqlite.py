"""Open files of SQLite that go from thread to thread, on a database of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from resonanz.house.settings.database import databases, sqlite
from resonanz.plumbing.pooled_sqlite.base import RESTING, DatabaseWrapper

Told = TypeVar("Told")


class InAThread(Protocol):
    """Does something with the connection of a new thread, as a request does."""

    def __call__(self, work: Callable[[BaseDatabaseWrapper], Told], /) -> Told: ...


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the rows are."""
    found = tmp_path / "rows.sqlite3"
    # What was opened before there was a file is not laid to rest.
    found.touch()
    return found


@pytest.fixture(autouse=True)
def nothing_rests(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Before and after a test. The tests ask a database of their own."""
    with django_db_blocker.unblock():
        _empty()
        yield
        _empty()


@pytest.fixture
def handler(file: Path) -> ConnectionHandler:
    """Where threads find their connection."""
    return ConnectionHandler({"default": sqlite(file, is_shared=True)})


@pytest.fixture
def in_a_thread(handler: ConnectionHandler) -> InAThread:
    """What does."""

    def once(work: Callable[[BaseDatabaseWrapper], Told]) -> Told:
        try:
            return work(handler["default"])
        finally:
            handler["default"].close()

    def ask(work: Callable[[BaseDatabaseWrapper], Told]) -> Told:
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(once, work).result()

    return ask


def _empty() -> None:
    while DatabaseWrapper.resting:
        DatabaseWrapper.resting.pop()[1].close()


def run(*statements: str) -> Callable[[BaseDatabaseWrapper], None]:
    """Runs statements."""

    def work(connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return work


def count(connection: BaseDatabaseWrapper) -> int:
    """How many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM row")
        return int(cursor.fetchone()[0])


def opened(connection: BaseDatabaseWrapper) -> int:
    """Which open file this is."""
    connection.ensure_connection()
    return id(connection.connection)


def test_the_next_thread_uses_the_same_open_file(in_a_thread: InAThread) -> None:
    assert in_a_thread(opened) == in_a_thread(opened)


def test_two_at_once_have_one_each(handler: ConnectionHandler, in_a_thread: InAThread) -> None:
    here = opened(handler["default"])
    assert in_a_thread(opened) != here
    handler["default"].close()


def test_no_more_rest_than_are_wanted(file: Path) -> None:
    handlers = [
        ConnectionHandler({"default": sqlite(file, is_shared=True)}) for _ in range(RESTING + 2)
    ]
    for one in handlers:
        one["default"].ensure_connection()
    for one in handlers:
        one["default"].close()
    assert len(DatabaseWrapper.resting) == RESTING


def test_what_was_not_read_to_its_end_hides_no_later_rows(
    handler: ConnectionHandler, in_a_thread: InAThread
) -> None:
    """A question left open keeps SQLite at the moment in which it was asked."""
    in_a_thread(run("CREATE TABLE row (n)", "INSERT INTO row VALUES (1), (2), (3)"))
    kept = []

    def begin_reading(connection: BaseDatabaseWrapper) -> None:
        cursor = connection.cursor()
        cursor.execute("SELECT n FROM row")
        cursor.fetchone()
        kept.append(cursor)  # Somebody holds on to it, as a traceback does.

    in_a_thread(begin_reading)
    resting = DatabaseWrapper.resting.pop()
    in_a_thread(run("INSERT INTO row VALUES (4)"))
    DatabaseWrapper.resting.append(resting)
    assert in_a_thread(lambda one: (opened(one), count(one))) == (id(resting[1]), 4)


def test_what_was_begun_and_not_finished_is_taken_back(in_a_thread: InAThread) -> None:
    in_a_thread(run("CREATE TABLE row (n)"))

    def break_off(connection: BaseDatabaseWrapper) -> None:
        connection.set_autocommit(False)
        run("INSERT INTO row VALUES (1)")(connection)

    before = in_a_thread(opened)
    in_a_thread(break_off)
    assert in_a_thread(lambda one: (opened(one), count(one), one.get_autocommit())) == (
        before,
        0,
        True,
    )


def test_a_copy_put_in_its_place_is_opened(file: Path, in_a_thread: InAThread) -> None:
    """As a restore does."""
    in_a_thread(run("CREATE TABLE row (n)", "INSERT INTO row VALUES (1)"))
    _empty()
    aside = file.with_name("copy.sqlite3")
    aside.write_bytes(file.read_bytes())
    in_a_thread(run("INSERT INTO row VALUES (2)"))
    for beside in file.parent.glob("rows.sqlite3*"):
        beside.unlink()
    aside.rename(file)
    assert in_a_thread(count) == 1


@pytest.mark.parametrize(("part", "is_pooled"), [("web", True), ("work", False), ("", False)])
def test_only_the_web_server_shares(
    part: str, is_pooled: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other parts keep their threads, and a thread keeps its connection."""
    monkeypatch.setenv("RESONANZ_PART", part)
    monkeypatch.delenv("RESONANZ_DATABASE_URL", raising=False)
    found = databases(tmp_path)["default"]
    assert (found["ENGINE"] == "resonanz.plumbing.pooled_sqlite") is is_pooled
    assert (found["CONN_MAX_AGE"] == 0) is is_pooled
    monkeypatch.setenv("RESONANZ_DATABASE_URL", "postgresql://somebody@localhost/rows")
    found = databases(tmp_path)["default"]
    assert ("pool" in found.get("OPTIONS", {})) is is_pooled
    assert (found["CONN_MAX_AGE"] == 0) is is_pooled

"""The database as it is at one moment, written into a folder while others go on writing.

SQLite: `VACUUM INTO` reads in one transaction, disturbs no writer under WAL, and leaves out
what was deleted, so that a forgotten person is not in the free pages of a backup either
(https://www.sqlite.org/lang_vacuum.html, read 2026-11).
PostgreSQL: every table by `COPY`, all in one REPEATABLE READ transaction, which sees one moment
(https://www.postgresql.org/docs/15/transaction-iso.html, read 2026-11). No program of the
server has to be installed beside us, and the text can be read by any later version.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from resonanz.house.backup.manifest import (
    MIGRATIONS_TABLE,
    POSTGRESQL,
    ROWS_FOLDER,
    SQLITE,
    SQLITE_NAME,
)
from resonanz.house.backup.trouble import CannotBackUp

APPLIED = f"SELECT app, name FROM {MIGRATIONS_TABLE} ORDER BY id"  # noqa: S608 (a constant)
SEALED = "SELECT credentials FROM channels_channel"


@dataclass(frozen=True)
class Snapshot:
    """What was written: see `Manifest` for the meaning. `sealed` are all sealed credentials."""

    database: str
    files: list[Path]
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    columns: dict[str, list[str]]
    sealed: list[bytes]


def take_snapshot(folder: Path) -> Snapshot:
    """Write the database into `folder`. Raises `CannotBackUp`, `django.db.Error`, `OSError`."""
    if connection.vendor == "postgresql":
        return _of_postgresql(folder)
    return _of_sqlite(folder)


def _of_sqlite(folder: Path) -> Snapshot:
    copy = folder / SQLITE_NAME
    copy_sqlite(Path(str(connection.settings_dict["NAME"])), copy)
    with closing(sqlite3.connect(copy)) as rows:
        if rows.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise CannotBackUp(
                "The copy of the database is damaged, and so is perhaps the database. "
                "“resonanz doctor” says more."
            )
        tables = [name for (name,) in rows.execute(_SQLITE_TABLES)]
        return Snapshot(
            database=SQLITE,
            files=[copy],
            migrations=_by_app(rows.execute(APPLIED)),
            counts={name: rows.execute(_count(name)).fetchone()[0] for name in tables},
            columns={},
            sealed=[bytes(value) for (value,) in rows.execute(SEALED)],
        )


# Virtual tables (full-text search) and what they keep for themselves are not counted.
_SQLITE_TABLES = """
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
"""


def copy_sqlite(source: Path, copy: Path) -> None:
    """A whole copy of an SQLite file that others may be writing. Raises `sqlite3.Error`."""
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=30)) as rows:
        rows.execute("VACUUM INTO ?", [str(copy)])
    copy.chmod(0o600)


def _count(table: str) -> str:
    return f'SELECT COUNT(*) FROM "{table}"'  # noqa: S608 (a name from the schema)


def _by_app(rows: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in rows:
        found.setdefault(app, []).append(name)
    return found


def _of_postgresql(folder: Path) -> Snapshot:
    place = folder / ROWS_FOLDER
    place.mkdir()
    with _one_moment() as rows:
        migrations = _by_app(rows.execute(APPLIED))
        sealed = [bytes(value) for (value,) in rows.execute(SEALED)]
        columns = columns_of_tables(rows)
        counts, files = {}, []
        for table, names in columns.items():
            path = place / f"{table}.copy"
            counts[table] = _copy_out(rows, table, names, path)
            files.append(path)
    return Snapshot(
        database=POSTGRESQL,
        files=files,
        migrations=migrations,
        counts=counts,
        columns=columns,
        sealed=sealed,
    )


@contextmanager
def _one_moment() -> Iterator["psycopg.Connection[Any]"]:
    """A connection of its own, whose transaction sees the database as it is now."""
    # Django's types do not tell that a copy has the options of its own backend.
    own: Any = connection.copy()
    with closing(psycopg.connect(**_parameters(own))) as rows:
        rows.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        rows.read_only = True
        yield rows


def _parameters(wrapper: Any) -> dict[str, Any]:
    told = wrapper.get_connection_params()
    known = ("dbname", "user", "password", "host", "port", "service", "passfile", "sslmode")
    return {name: told[name] for name in (*known, "options", "sslrootcert") if told.get(name)}


_COLUMNS = """
SELECT columns.table_name, columns.column_name
FROM information_schema.columns AS columns
JOIN information_schema.tables AS tables USING (table_schema, table_name)
WHERE tables.table_schema = current_schema() AND tables.table_type = 'BASE TABLE'
  AND columns.is_generated = 'NEVER'
ORDER BY columns.table_name, columns.ordinal_position
"""


def columns_of_tables(rows: "psycopg.Connection[Any]") -> dict[str, list[str]]:
    """The columns that are written, per table, without migrations and the cache."""
    left_out = {MIGRATIONS_TABLE, settings.CACHES["default"].get("LOCATION")}
    found: dict[str, list[str]] = {}
    for table, column in rows.execute(_COLUMNS):
        if table not in left_out:
            found.setdefault(table, []).append(column)
    return found


def _copy_out(rows: "psycopg.Connection[Any]", table: str, columns: list[str], path: Path) -> int:
    query = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with path.open("wb") as out, rows.cursor() as cursor:
        with cursor.copy(query) as copy:
            for piece in copy:
                out.write(piece)
        return cursor.rowcount

"""The database of a backup comes to life again: rows, tables as this version has them, rooms."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from resonanz.clockwork.restoring import RESTORED
from resonanz.house.backup.manifest import POSTGRESQL, ROWS_FOLDER, Manifest
from resonanz.house.backup.trouble import CannotRestore
from resonanz.house.schema import recorded_migrations, unknown_migrations

PIECE_BYTES = 1024 * 1024


def revive(told: Manifest, work: Path) -> None:
    """Make the database in `work`, or the one of the settings, what the backup holds.

    Raises `CannotRestore`. Leaves one SQLite file without companions, ready to be moved.
    """
    if unknown := unknown_migrations(told.migrations):
        raise CannotRestore(
            f"The backup was made by a newer Resonanz ({told.version}; this one does not know "
            f"{unknown[0]}), and nothing was restored. Install that version first."
        )
    try:
        if told.database == POSTGRESQL:
            _bring_rows_back(told, work / ROWS_FOLDER)
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            for see_to_it in RESTORED:
                see_to_it(told.taken_at)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode = DELETE")
    except (DatabaseError, psycopg.Error) as cause:
        raise CannotRestore(
            f"The database could not be brought back: {cause}. With PostgreSQL, make an empty "
            "database anew, and try again."
        ) from cause
    finally:
        connection.close()


def _bring_rows_back(told: Manifest, rows: Path) -> None:
    """Make the tables as they were when the backup was taken, and fill them in one go."""
    if recorded_migrations():
        raise CannotRestore(
            "There are tables in the PostgreSQL database already, and nothing was restored. Make "
            "an empty one, and set RESONANZ_DATABASE_URL to it."
        )
    _make_tables(told)
    with transaction.atomic():
        _empty(told.columns)
        for table, columns in told.columns.items():
            _copy_in(table, columns, rows / f"{table}.copy")
        _count_on(told.columns)
    shutil.rmtree(rows)


def _make_tables(told: Manifest) -> None:
    """By the steps of that time: a squashed migration would go on to what came after."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    known = executor.loader.disk_migrations
    targets = [(app, name) for app, names in told.migrations.items() for name in names]
    executor.migrate([target for target in targets if not known[target].replaces])


def _raw() -> Any:
    """The driver's own connection, within Django's transaction."""
    connection.ensure_connection()
    return connection.connection


def _empty(tables: Iterable[str]) -> None:
    """Migrations put rows of their own into some tables."""
    names = sql.SQL(", ").join(map(sql.Identifier, tables))
    _raw().execute(sql.SQL("TRUNCATE {} CASCADE").format(names))


def _copy_in(table: str, columns: list[str], path: Path) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with _raw().cursor() as cursor, cursor.copy(query) as copy, path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            copy.write(piece)


def _count_on(columns: dict[str, list[str]]) -> None:
    """Let every sequence go on behind the highest number that is there."""
    for table, names in columns.items():
        for name in names:
            sequence = sql.SQL("pg_get_serial_sequence({}, {})").format(
                sql.Literal(f'"{table}"'), sql.Literal(name)
            )
            highest = sql.SQL("(SELECT MAX({}) FROM {})").format(
                sql.Identifier(name), sql.Identifier(table)
            )
            if _raw().execute(sql.SQL("SELECT {}").format(sequence)).fetchone()[0]:
                _raw().execute(
                    sql.SQL("SELECT setval({}, COALESCE({}, 1), {} IS NOT NULL)").format(
                        sequence, highest, highest
                    )
                )

"""Copies all rows from one database to the other, and compares what arrived."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from resonanz.house.moving.tables import Table, Tally, tables, without_nul
from resonanz.house.moving.trouble import MoveStopped

SOURCE = DEFAULT_DB_ALIAS
WHERE = re.compile(r"COPY \S+, line (\d+)(?:, column (\w+))?")
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
ORDER BY 1, 2
"""


def copy_everything(target: str, tell: Callable[[str], None]) -> None:
    """Copy every table to the database `target` and compare, in one transaction.

    Raises `MoveStopped`; then nothing has arrived.
    """
    every = tables()
    left_out = 0
    # The source stays as it is while it is read: its transaction keeps writers out.
    with transaction.atomic(SOURCE), transaction.atomic(target):
        _empty(every, target)
        with _no_foreign_keys(target):
            for table in every:
                left_out += _move(table, target, tell)
        _set_sequences(every, target)
    if left_out:
        tell(f"In {left_out} values a NUL was left out: PostgreSQL keeps no such character.")


def _empty(every: list[Table], target: str) -> None:
    """Throw away what the making of the tables and a first start have put there."""
    connection = connections[target]
    names = ", ".join(connection.ops.quote_name(table.name) for table in every)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


@contextmanager
def _no_foreign_keys(target: str) -> Iterator[None]:
    """Foreign keys are taken away and come back checked: rows may point forward meanwhile."""
    connection = connections[target]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        keys: list[tuple[str, str, str]] = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}")
        yield
        for table, name, definition in keys:
            try:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {definition}")
            except DatabaseError as cause:
                raise MoveStopped(
                    f"A row of {table} points to one that is not there: {_reason(cause)}."
                    " `resonanz doctor` looks for such rows."
                ) from cause


def _move(table: Table, target: str, tell: Callable[[str], None]) -> int:
    """Copy one table and compare. Gives in how many values a NUL was left out."""
    sent, left_out = Tally(), 0
    connection = connections[target]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(column.column)) for column in table.columns)
    try:
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy,
        ):
            for raw in table.rows(SOURCE):
                row = tuple(without_nul(value) for value in raw)
                left_out += sum(a != b for a, b in zip(raw, row, strict=True))
                sent.add(row)
                copy.write_row(_prepared(table, row, connection))
    except DatabaseError as cause:
        raise MoveStopped(_complaint(table, cause)) from cause
    if sent != arrived(table, target):
        raise MoveStopped(f"What arrived of {table.name} is not what was sent. Nothing was kept.")
    tell(f"{table.name}: {sent.rows:,} rows, {sent.digest[:12]}")
    return left_out


def arrived(table: Table, target: str) -> Tally:
    """What stands in a table now."""
    found = Tally()
    for row in table.rows(target):
        found.add(row)
    return found


def _prepared(table: Table, row: tuple[Any, ...], connection: Any) -> list[Any]:
    return [
        column.get_db_prep_save(value, connection=connection)
        for column, value in zip(table.columns, row, strict=True)
    ]


def _complaint(table: Table, cause: DatabaseError) -> str:
    """Which row the database would not take, by its key and without what stands in it."""
    diagnosis = getattr(cause.__cause__, "diag", None)
    found = WHERE.search(getattr(diagnosis, "context", None) or "")
    place = f"table {table.name}"
    if found:
        line = int(found[1]) - 1
        rows = table.model._base_manager.using(SOURCE).order_by("pk")
        key = rows.values_list("pk", flat=True)[line : line + 1].first()
        place += f", row {key}" + (f", column {found[2]}" if found[2] else "")
    return f"PostgreSQL does not take {place}: {_reason(cause)}. Nothing was kept."


def _reason(cause: DatabaseError) -> str:
    """The database's first line, which holds no values of the row."""
    diagnosis = getattr(cause.__cause__, "diag", None)
    return getattr(diagnosis, "message_primary", None) or type(cause).__name__


def _set_sequences(every: list[Table], target: str) -> None:
    """New rows get keys behind those that came."""
    connection = connections[target]
    models = [table.model for table in every]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)

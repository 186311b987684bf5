"""Writing rows in bulk, on either database: a hundred times as many a second as the rooms do.

    posts = Table(Post, "id", "workspace_id", "text")
    posts.write([(1, 1, "One."), (2, 1, "Two.")])

What is not named has the model's own default, so that a new column needs no change here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model, UUIDField

# Nothing of a town has to outlive a power cut while it is being made.
HURRIED = ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000")
NUMBERS_GO_ON = (
    "SELECT setval(pg_get_serial_sequence('{0}', '{1}'), max(\"{1}\")) "
    'FROM "{0}" HAVING count(*) > 0'
)


class Table:
    """The rows of one model, in the order in which their columns are named."""

    def __init__(self, model: type[Model], *given: str) -> None:
        """Take the model and the columns (`attname`) whose values are given row by row."""
        fields = {field.attname: field for field in model._meta.concrete_fields}
        rest = [field for name, field in fields.items() if name not in given]
        rest = [field for field in rest if not field.primary_key]
        self.name = model._meta.db_table
        self.columns = [str(one.column) for one in (*(fields[name] for name in given), *rest)]
        self.defaults = tuple(_prepared(field, field.get_default()) for field in rest)
        self.prepare = [_preparing(fields[name]) for name in given]

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows. The caller has opened the transaction."""
        whole = (
            tuple(
                value if prepare is None else prepare(value)
                for value, prepare in zip(row, self.prepare, strict=True)
            )
            + self.defaults
            for row in rows
        )
        _write(self.name, self.columns, whole)


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _preparing(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value becomes what the database's driver takes; None where it is that already."""
    if isinstance(field, DateField | JSONField | UUIDField):
        return lambda value: _prepared(field, value)
    return None


def _write(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            told = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - our tables
            cursor.executemany(told, rows)  # type: ignore[arg-type]  # any iterable will do


def in_a_hurry() -> None:
    """Let this connection write without waiting for the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
        else:
            for pragma in HURRIED:
                cursor.execute(pragma)


def settle(models: Iterable[type[Model]]) -> None:
    """Let numbers go on behind the rows that brought their own, and count what is there.

    What PostgreSQL's autovacuum would find out within minutes it is told at once. SQLite is told
    nothing, because the house tells it nothing either.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            key = model._meta.pk
            if key is not None and key.get_internal_type() == "BigAutoField":
                cursor.execute(NUMBERS_GO_ON.format(model._meta.db_table, key.column))
        cursor.execute("VACUUM ANALYZE")

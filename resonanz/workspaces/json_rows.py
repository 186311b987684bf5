"""Several small lists in one question: rows of a query as JSON within another query's row.

A page that shows notes, moves, promises and colleagues would ask four questions for them; this
asks one.

    notes = JsonRows(Note.objects.filter(conversation=OuterRef("pk")), pk="pk", text="text")
    row = Conversation.objects.filter(pk=7).values(told=notes).get()
    row["told"]                                     # [{"pk": 1, "text": "…"}], in no certain order

The two databases agree on numbers, texts and null. `moment_of` reads times, `bool` truth values,
`json_of` what is JSON itself.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, JSONField, QuerySet, Subquery
from django.utils.dateparse import parse_datetime


class JsonRows(Subquery):
    """The rows of a queryset as a list of objects; `columns` are paths or expressions by key."""

    output_field = JSONField()
    template = "(SELECT json_group_array(json_object(%(pairs)s)) FROM (%(subquery)s) AS told)"
    postgresql = (
        "(SELECT COALESCE(jsonb_agg(jsonb_build_object(%(pairs)s)), '[]'::jsonb)"
        " FROM (%(subquery)s) AS told)"
    )

    def __init__(self, rows: "QuerySet[Any]", **columns: str | Subquery) -> None:
        """Take the rows; keys have to be plain words, because they stand in the question."""
        if not all(key.isidentifier() for key in columns):
            raise ValueError("The keys of JSON rows are plain words.")
        named = {
            f"c{number}": F(column) if isinstance(column, str) else column
            for number, column in enumerate(columns.values())
        }
        pairs = ", ".join(f"'{key}', c{number}" for number, key in enumerate(columns))
        super().__init__(rows.values(**named), pairs=pairs)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL calls the same functions by other names."""
        return self.as_sql(compiler, connection, template=self.postgresql, **more)


def moment_of(told: str | None) -> datetime | None:
    """A time from such a row, aware. SQLite keeps UTC without saying so."""
    found = parse_datetime(told) if told else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def json_of(told: Any) -> Any:
    """A JSON column or nested rows of such a row: one of the databases hands them out as text."""
    return json.loads(told) if isinstance(told, str) else told

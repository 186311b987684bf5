"""All tables of the house, and their rows in a form that is the same in every database."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

NUL = "\0"
CHUNK_ROWS = 2000
DIGEST_RANGE = 2**256


@dataclass(frozen=True)
class Table:
    """One table: its model, and the columns that are kept in it."""

    model: type[Model]
    columns: tuple[Field[Any, Any], ...]

    @property
    def name(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    def rows(self, alias: str) -> Iterator[tuple[Any, ...]]:
        """All rows by their key, as Python values, a few thousand in memory at a time."""
        rows = self.model._base_manager.using(alias).order_by("pk")
        names = [column.attname for column in self.columns]
        return rows.values_list(*names).iterator(chunk_size=CHUNK_ROWS)


def tables() -> list[Table]:
    """Every table that a model stands for, those between two models too."""
    return [
        Table(model, tuple(f for f in model._meta.local_concrete_fields if not f.generated))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def without_nul(value: Any) -> Any:
    """The value without the one character that PostgreSQL keeps in no text."""
    if isinstance(value, str):
        return value.replace(NUL, "") if NUL in value else value
    if isinstance(value, dict):
        return {without_nul(key): without_nul(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_nul(inner) for inner in value]
    return value


class Tally:
    """Counts rows and adds up what is in them.

    The digest is the sum of the rows' SHA-256, so it does not depend on their order: databases
    sort texts differently.
    """

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self.rows = 0
        self._sum = 0

    def add(self, row: Iterable[Any]) -> None:
        """Count one row."""
        told = json.dumps([_told(value) for value in row], sort_keys=True, ensure_ascii=False)
        self._sum += int.from_bytes(sha256(told.encode()).digest(), "big")
        self.rows += 1

    @property
    def digest(self) -> str:
        """64 hexadecimal digits."""
        return f"{self._sum % DIGEST_RANGE:064x}"

    def __eq__(self, other: object) -> bool:
        """The same rows, whatever their order."""
        return isinstance(other, Tally) and (self.rows, self.digest) == (other.rows, other.digest)

    __hash__ = None  # type: ignore[assignment]


def _told(value: Any) -> Any:
    """A value as JSON can say it, the same from every database."""
    if isinstance(value, dict):
        return {key: _told(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_told(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        # A JSON column of PostgreSQL gives 100000 for 1e5.
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value).hex()
    return str(value)

"""Fills every table of an installation, and looks at it afterwards. Run as a script within it.

`inside.py fill`, `inside.py look`, `inside.py go_on`, each writes one line of JSON. `fill` knows
no table by name: whoever adds one has its rows moved by the test.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.db import IntegrityError, models, transaction  # noqa: E402

from resonanz.channels.models import Channel  # noqa: E402
from resonanz.channels.vault import vault  # noqa: E402
from resonanz.house.moving.tables import tables  # noqa: E402
from resonanz.workspaces.models import Workspace  # noqa: E402

ROWS = 3
SECRET = "a token that nobody else knows"
MOMENT = datetime(2026, 11, 22, 8, 15, 30, 123456, tzinfo=UTC)
TEXT = "Grüße „aus“ der Backstube \N{CROISSANT} 100 % \\N \\ \t {}"
JSON_VALUE = {"größe": [1, 2.5, 1e5, None, True], "a": {"b": "ü\n\\"}}

VALUES: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.BooleanField, lambda n: n % 2 == 0),
    (models.DateTimeField, lambda n: MOMENT + timedelta(days=n)),
    (models.DateField, lambda n: MOMENT.date() + timedelta(days=n)),
    (models.TimeField, lambda n: time(8, n)),
    (models.DurationField, lambda n: timedelta(hours=n, microseconds=1)),
    (models.JSONField, lambda n: {**JSON_VALUE, "n": n}),
    (models.BinaryField, lambda n: vault().seal(f"{SECRET} {n}")),
    (models.UUIDField, lambda n: UUID(int=n + 1)),
    (models.GenericIPAddressField, lambda n: f"192.0.2.{n}"),
    (models.FloatField, lambda n: n + 0.1),
    (models.DecimalField, lambda n: n),
    (models.IntegerField, lambda n: n + 1),
    (models.TextField, TEXT.format),
    (models.CharField, lambda n: f"ü{n}"),
)


def fill() -> dict[str, Any]:
    """At least three rows in every table, each pointing to rows of the others where it can."""
    made: set[type[models.Model]] = set()
    for table in tables():
        fill_table(table.model, made)
    # What points forward or in a circle, pointed there now that all rows are there.
    for table in tables():
        point_on(table.model)
    return look()


def fill_table(model: type[models.Model], made: set[type[models.Model]]) -> None:
    """Rows for one table, after rows for all it must point to."""
    if model in made:
        return
    made.add(model)
    for field in model._meta.local_concrete_fields:
        if field.is_relation and not field.null and field.related_model is not model:
            fill_table(field.related_model, made)
    for n in range(ROWS - model._base_manager.count()):
        make_row(model, n, made)


def make_row(model: type[models.Model], n: int, made: set[type[models.Model]]) -> None:
    """One row that points only where it must; where one of several is asked for, to that one."""
    if kept(model, values(model, n)):
        return
    for field in free_relations(model):
        fill_table(field.related_model, made)
        if kept(model, values(model, n) | {field.attname: nth(field.related_model, n)}):
            return
    raise LookupError(f"A row of {model._meta.label} has to look different: say here how.")


def kept(model: type[models.Model], row: dict[str, Any]) -> bool:
    """Whether the database takes a row."""
    with suppress(IntegrityError), transaction.atomic():
        model._base_manager.bulk_create([model(**row)])
        return True
    return False


def free_relations(model: type[models.Model]) -> list[Any]:
    """The columns that may point somewhere, or nowhere."""
    return [f for f in model._meta.local_concrete_fields if f.is_relation and f.null]


def values(model: type[models.Model], n: int) -> dict[str, Any]:
    """What stands in row number n."""
    return {
        field.attname: value(field, n)
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, models.AutoField | models.BigAutoField)
    }


def value(field: Any, n: int) -> Any:
    """What stands in one column of row number n."""
    if field.is_relation:
        return None if field.null else nth(field.related_model, n)
    if field.choices:
        return field.flatchoices[n % len(field.flatchoices)][0]
    found = next(make for kind, make in VALUES if isinstance(field, kind))(n)
    return found[: field.max_length] if isinstance(found, str) else found


def nth(model: type[models.Model], n: int) -> Any:
    """The key of a row; the last first, so that rows point forward as well."""
    keys = list(model._base_manager.order_by("-pk").values_list("pk", flat=True))
    return keys[n % len(keys)]


def point_on(model: type[models.Model]) -> None:
    """Let every row point wherever it may."""
    for field in free_relations(model):
        for n, key in enumerate(model._base_manager.values_list("pk", flat=True)):
            rows = model._base_manager.filter(pk=key, **{field.attname: None})
            with suppress(IntegrityError), transaction.atomic():
                rows.update(**{field.attname: nth(field.related_model, n)})


def look() -> dict[str, Any]:
    """How many rows each table has, and whether the credentials can be opened."""
    sealed = Channel.objects.order_by("pk").values_list("credentials", flat=True)
    return {
        "rows": {table.name: table.model._base_manager.count() for table in tables()},
        "secrets": [vault().open(bytes(one)) for one in sealed],
    }


def go_on() -> dict[str, Any]:
    """A new row everywhere a key is given by the database: no key is given twice."""
    row = Workspace.objects.create(name="A new one")
    return {"is_new": row.pk == max(Workspace.objects.values_list("pk", flat=True)), **look()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"fill": fill, "look": look, "go_on": go_on}[sys.argv[1]]()))

"""Moving to PostgreSQL, as far as it can be seen without one; `make peers` moves for real."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from resonanz.house.moving.command import move_to_postgresql
from resonanz.house.moving.tables import Tally, tables, without_nul
from resonanz.house.occupied import Occupied, alone, come_in
from resonanz.plumbing.derived import DERIVED


def tally(*rows: tuple[object, ...]) -> Tally:
    found = Tally()
    for row in rows:
        found.add(row)
    return found


@pytest.mark.django_db
def test_every_table_of_every_model_is_moved() -> None:
    """Those between two models too."""
    known = {table.name for table in tables()}
    models = apps.get_models(include_auto_created=True)
    assert {model._meta.db_table for model in models if model._meta.managed} == known
    assert known <= set(connection.introspection.table_names())


def test_the_order_of_rows_does_not_matter_and_everything_else_does() -> None:
    assert tally((1, "a"), (2, "b")) == tally((2, "b"), (1, "a"))
    assert tally((1, "a"), (2, "b")) != tally((1, "b"), (2, "a"))
    assert tally((1, "a")) != tally((1, "a"), (1, "a"))
    assert tally((None,)) != tally(("",))
    assert tally((1, 12)) != tally((11, 2))


def test_a_value_counts_the_same_however_a_database_gives_it() -> None:
    """Times in any zone, bytes in any wrapping, numbers in JSON with or without their fraction."""
    berlin = timezone(timedelta(hours=1))
    key = uuid4()
    assert tally((datetime(2026, 1, 1, 8, tzinfo=UTC), b"\x00\xff", {"a": 1e5, "b": [1]}, key)) == (
        tally(
            (
                datetime(2026, 1, 1, 9, tzinfo=berlin),
                memoryview(b"\x00\xff"),
                {"b": [1], "a": 100000},
                key,
            )
        )
    )
    assert tally((Decimal("1.50"),)) == tally((Decimal("1.5"),))


def test_a_nul_is_left_out_wherever_it_stands() -> None:
    assert without_nul("a\0b") == "ab"
    assert without_nul({"\0k": ["x\0", 1, None]}) == {"k": ["x", 1, None]}


def test_whoever_wants_to_be_alone_waits_for_nobody(tmp_path: Path) -> None:
    """Several may be at home; one of them is enough to refuse, and the other way round."""
    with alone(tmp_path), pytest.raises(Occupied, match="being moved"):
        come_in(tmp_path)
    come_in(tmp_path)
    come_in(tmp_path)
    with pytest.raises(Occupied, match="is running"), alone(tmp_path):
        pytest.fail("somebody is at home")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["lighthouse", "mysql://a/b", "postgresql://host"])
def test_an_address_that_is_none_is_answered_by_a_sentence(
    address: str, settings: Settings, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the installation is on PostgreSQL already, and is told so")
    settings.RESONANZ_HOME = tmp_path
    told = io.StringIO()
    assert move_to_postgresql(address, told) == 1
    assert "postgresql://user:password@host/name" in told.getvalue()


@pytest.fixture
def registered() -> Iterator[list[str]]:
    """Something derived; gives what was built."""
    built: list[str] = []

    def build() -> None:
        built.append("an index")

    panels = list(DERIVED._panels)
    DERIVED.add(1, build)
    yield built
    DERIVED._panels[:] = panels


@pytest.mark.django_db
def test_what_is_derived_is_built_anew_by_a_command(registered: list[str]) -> None:
    told = io.StringIO()
    call_command("rebuild_derived", stdout=told)
    assert registered == ["an index"]
    assert "Built anew" in told.getvalue()

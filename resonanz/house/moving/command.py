"""`resonanz move-to-postgresql URL`: everything from SQLite to an empty PostgreSQL."""

from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from resonanz.house.moving.copying import copy_everything
from resonanz.house.moving.target import (
    TARGET,
    check_is_empty,
    check_is_fitting,
    open_target,
    run_on_target,
)
from resonanz.house.moving.trouble import MoveStopped
from resonanz.house.occupied import Occupied, alone


def move_to_postgresql(address: str, told: TextIO) -> int:
    """Move everything. Gives 0, or 1 after a sentence that says why nothing was moved."""
    try:
        with alone(Path(settings.RESONANZ_HOME)):
            _move(address.strip(), told)
    except (MoveStopped, Occupied) as reason:
        told.write(f"{reason}\n")
        return 1
    return 0


def _move(address: str, told: TextIO) -> None:
    def tell(sentence: str) -> None:
        told.write(f"{sentence}\n")
        told.flush()

    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        raise MoveStopped("RESONANZ_DATABASE_URL is set: this installation is on PostgreSQL.")
    open_target(address)
    check_is_fitting(DEFAULT_DB_ALIAS, "SQLite")
    run_on_target(address, "migrate", "--no-input")
    run_on_target(address, "createcachetable")
    check_is_fitting(TARGET, "PostgreSQL")
    check_is_empty()
    copy_everything(TARGET, tell)
    with connections[TARGET].cursor() as cursor:
        cursor.execute("ANALYZE")
    run_on_target(address, "rebuild_derived")
    tell(
        "Everything has arrived, and is the same on both sides. Now set RESONANZ_DATABASE_URL to"
        " this address for every part, keep the data folder, and start Resonanz. The SQLite file"
        " was only read; put it away, so that nobody starts with it by mistake."
    )

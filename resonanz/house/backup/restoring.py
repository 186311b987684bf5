"""Bringing a backup back, into a data folder in which nothing is.

Everything is done in `.restoring` inside the data folder: unpacking, checking, bringing the
tables up to date, and seeing to what was on its way. Only what is whole is put in its place, so
that a restore that broke off is simply begun again.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import django

from resonanz.house.backup.contents import BEFORE_RESTORE, STATIC
from resonanz.house.backup.manifest import POSTGRESQL, SQLITE_NAME, Manifest
from resonanz.house.backup.reviving import revive
from resonanz.house.backup.trouble import CannotRestore
from resonanz.house.backup.unpacking import unpack

WORK = ".restoring"
HARMLESS = {STATIC, WORK, "lost+found"}


def restore(
    file: Path,
    home: Path,
    *,
    passphrase: str = "",
    move_aside: bool = False,
    say: Callable[[str], None],
) -> Manifest:
    """Bring a backup back into `home`. Raises `CannotRestore`, and then nothing was changed.

    What lies in the data folder already is moved into a folder inside it when `move_aside` is
    set, never deleted. This process can do nothing else afterwards: it was at home in the
    folder in which the work was done.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    check_empty(home, move_aside=move_aside)
    work = home / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        told = unpack(file, work, passphrase=passphrase)
        say(f"The backup of {told.taken_at:%Y-%m-%d %H:%M} UTC is whole.")
        check_database(told, os.environ.get("RESONANZ_DATABASE_URL", "").strip())
        os.environ["RESONANZ_HOME"] = str(work)
        django.setup()
        revive(told, work)
    except CannotRestore:
        shutil.rmtree(work, ignore_errors=True)
        raise
    aside = move_old_aside(home)
    if aside is not None:
        say(f"What was there lies in {aside} now.")
    _put_in_place(work, home)
    return told


def check_empty(home: Path, *, move_aside: bool) -> None:
    """Raise `CannotRestore` where there is something that is used or not to be moved aside."""
    if all(path.name in HARMLESS for path in _old(home)):
        return
    if not move_aside:
        raise CannotRestore(
            f"There is something in {home} already, and nothing was restored. Set RESONANZ_HOME "
            "to an empty folder, or add --move-old-aside: then what lies there is moved into a "
            "folder beside it, and nothing is deleted."
        )
    _check_nobody_uses(home / SQLITE_NAME)


def check_database(told: Manifest, database_url: str) -> None:
    """Raise `CannotRestore` when the rows would have to go into another kind of database."""
    is_postgresql = database_url.startswith("postgres")
    if told.database == POSTGRESQL and not is_postgresql:
        raise CannotRestore(
            "The backup is that of a PostgreSQL database, and nothing was restored. Set "
            "RESONANZ_DATABASE_URL to an empty PostgreSQL database first."
        )
    if told.database != POSTGRESQL and database_url:
        raise CannotRestore(
            "The backup is that of an SQLite database, and nothing was restored. Restore it "
            "without RESONANZ_DATABASE_URL; docs/how-to/back-up-and-move.md says how the data "
            "get to PostgreSQL from there."
        )


def _old(home: Path) -> list[Path]:
    return [
        path
        for path in sorted(home.iterdir())
        if path.name != WORK and not path.name.startswith(BEFORE_RESTORE)
    ]


def move_old_aside(home: Path) -> Path | None:
    """Move what lies in the data folder into a folder inside it. None when nothing was there."""
    old = _old(home)
    if all(path.name in HARMLESS for path in old):
        return None
    aside = home / f"{BEFORE_RESTORE}{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for path in old:
        path.rename(aside / path.name)
    return aside


def _check_nobody_uses(database: Path) -> None:
    """Leaving WAL needs the file for oneself; it also puts everything into that one file."""
    if not database.is_file():
        return
    try:
        with closing(sqlite3.connect(database, timeout=1)) as rows:
            rows.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as cause:
        raise CannotRestore(
            f"Something still uses {database}, and nothing was restored. End Resonanz first."
        ) from cause
    except sqlite3.DatabaseError:
        # A damaged file is why somebody restores; it is moved aside as it is.
        return


def _put_in_place(work: Path, home: Path) -> None:
    """The database comes last: with it the data folder counts as one."""
    for path in sorted(work.iterdir(), key=lambda path: path.name == SQLITE_NAME):
        if path.name == STATIC:
            shutil.rmtree(path)
        else:
            path.rename(home / path.name)
    work.rmdir()

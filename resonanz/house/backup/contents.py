"""What lies in the data folder beside the database, and what of it belongs into a backup."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from resonanz.house.backup.snapshot import copy_sqlite

# Made anew at every start.
STATIC = "static"
# Copies made before an upgrade, and what a restore moved aside: backups of their own.
BEFORE_UPGRADES = "before-upgrades"
BEFORE_RESTORE = "before-restore-"
KEYS = "keys"
SQLITE_HEAD = b"SQLite format 3\x00"
SQLITE_COMPANIONS = ("-wal", "-shm", "-journal")


def folders_kept(home: Path, *, besides: Path | None = None) -> list[Path]:
    """The folders of a data folder that a backup takes along, without `besides`.

    Everything that is not made anew: keys, pictures, the pretend town, and whatever a later
    version keeps there.
    """
    return [
        folder
        for folder in sorted(home.iterdir())
        if folder.is_dir() and not _is_left_out(folder.name) and folder != besides
    ]


def _is_left_out(name: str) -> bool:
    return name in (STATIC, BEFORE_UPGRADES) or name.startswith((BEFORE_RESTORE, "."))


def files_in(folder: Path) -> Iterator[Path]:
    """Every file below a folder, without what SQLite keeps beside its files, and hidden ones."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and not path.name.endswith(SQLITE_COMPANIONS):
            yield path


def copy_for_backup(path: Path, copy: Path) -> None:
    """A whole copy of one file. One that goes away meanwhile was deleted, and gives none."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("rb") as file:
            is_database = file.read(len(SQLITE_HEAD)) == SQLITE_HEAD
        if is_database:
            copy_sqlite(path, copy)
        else:
            shutil.copyfile(path, copy)
    except FileNotFoundError:
        copy.unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder, 0 where there is none."""
    return sum(path.stat().st_size for path in files_in(folder)) if folder.is_dir() else 0

"""Taking a backup: everything into one file, which is whole or not there at all."""

import fcntl
import gzip
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from resonanz import __version__
from resonanz.house.backup import manifest
from resonanz.house.backup.contents import KEYS, copy_for_backup, files_in, folders_kept, size_of
from resonanz.house.backup.manifest import Manifest, facts_of
from resonanz.house.backup.sealing import SealedWriter
from resonanz.house.backup.snapshot import Snapshot, take_snapshot
from resonanz.house.backup.trouble import CannotBackUp
from resonanz.plumbing.secrets import KeyDoesNotFit, KeyFileUnusable, Vault, load_or_create_keys

# Text shrinks to a quarter at the fastest level; more would cost minutes for little.
COMPRESSION = 1
NAMED = re.compile(r"resonanz-\d{4}-\d\d-\d\d-\d{6}(-before-upgrade)?\.tar\.gz(\.sealed)?")
LEFT_FREE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """A backup that was made."""

    path: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size


def take_backup(
    target: Path, *, passphrase: str = "", mark: str = "", with_files: bool = True
) -> Taken:
    """Back everything up into `target`: a folder, or the path of a file that is not there yet.

    With a passphrase the file is sealed. `mark` stands at the end of the name; without
    `with_files` only the database and the keys are taken. Raises `CannotBackUp`.
    """
    path = _path_for(target, mark=mark, is_sealed=bool(passphrase))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            _alone_in(path.parent),
            tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as name,
        ):
            work = Path(name)
            check_room(path.parent, with_files=with_files)
            told = _gather(work / "content", path.parent, with_files=with_files)
            _pack(work / "content", told, work / "packed", passphrase)
            os.replace(work / "packed", path)
    except (OSError, DatabaseError, sqlite3.Error, psycopg.Error) as cause:
        raise CannotBackUp(
            f"No backup was made in {path.parent}: {cause}. Look whether the folder can be "
            "written and the database reached, and try again."
        ) from cause
    return Taken(path, told)


def _path_for(target: Path, *, mark: str, is_sealed: bool) -> Path:
    if target.is_dir() or not target.name.endswith((".tar.gz", ".sealed")):
        moment = timezone.now().astimezone(UTC)
        ending = ".tar.gz.sealed" if is_sealed else ".tar.gz"
        target = target / f"resonanz-{moment:%Y-%m-%d-%H%M%S}{mark}{ending}"
    if target.exists():
        raise CannotBackUp(f"{target} is there already, and is not overwritten. Name another.")
    return target.absolute()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One backup at a time. Raises `CannotBackUp` while another is being made."""
    with ExitStack() as stack:
        lock = stack.enter_context((folder / ".lock").open("wb"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise CannotBackUp("Another backup is being made there. Try again later.") from cause
        yield


def check_room(folder: Path, *, with_files: bool) -> None:
    """Raise `CannotBackUp` when a backup would not fit into `folder`."""
    home = Path(settings.RESONANZ_HOME)
    needed = database_bytes()
    if with_files:
        needed += sum(size_of(kept) for kept in folders_kept(home, besides=folder))
    # The copy and the packed file are there at the same time.
    needed, free = 2 * needed + LEFT_FREE_BYTES, shutil.disk_usage(folder).free
    if free < needed:
        raise CannotBackUp(
            f"There is too little room in {folder}: {needed // 10**6} MB are needed, and "
            f"{free // 10**6} MB are free. Make room, or name another folder."
        )


def database_bytes() -> int:
    """How large the database is, in bytes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.is_file() else 0


def _gather(content: Path, target: Path, *, with_files: bool) -> Manifest:
    """Copy everything that belongs into the backup, and describe it."""
    content.mkdir(parents=True)
    home, taken_at = Path(settings.RESONANZ_HOME), timezone.now()
    snapshot = take_snapshot(content)
    for folder in folders_kept(home, besides=target):
        if with_files or folder.name == KEYS:
            for path in files_in(folder):
                copy_for_backup(path, content / path.relative_to(home))
    _check_keys(snapshot, content)
    files = {path.relative_to(content).as_posix(): facts_of(path) for path in files_in(content)}
    return Manifest(
        format=manifest.FORMAT,
        version=__version__,
        taken_at=taken_at,
        database=snapshot.database,
        migrations=snapshot.migrations,
        counts=snapshot.counts,
        columns=snapshot.columns,
        files=files,
    )


def _check_keys(snapshot: Snapshot, content: Path) -> None:
    """A backup whose key does not open its credentials is none. Raises `CannotBackUp`."""
    try:
        vault = Vault(load_or_create_keys(content / KEYS / Path(settings.RESONANZ_KEY_FILE).name))
        for sealed in snapshot.sealed:
            vault.open(sealed)
    except (KeyDoesNotFit, KeyFileUnusable) as cause:
        raise CannotBackUp(f"The backup would be of no use: {cause}") from cause


def _pack(content: Path, told: Manifest, packed: Path, passphrase: str) -> None:
    (content / manifest.NAME).write_bytes(told.to_bytes())
    handle = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, ExitStack() as stack:
        onward: Any = out
        if passphrase:
            onward = stack.enter_context(SealedWriter(out, passphrase))
        thin = stack.enter_context(gzip.GzipFile("", "wb", COMPRESSION, onward))
        archive = stack.enter_context(tarfile.open(fileobj=thin, mode="w|"))
        for path in (content / manifest.NAME, *map(content.joinpath, told.files)):
            archive.add(path, path.relative_to(content).as_posix(), filter=_plain)
        stack.close()
        out.flush()
        os.fsync(out.fileno())


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """No names of users of this machine, and readable by the owner only."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def throw_old_away(folder: Path, *, kept: int) -> None:
    """Delete all but the newest `kept` backups in a folder; files with other names stay."""
    ours = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for path in ours[:-kept]:
        path.unlink(missing_ok=True)

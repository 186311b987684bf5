"""Unpacking a backup into an empty folder, and checking that it is whole."""

import gzip
import os
import shutil
import tarfile
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from resonanz.house.backup import manifest
from resonanz.house.backup.manifest import Manifest, facts_of, manifest_from
from resonanz.house.backup.sealing import SealedReader, WrongPassphrase, is_sealed
from resonanz.house.backup.trouble import CannotRestore

BROKEN = (EOFError, tarfile.TarError, gzip.BadGzipFile, zlib.error, msgspec.MsgspecError)


def unpack(file: Path, folder: Path, *, passphrase: str = "") -> Manifest:
    """Unpack a backup and compare every file with its digest.

    Raises `CannotRestore`; what was unpacked until then is left for the caller to delete.
    """
    try:
        _extract(file, folder, passphrase)
        told = manifest_from((folder / manifest.NAME).read_bytes())
    except WrongPassphrase as cause:
        raise CannotRestore(f"{cause} Nothing was restored.") from cause
    except (FileNotFoundError, FileExistsError, *BROKEN) as cause:
        raise CannotRestore(
            f"{file} is no whole backup, and nothing was restored. Take another one, or copy it "
            "here again."
        ) from cause
    _compare(folder, told)
    return told


def _extract(file: Path, folder: Path, passphrase: str) -> None:
    with ExitStack() as stack:
        source: Any = stack.enter_context(file.open("rb"))
        if is_sealed(file):
            source = stack.enter_context(SealedReader(source, passphrase))
        thick = stack.enter_context(gzip.GzipFile("", "rb", fileobj=source))
        archive = stack.enter_context(tarfile.open(fileobj=thick, mode="r|"))
        for member in archive:
            _write(archive, member, folder)
        # Read to the end, so that a damaged end is noticed.
        while thick.read(65536):
            pass


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one plain file, for its owner only. Whatever would lie elsewhere breaks it off."""
    path = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isfile() else None
    if content is None or not path.is_relative_to(folder.resolve()):
        raise tarfile.TarError(member.name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(content, out)


def _compare(folder: Path, told: Manifest) -> None:
    if told.format > manifest.FORMAT:
        raise CannotRestore(
            f"The backup was made by a newer Resonanz ({told.version}), and nothing was restored. "
            "Install that version first."
        )
    for name, facts in told.files.items():
        path = folder / name
        if not path.is_file() or facts_of(path) != facts:
            raise CannotRestore(
                f"{name} in the backup is damaged, and nothing was restored. Take another backup."
            )
    (folder / manifest.NAME).unlink()

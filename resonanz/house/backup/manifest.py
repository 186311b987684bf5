"""What a backup says of itself: version, schema, counts, and a digest of every file in it."""

from datetime import datetime
from hashlib import file_digest
from pathlib import Path

import msgspec

FORMAT = 1
NAME = "manifest.json"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Where the database stands in a backup: one file, or a folder with a file per table.
SQLITE_NAME = "resonanz.sqlite3"
ROWS_FOLDER = "rows"
MIGRATIONS_TABLE = "django_migrations"


class FileFacts(msgspec.Struct, frozen=True):
    """A file: its size in bytes and its SHA-256 as hexadecimal digits."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """One backup.

    `database` is “sqlite” or “postgresql”; `migrations` names what had been applied, per app;
    `counts` are the rows of every table; `columns` the columns of every table where the rows
    stand as text (PostgreSQL), in their order. `files` are paths within the backup.
    """

    format: int
    version: str
    taken_at: datetime
    database: str
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    columns: dict[str, list[str]]
    files: dict[str, FileFacts]

    def to_bytes(self) -> bytes:
        """As JSON that a human can read."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def manifest_from(content: bytes) -> Manifest:
    """Read one again. Raises `msgspec.MsgspecError` for anything else."""
    return msgspec.json.decode(content, type=Manifest)


def facts_of(path: Path) -> FileFacts:
    """Size and digest of a file."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return FileFacts(size=path.stat().st_size, sha256=digest)

"""What we said and did in the town, in one small SQLite file per account.

Safe for several processes: every write is one immediate transaction, and a key is written once.
The file appears with the first write; reading where there is none finds nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from resonanz.switchboard.shapes import Audience, Outgoing, ReactionKind, Shape
from resonanz.switchboard.trouble import TryLater, Unreadable
from resonanz.switchboard.wording import N_

DAMAGED = N_("The file of the pretend town is damaged. Leave the town and enter it anew.")
WAIT_SECONDS = 10.0
ALL_WORDS = "SELECT number, at, text, audience, warning, language, answers FROM said"
TABLES = """
CREATE TABLE IF NOT EXISTS said (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    audience TEXT NOT NULL,
    warning TEXT NOT NULL,
    language TEXT NOT NULL,
    answers TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS done (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (kind, target)
);
"""

# A row of either table; what its columns hold is said where it is unpacked.
Row = tuple[Any, ...]


class OurWords(Shape):
    """One text of ours. `number` counts from 1, `answers` is a local id or ""."""

    number: int
    at: datetime
    text: str
    audience: Audience
    warning: str
    language: str
    answers: str

    @property
    def local_id(self) -> str:
        """What the town calls this post."""
        return f"our-{self.number}"


class OurNod(Shape):
    """One boost, favourite or follow of ours. `target` is a post's or a person's local id."""

    number: int
    kind: ReactionKind
    target: str
    at: datetime


class Ledger:
    """The file of one account."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self.path = path

    def words(self) -> tuple[OurWords, ...]:
        """Everything we said, oldest first."""
        rows = self._read(f"{ALL_WORDS} ORDER BY number")
        return tuple(_words(row) for row in rows)

    def words_with_key(self, key: str) -> OurWords | None:
        """What we said under this key, if it arrived."""
        rows = self._read(f"{ALL_WORDS} WHERE key = ?", key)
        return _words(rows[0]) if rows else None

    def nods(self) -> tuple[OurNod, ...]:
        """Everything we did without words, oldest first."""
        rows = self._read("SELECT number, kind, target, at FROM done ORDER BY number")
        return tuple(
            OurNod(
                number=row[0],
                kind=ReactionKind(row[1]),
                target=row[2],
                at=datetime.fromisoformat(row[3]),
            )
            for row in rows
        )

    def say(self, outgoing: Outgoing, text: str, at: datetime) -> None:
        """Write a text down once per key; a second call with the key changes nothing."""
        with self._writing() as file:
            file.execute(
                "INSERT INTO said (key, at, text, audience, warning, language, answers)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
                (
                    outgoing.key,
                    at.isoformat(),
                    text,
                    outgoing.audience.value,
                    outgoing.warning,
                    outgoing.language,
                    outgoing.answering.local_id if outgoing.answering else "",
                ),
            )

    def do(self, kind: ReactionKind, target: str, at: datetime) -> None:
        """Write a reaction down once."""
        with self._writing() as file:
            file.execute(
                "INSERT INTO done (kind, target, at) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, target) DO NOTHING",
                (kind.value, target, at.isoformat()),
            )

    def forget(self) -> None:
        """Delete the file and what SQLite may have put beside it."""
        for ending in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _read(self, question: str, *values: str) -> list[Row]:
        if not self.path.exists():
            return []
        with _troubles(), closing(self._open()) as file:
            file.executescript(TABLES)
            return file.execute(question, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _troubles():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as file:
                file.executescript(TABLES)
                file.execute("BEGIN IMMEDIATE")
                yield file
                file.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)


def _words(row: Row) -> OurWords:
    number, at, text, audience, warning, language, answers = row
    return OurWords(
        number=number,
        at=datetime.fromisoformat(at),
        text=text,
        audience=Audience(audience),
        warning=warning,
        language=language,
        answers=answers,
    )


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as cause:
        raise TryLater(N_("The file of the pretend town is busy at the moment.")) from cause
    except sqlite3.DatabaseError as cause:
        raise Unreadable(DAMAGED) from cause

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

import msgspec

from resonanz.switchboard.shapes import (
    Attachment,
    Audience,
    Outgoing,
    ReactionKind,
    Shape,
    ShieldKind,
    Standing,
)
from resonanz.switchboard.trouble import TryLater, Unreadable
from resonanz.switchboard.wording import N_

DAMAGED = N_("The file of the pretend town is damaged. Leave the town and enter it anew.")
WAIT_SECONDS = 10.0
ALL_WORDS = (
    "SELECT said.number, at, text, audience, warning, language, answers, pictures, more"
    " FROM said LEFT JOIN shown USING (number) LEFT JOIN besides USING (number)"
)
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
CREATE TABLE IF NOT EXISTS undone (
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, target)
);
CREATE TABLE IF NOT EXISTS shown (
    number INTEGER PRIMARY KEY,
    pictures TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS besides (
    number INTEGER PRIMARY KEY,
    more TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS judged (
    local_id TEXT PRIMARY KEY,
    standing TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS changed (
    local_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS files (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS shields (
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (kind, target)
);
CREATE TABLE IF NOT EXISTS reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    report TEXT NOT NULL
);
"""

# A row of either table; what its columns hold is said where it is unpacked.
Row = tuple[Any, ...]


class Besides(Shape):
    """What an article and a quote have besides words: `quotes` is a local id or ""."""

    title: str = ""
    is_draft: bool = False
    quotes: str = ""


class OurWords(Shape):
    """One text of ours. `number` counts from 1, `answers` and `quotes` are local ids or ""."""

    number: int
    at: datetime
    text: str
    audience: Audience
    warning: str
    language: str
    answers: str
    pictures: tuple[Attachment, ...] = ()
    title: str = ""
    is_draft: bool = False
    quotes: str = ""

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
    undone_at: datetime | None = None


class Edition(Shape):
    """How a post of ours reads after an edit."""

    text: str
    warning: str = ""
    language: str = ""
    pictures: tuple[Attachment, ...] = ()
    title: str = ""


class OurChange(Shape):
    """A post of ours was edited, or taken back (no words)."""

    local_id: str
    at: datetime
    words: Edition | None


class OurVerdict(Shape):
    """What we made of a comment below something of ours."""

    local_id: str
    standing: Standing
    at: datetime


class Report(Shape):
    """What we told the moderators."""

    target: str
    posts: tuple[str, ...]
    reason: str
    forward: bool


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
        rows = self._read(
            "SELECT number, kind, target, done.at, undone.at"
            " FROM done LEFT JOIN undone USING (kind, target) ORDER BY number"
        )
        return tuple(
            OurNod(
                number=row[0],
                kind=ReactionKind(row[1]),
                target=row[2],
                at=datetime.fromisoformat(row[3]),
                undone_at=datetime.fromisoformat(row[4]) if row[4] else None,
            )
            for row in rows
        )

    def changes(self) -> tuple[OurChange, ...]:
        """What we edited or took back, each post as it was changed last."""
        rows = self._read("SELECT local_id, at, words FROM changed ORDER BY at, local_id")
        return tuple(
            OurChange(
                local_id=row[0],
                at=datetime.fromisoformat(row[1]),
                words=msgspec.json.decode(row[2], type=Edition) if row[2] else None,
            )
            for row in rows
        )

    def verdicts(self) -> tuple[OurVerdict, ...]:
        """What we made of comments, each as it was judged last."""
        rows = self._read("SELECT local_id, standing, at FROM judged ORDER BY at, local_id")
        return tuple(
            OurVerdict(
                local_id=local_id, standing=Standing(standing), at=datetime.fromisoformat(at)
            )
            for local_id, standing, at in rows
        )

    def shielded(self) -> tuple[tuple[ShieldKind, str], ...]:
        """Whom we muted or blocked."""
        rows = self._read("SELECT kind, target FROM shields ORDER BY kind, target")
        return tuple((ShieldKind(kind), target) for kind, target in rows)

    def reports(self) -> tuple[Report, ...]:
        """What we told the moderators, oldest first."""
        rows = self._read("SELECT report FROM reports ORDER BY number")
        return tuple(msgspec.json.decode(report, type=Report) for (report,) in rows)

    def say(self, outgoing: Outgoing, text: str, at: datetime) -> None:
        """Write a text down once per key; a second call with the key changes nothing."""
        with self._writing() as file:
            written = file.execute(
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
            besides = _besides(outgoing)
            if written.rowcount and besides != Besides():
                file.execute(
                    "INSERT INTO besides (number, more) VALUES (?, ?)",
                    (written.lastrowid, msgspec.json.encode(besides).decode()),
                )
            if written.rowcount and outgoing.pictures:
                file.execute(
                    "INSERT INTO shown (number, pictures) VALUES (?, ?)",
                    (written.lastrowid, msgspec.json.encode(outgoing.pictures).decode()),
                )

    def judge(self, local_id: str, standing: Standing, at: datetime) -> None:
        """Write down what we made of a comment."""
        with self._writing() as file:
            file.execute(
                "INSERT OR REPLACE INTO judged (local_id, standing, at) VALUES (?, ?, ?)",
                (local_id, standing.value, at.isoformat()),
            )

    def change(self, local_id: str, words: Edition | None, at: datetime) -> None:
        """Write down how a post of ours reads from now on; None takes it back."""
        with self._writing() as file:
            file.execute(
                "INSERT OR REPLACE INTO changed (local_id, at, words) VALUES (?, ?, ?)",
                (local_id, at.isoformat(), msgspec.json.encode(words).decode() if words else ""),
            )

    def keep(self, attachment: Attachment) -> str:
        """Write down that a file arrived (not the file); gives its local id."""
        with self._writing() as file:
            written = file.execute(
                "INSERT INTO files (sha256, size) VALUES (?, ?)",
                (attachment.sha256, attachment.size),
            )
        return f"file-{written.lastrowid}"

    def shield(self, kind: ShieldKind, target: str, *, is_on: bool) -> None:
        """Write down that we mute or block somebody, or that it ended."""
        with self._writing() as file:
            file.execute(
                "INSERT OR IGNORE INTO shields (kind, target) VALUES (?, ?)"
                if is_on
                else "DELETE FROM shields WHERE kind = ? AND target = ?",
                (kind.value, target),
            )

    def report(self, report: Report, at: datetime) -> None:
        """Write down what we told the moderators."""
        with self._writing() as file:
            file.execute(
                "INSERT INTO reports (at, report) VALUES (?, ?)",
                (at.isoformat(), msgspec.json.encode(report).decode()),
            )

    def undo(self, kind: ReactionKind, target: str, at: datetime) -> None:
        """Write down that a reaction was taken back; nothing where there was none."""
        with self._writing() as file:
            file.execute(
                "INSERT OR IGNORE INTO undone (kind, target, at)"
                " SELECT kind, target, ? FROM done WHERE kind = ? AND target = ?",
                (at.isoformat(), kind.value, target),
            )

    def do(self, kind: ReactionKind, target: str, at: datetime) -> None:
        """Write a reaction down once; one that was taken back counts again."""
        with self._writing() as file:
            file.execute("DELETE FROM undone WHERE kind = ? AND target = ?", (kind.value, target))
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


def _besides(outgoing: Outgoing) -> Besides:
    return Besides(
        title=outgoing.title,
        is_draft=outgoing.is_draft,
        quotes=outgoing.quoting.local_id if outgoing.quoting else "",
    )


def _words(row: Row) -> OurWords:
    number, at, text, audience, warning, language, answers, pictures, more = row
    besides = msgspec.json.decode(more or "{}", type=Besides)
    return OurWords(
        number=number,
        at=datetime.fromisoformat(at),
        text=text,
        audience=Audience(audience),
        warning=warning,
        language=language,
        answers=answers,
        pictures=msgspec.json.decode(pictures or "[]", type=tuple[Attachment, ...]),
        title=besides.title,
        is_draft=besides.is_draft,
        quotes=besides.quotes,
    )


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as cause:
        raise TryLater(N_("The file of the pretend town is busy at the moment.")) from cause
    except sqlite3.DatabaseError as cause:
        raise Unreadable(DAMAGED) from cause

"""A data folder as the first issue's version left it, to try upgrades and backups on.

`make.py` made the files here with the code of that version. Nobody in them is real, and the keys
were made for these files alone: they open nothing else.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

FILES = Path(__file__).parent


def lay_out(home: Path) -> None:
    """Make the data folder."""
    (home / "keys").mkdir(parents=True)
    (home / "pretend").mkdir()
    for key in FILES.glob("*.key"):
        target = home / "keys" / key.name
        target.write_bytes(key.read_bytes())
        target.chmod(0o600)
    _fill(home / "resonanz.sqlite3", FILES / "rows.sql")
    for ledger in FILES.glob("pretend-*.sql"):
        _fill(home / "pretend" / ledger.stem, ledger)


def _fill(database: Path, script: Path) -> None:
    with closing(sqlite3.connect(database)) as rows:
        rows.executescript(script.read_text())


def counts(database: Path) -> dict[str, int]:
    """The rows of every table."""
    with closing(sqlite3.connect(database)) as rows:
        names = rows.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: rows.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        }

"""Reads the table of what finds what."""

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "search_pairs.md"


@dataclass(frozen=True)
class Pair:
    """What is typed, what was said, and whether it is found."""

    typed: str
    said: str
    found: str

    @property
    def is_found(self) -> bool:
        """Whether it is."""
        return self.found in ("yes", "too much")


def pairs() -> list[Pair]:
    """All rows of the table."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return [Pair(*row) for row in rows if row[2] in ("yes", "no", "alas", "too much")]

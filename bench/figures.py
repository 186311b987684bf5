"""A figure: a name, a value, a unit, and for ratios both sides."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LATEST = Path(__file__).parent / "latest.json"


@dataclass(frozen=True)
class Figure:
    """One measured figure. `sides` holds what a ratio divides: upper, lower."""

    name: str
    value: float
    unit: str
    sides: tuple[float, float] | None = None

    def __str__(self) -> str:
        sides = f"  ({self.sides[0]:g} / {self.sides[1]:g})" if self.sides else ""
        return f"{self.name} {self.value:g} {self.unit}{sides}"


def ratio(name: str, upper: float, lower: float) -> Figure:
    """A ratio with both sides, rounded to three digits."""
    return Figure(name, round(upper / lower, 3), "ratio", (round(upper, 3), round(lower, 3)))


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: `share` 0.95 gives the value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def write(figures: Sequence[Figure], path: Path = LATEST) -> None:
    """Write figures, keeping those of the file that were not measured this time."""
    kept = {row["name"]: row for row in json.loads(path.read_text())} if path.exists() else {}
    for figure in figures:
        row = asdict(figure)
        if figure.sides is None:
            del row["sides"]
        kept[figure.name] = row
    path.write_text(json.dumps(list(kept.values()), indent=1) + "\n")

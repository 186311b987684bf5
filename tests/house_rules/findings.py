"""What a rule finds, and where the files are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "resonanz"

# Top to bottom: a floor may use what stands after it.
ROOMS = (
    "house",
    "relationships",
    "mentions",
    "conversations",
    "outbox",
    "people",
    "channels",
    "letters",
    "pictures",
    "workspaces",
)
GROUND_FLOOR = ("clockwork", "networks", "switchboard", "understanding", "plumbing")


@dataclass(frozen=True)
class Finding:
    """A breach: which rule, in which file and line, of what."""

    rule: str
    path: Path
    line: int
    what: str

    @property
    def name(self) -> str:
        """How `exceptions.py` names it: rule, file and thing, without the line."""
        return f"{self.rule} {self.path.relative_to(CHECKOUT).as_posix()} {self.what}"

    def __str__(self) -> str:
        """`path:line: rule: what`, as editors understand it."""
        return f"{self.path.relative_to(CHECKOUT).as_posix()}:{self.line}: {self.rule}: {self.what}"


@dataclass(frozen=True)
class Source:
    """A Python file, read and parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """Where it is, seen from the checkout."""
        return self.path.relative_to(CHECKOUT).parts

    @property
    def is_test(self) -> bool:
        """Whether it is a test or belongs to one."""
        return "tests" in self.parts or self.path.name == "conftest.py"


def source(path: Path, text: str) -> Source:
    """A file with that text."""
    return Source(path, text, ast.parse(text, filename=str(path)))


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the house, its tests and benchmarks; migrations are made by Django."""
    found = [
        path
        for folder in ("resonanz", "tests", "bench")
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]
    return tuple(source(path, path.read_text()) for path in found)


def templates() -> Iterator[tuple[Path, str]]:
    """Every template of the house with its text."""
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix in (".html", ".txt"):
            yield path, path.read_text()

"""Finding, reading and compiling the catalogues."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parents[2]


class CatalogueTrouble(Exception):
    """A catalogue cannot be read or written. The message names the file and what to do."""


def catalogues(package: Path = PACKAGE, language: str = "*") -> Iterator[Path]:
    """Every `.po` file below `package`, in the order of their paths."""
    yield from sorted(package.glob(f"**/locale/{language}/LC_MESSAGES/*.po"))


def read_catalogue(path: Path) -> Catalog:
    """One catalogue. Raises `CatalogueTrouble` with the line that cannot be understood."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.parents[1].name, abort_invalid=True)
    except PoFileError as cause:
        # Babel counts the lines from 0 here, and repeats the number in its message.
        message = re.sub(r" on \d+$", "", str(cause.args[0]))
        raise CatalogueTrouble(f"{path}:{cause.lineno + 1}: {message}.") from cause
    except (UnicodeDecodeError, ValueError) as cause:
        raise CatalogueTrouble(f"{path} is no catalogue in UTF-8: {cause}.") from cause


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Compile each catalogue that has no `.mo`, or an older one. Gives the files written.

    Fuzzy translations are left out. Each file is put in its place in one move, so that two
    processes that start together do not read half of one.
    """
    written = []
    for path in catalogues(package):
        compiled = path.with_suffix(".mo")
        if not is_fresh(compiled, path):
            write_compiled(read_catalogue(path), compiled)
            written.append(compiled)
    return written


def is_fresh(compiled: Path, source: Path) -> bool:
    """Whether the compiled file is there and as young as its source, or younger."""
    return compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def write_compiled(catalogue: Catalog, compiled: Path) -> None:
    """Write the `.mo` file. Raises `CatalogueTrouble` where that is not allowed."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".compiling-", dir=compiled.parent)
        with os.fdopen(descriptor, "wb") as file:
            write_mo(file, catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(compiled)
    except OSError as cause:
        raise CatalogueTrouble(
            f"The translations could not be compiled to {compiled} ({cause.strerror}). "
            "Start Resonanz once as somebody who may write there."
        ) from cause

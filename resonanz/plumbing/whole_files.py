"""Writing files whole or not at all: whoever is killed half-way leaves no half file.

What is written is readable by its owner only (0600).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Give a file this content, whether or not it was there."""
    with _beside(path, content) as beside:
        os.replace(beside, path)


def create_file(path: Path, content: bytes) -> None:
    """Make a file that is not there yet; one that is there, or made meanwhile, stays.

    Of several processes that start at once one makes it and all read the same.
    """
    with _beside(path, content) as beside, suppress(FileExistsError):
        os.link(beside, path)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[str]:
    """The content in a file beside, which is gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)

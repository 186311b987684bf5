"""Whether somebody is at home: every running part holds a lock on one file of the data folder.

The lock is the kernel's, so whoever dies lets go of it. It tells only of this machine.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "occupied.lock"


class Occupied(Exception):
    """Parts of Resonanz are running, or something wants to be alone with the data."""


def come_in(home: Path) -> None:
    """Be at home until this process ends. Raises `Occupied` while somebody wants to be alone."""
    lock = _open(home)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as cause:
        os.close(lock)
        raise Occupied("The data are just being moved. Start again once that has ended.") from cause
    # The lock is kept open on purpose: it ends with the process.


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else is at home. Raises `Occupied` when somebody is."""
    lock = _open(home)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as cause:
        raise Occupied(
            "Resonanz is running. End it first, with Ctrl-C or `systemctl stop resonanz`, and"
            " every `resonanz web`, `listen` and `work` too."
        ) from cause
    finally:
        os.close(lock)


def _open(home: Path) -> int:
    home.mkdir(parents=True, exist_ok=True)
    return os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600)

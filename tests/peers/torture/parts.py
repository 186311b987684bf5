"""The processes of Resonanz as somebody who kills them sees them."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from tests.peers.servers.resonanz_process import STARTS_WITHIN_SECONDS, ResonanzProcess
from tests.peers.servers.running import NotInTime, answers, wait_until

PARTS = ("web", "listen", "work")
UP = "up"


class Parts:
    """All processes of one installation: under `resonanz up`, or each alone."""

    def __init__(self, house: ResonanzProcess, *, supervised: bool) -> None:
        """Start nothing yet."""
        self.house = house
        self.supervised = supervised
        self._left_over: set[int] = set()

    def start(self) -> None:
        """Start what is not running, and wait until a page is served."""
        if self.supervised:
            self._start_supervisor()
        else:
            for part in PARTS:
                self._start_alone(part)
        self.house.wait_until_ready(seconds=STARTS_WITHIN_SECONDS)

    def kill(self, part: str) -> None:
        """SIGKILL to "web", "listen", "work", "up" (only the supervisor) or "all"."""
        if part == "all":
            self.kill_all()
        elif part == UP:
            self._left_over |= set(self._children().values())
            _kill(self.house.running[UP].pid)
            self.house.running[UP].process.wait()
        elif self.supervised:
            with suppress(KeyError):
                _kill(self._children()[part])
        else:
            self.house.kill(part)

    def kill_all(self) -> None:
        """SIGKILL to everything that runs, and to what earlier supervisors left."""
        gone = set(self._children().values()) | self._left_over
        self.house.kill()
        for pid in gone:
            _kill(pid)
        self._left_over.clear()

    def bring_back(self) -> None:
        """Start again what was killed, as a system that looks after its services does."""
        self._left_over = {pid for pid in self._left_over if _is_resonanz(pid)}
        if self.supervised:
            if not self.house.running or not self.house.running[UP].is_alive:
                self._start_supervisor()
            return
        for part in PARTS:
            running = self.house.running.get(part)
            if running is None or not running.is_alive:
                self._start_alone(part)

    def _start_supervisor(self) -> None:
        """Start it, again and again while web of the last one still holds the port."""
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            # Otherwise the answer at the port would be that of the one before.
            with suppress(NotInTime):
                wait_until(
                    lambda: not answers(self.house.port), seconds=15, what="the port to be free"
                )
            running = self.house.start(UP, wait=False)
            with suppress(NotInTime):
                wait_until(
                    lambda: self.house.is_ready() or not running.is_alive,  # noqa: B023
                    seconds=STARTS_WITHIN_SECONDS,
                    what="resonanz up",
                )
                if running.is_alive:
                    return
        raise NotInTime(f"resonanz up did not come up.\n{self.house.last_words()}")

    def _start_alone(self, part: str) -> None:
        self.house.start(part, wait=False)

    def _children(self) -> dict[str, int]:
        """The parts that the supervisor runs at this moment."""
        running = self.house.running.get(UP)
        return children_of(running.pid) if running else {}


def children_of(pid: int) -> dict[str, int]:
    """The parts of Resonanz that a process has as children, with their process ids."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            words = (folder / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        except (OSError, IndexError):
            continue
        if parent == pid and words[-1].decode() in PARTS:
            found[words[-1].decode()] = int(folder.name)
    return found


def _is_resonanz(pid: int) -> bool:
    try:
        return b"resonanz" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _kill(pid: int) -> None:
    if _is_resonanz(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

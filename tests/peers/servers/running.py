"""Starting, watching and ending a process, and waiting for what takes a moment."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")

LOG_TAIL_CHARACTERS = 3000


# The seconds that a test names are those of a machine with nothing else to do. Here others test
# beside it, three at a time on one core. Who waits longer than needed waits only before a failure.
PATIENCE = 3
LONGEST_PAUSE_SECONDS = 1.0


class NotInTime(AssertionError):
    """Something that was waited for did not happen."""


def wait_until(
    question: Callable[[], Found | None],
    *,
    seconds: float,
    what: str,
    pause_seconds: float = 0.1,
    patience: float = PATIENCE,
) -> Found:
    """Ask until the answer is true and give it. Raises `NotInTime` naming `what`.

    `seconds` are lengthened by `patience`. After a question that took long the pause is as long,
    up to a second, so that asking does not keep those from their work who are waited for.
    """
    end = time.monotonic() + seconds * patience
    while True:
        began = time.monotonic()
        if answer := question():
            return answer
        if began > end:
            waited = seconds * patience
            raise NotInTime(f"After {waited:g} seconds there was still no sign of: {what}.")
        took = time.monotonic() - began
        time.sleep(max(pause_seconds, min(took, LONGEST_PAUSE_SECONDS)))


def free_port() -> int:
    """A loopback port that nobody uses at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens on a loopback port."""
    with socket.socket() as knock:
        knock.settimeout(1)
        return knock.connect_ex((host, port)) == 0


class Running:
    """One process in a group of its own, with everything it prints appended to `log`."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Start it. Its environment is ours with `environment` on top."""
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                cwd=folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process's id, which is also its group's."""
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def wait_for_port(self, port: int, *, seconds: float, host: str = "127.0.0.1") -> None:
        """Wait until it listens.

        Raises `NotInTime` with the end of the log when it does not, or has died; it is ended then.
        """
        try:
            wait_until(
                lambda: answers(port, host) or not self.is_alive,
                seconds=seconds,
                what=f"an answer at port {port}",
                pause_seconds=0.05,
            )
        except NotInTime as cause:
            self.kill()
            raise NotInTime(f"{cause}\n{self.last_words()}") from cause
        if not self.is_alive:
            raise NotInTime(f"{self.process.args!r} ended at once.\n{self.last_words()}")

    def stop(self, *, seconds: float = 10) -> int:
        """Ask it to end (SIGTERM), wait, and kill the group if it will not. Gives the exit code."""
        if self.is_alive:
            self.process.terminate()
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = self.kill()
        return code

    def interrupt(self, *, seconds: float = 10) -> int:
        """Ctrl-C for the whole group, as a terminal sends it. Raises `TimeoutExpired`."""
        os.killpg(self.pid, signal.SIGINT)
        return self.process.wait(seconds)

    def kill(self) -> int:
        """End the whole group at once (SIGKILL), children that are left over too."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        return self.process.wait()

    def last_words(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-LOG_TAIL_CHARACTERS:]

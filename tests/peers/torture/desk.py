"""A person at the desk: asks the process in `inside.py`, and starts it anew when it was killed."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until

INSIDE = Path(__file__).parent / "inside.py"
END_OF_LOG_CHARACTERS = 4000


class DeskFell(Exception):
    """The process died before it answered. Whether it did what was asked, nobody knows."""


class Desk:
    """One desk at an installation."""

    def __init__(self, house: ResonanzProcess) -> None:
        """Start nothing yet."""
        self._house = house
        self._process: subprocess.Popen[str] | None = None
        self.log = house.home.with_suffix(".desk.log")

    def ask(self, question: str, **words: Any) -> dict[str, Any]:
        """Ask and wait for the answer. Raises `DeskFell`."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"ask": question, **words}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError as cause:
            raise DeskFell(question) from cause
        if not line:
            raise DeskFell(f"{question}: {self.log.read_text()[-END_OF_LOG_CHARACTERS:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask_until_told(self, question: str, **words: Any) -> dict[str, Any]:
        """Ask again when the desk falls. Only for questions that change nothing."""

        def told() -> dict[str, Any] | None:
            try:
                return self.ask(question, **words)
            except DeskFell:
                return None

        return wait_until(told, seconds=60, what=f"an answer to {question}: see {self.log}")

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._clear_away()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is not None:
            self._clear_away()
        if self._process is None:
            with self.log.open("ab") as out:
                self._process = subprocess.Popen(
                    [sys.executable, str(INSIDE)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=out,
                    text=True,
                    cwd=self._house.code,
                    env={**os.environ, **self._house.surroundings()},
                    start_new_session=True,
                )
        return self._process

    def _clear_away(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was not written yet nobody will read.
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()

"""Resonanz itself, started from outside as a person starts it."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import httpx

from tests.peers.provide import PROJECT
from tests.peers.servers.running import NotInTime, Running, free_port, wait_until

STARTS_WITHIN_SECONDS = 180


class ResonanzProcess:
    """One installation in a folder of its own, on a free loopback port.

    `reaches` names the hosts inside that its guarded client may speak to. It is not started
    until `start` is called, and can be ended and started again.
    """

    def __init__(
        self,
        home: Path,
        *,
        reaches: Sequence[str] = ("localhost", "127.0.0.1"),
        environment: Mapping[str, str] | None = None,
        port: int | None = None,
        code: Path = PROJECT,
    ) -> None:
        """Choose a port. `environment` comes on top of what is set here.

        `code` holds the package that is run; it may be exchanged between two starts.
        """
        self.code = code
        self.home = home
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = home.with_suffix(".log")
        self.environment = {
            "RESONANZ_HOME": str(home),
            "RESONANZ_PORT": str(self.port),
            "RESONANZ_ALLOWED_HOSTS_INSIDE": ",".join(reaches),
            "PYTHONUNBUFFERED": "1",
            # A proxy of the machine has no business between two servers on loopback.
            "NO_PROXY": "*",
            **(environment or {}),
        }
        self.running: dict[str, Running] = {}

    def furnish(self) -> None:
        """Make the data folder ready, as `resonanz prepare` does.

        On SQLite it becomes a copy of one that was prepared for all tests of this process: a
        first start makes all tables, which takes longer than most tests.
        """
        if self.code == PROJECT and "RESONANZ_DATABASE_URL" not in self.environment:
            shutil.copytree(prepared_home(), self.home)
        else:
            self.prepare()

    def prepare(self) -> None:
        """Make the data folder ready by `resonanz prepare` itself."""
        told = self.command("prepare")
        assert told.returncode == 0, told.stderr

    def start(self, part: str = "up", *, wait: bool = True) -> Running:
        """Start everything (`up`) or one part (`web`, `listen`, `work`).

        With `wait`, `up` and `web` are ready when this returns. Raises `NotInTime`.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        running = Running(
            [sys.executable, "-m", "resonanz", part],
            log=self.log,
            environment=self.surroundings(),
            folder=self.code,
        )
        self.running[part] = running
        if wait and part in ("up", "web"):
            self.wait_until_ready()
        return running

    def wait_until_ready(self, *, seconds: float = STARTS_WITHIN_SECONDS) -> None:
        """Wait until `/healthz` answers. Raises `NotInTime` with the end of the log."""
        try:
            wait_until(
                lambda: self.is_ready() or not self.is_alive,
                seconds=seconds,
                what=f"{self.address}/healthz",
            )
        except NotInTime as cause:
            raise NotInTime(f"{cause}\n{self.last_words()}") from cause
        if not self.is_alive:
            raise NotInTime(f"Resonanz ended while it was starting.\n{self.last_words()}")

    def is_ready(self) -> bool:
        """Whether `/healthz` answers 200."""
        try:
            return httpx.get(f"{self.address}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    @property
    def is_alive(self) -> bool:
        """Whether every part that was started is still running."""
        return all(running.is_alive for running in self.running.values())

    def stop(self, *, seconds: float = 20) -> None:
        """End every part in order; what will not end is killed."""
        for running in self.running.values():
            running.stop(seconds=seconds)
            running.kill()
        self.running.clear()

    def kill(self, part: str = "") -> None:
        """End one part, or all, at once (SIGKILL), with everything that they started."""
        for name in [part] if part else list(self.running):
            self.running.pop(name).kill()

    def command(self, *words: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run `resonanz WORDS…` in the same installation and wait for its end."""
        return subprocess.run(
            [sys.executable, "-m", "resonanz", *words],
            cwd=self.code,
            env={**os.environ, **self.surroundings()},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def surroundings(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        return {**self.environment, "PYTHONPATH": str(self.code)}

    def words(self) -> str:
        """The whole log of all parts."""
        return self.log.read_text(errors="replace") if self.log.is_file() else ""

    def last_words(self) -> str:
        """The end of the log of all parts."""
        return self.words()[-3000:]


@cache
def prepared_home() -> Path:
    """A data folder as `resonanz prepare` leaves it; it goes when this process does."""
    folder = Path(tempfile.mkdtemp(prefix="resonanz-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    house = ResonanzProcess(folder / "home")
    house.prepare()
    return house.home

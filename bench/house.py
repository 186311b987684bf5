"""A running house to measure: processes of its own on a data folder of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bench.town import EMAIL, PASSWORD

READY_WITHIN_SECONDS = 60.0
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Home:
    """Where a town lies: a data folder, and a database of its own where it is not in there."""

    folder: Path
    database: str = ""

    def environment(self, port: int = 0) -> dict[str, str]:
        """The environment of a house."""
        told = {
            "RESONANZ_HOME": str(self.folder),
            "RESONANZ_LOG_LEVEL": "ERROR",
            "RESONANZ_DATABASE_URL": self.database,
        }
        if port:
            told["RESONANZ_PORT"] = str(port)
        return {**os.environ, **told}

    def run(self, *command: str) -> str:
        """Run Python on it and give what it prints."""
        done = subprocess.run(
            [sys.executable, *command],
            env=self.environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


@dataclass(frozen=True)
class House:
    """A house that runs."""

    address: str
    process: subprocess.Popen[bytes]
    seconds_to_ready: float

    def signed_in(self) -> httpx.Client:
        """A client with the owner's session."""
        client = httpx.Client(base_url=self.address, follow_redirects=True, timeout=60)
        client.get("/sign-in/").raise_for_status()
        answer = client.post(
            "/sign-in/",
            data={
                "login": EMAIL,
                "password": PASSWORD,
                "csrfmiddlewaretoken": client.cookies["csrftoken"],
            },
        )
        answer.raise_for_status()
        if "sessionid" not in client.cookies:
            raise RuntimeError("The owner could not sign in.")
        return client

    def memory_mb(self) -> float:
        """Proportional set size of all processes of the house, in MB of 2**20 bytes."""
        root = psutil.Process(self.process.pid)
        family = [root, *root.children(recursive=True)]
        return float(sum(one.memory_full_info().pss for one in family) / 2**20)


@contextmanager
def filled(posts: int, database: str = "") -> Iterator[Home]:
    """A town of about `posts` posts in a temporary place, gone afterwards."""
    home = Home(Path(tempfile.mkdtemp(prefix=f"resonanz-bench-{posts}-")), database)
    try:
        home.run("-m", "bench.town", str(posts))
        yield home
    finally:
        shutil.rmtree(home.folder)


@contextmanager
def running(home: Home, part: str = "up") -> Iterator[House]:
    """Start a part of the house, wait until it is ready, and end it afterwards."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "resonanz", part],
        env=home.environment(port),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(address, began)
        yield House(address, process, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_ready(address: str, began: float) -> None:
    """Ask /healthz until it answers."""
    while time.monotonic() - began < READY_WITHIN_SECONDS:
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{address} was not ready within {READY_WITHIN_SECONDS} s.")


class Listening:
    """A listener that writes into a town while it is told to (`bench.listener`)."""

    def __init__(self, home: Home) -> None:
        """Start it; it rests at first."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.listener"],
            env=home.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.heard: list[dict[str, float]] = []
        self._line()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Posts are taken in meanwhile."""
        self._say("write")
        try:
            yield
        finally:
            self._say("rest")
            self.heard.append(json.loads(self._line()))

    def end(self) -> None:
        """End it."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(timeout=20)

    def posts_a_second(self) -> float:
        """How many posts were taken in each second of writing."""
        return sum(one["posts"] for one in self.heard) / sum(one["seconds"] for one in self.heard)

    def _say(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The listener ended by itself; see above.")
        return line

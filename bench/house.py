"""A running house to measure: processes of its own on a data folder of its own."""

import os
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


def filled_home(posts: int) -> Path:
    """A data folder with a town of about `posts` posts, in a temporary place."""
    home = Path(tempfile.mkdtemp(prefix=f"resonanz-bench-{posts}-"))
    run("-m", "bench.town", str(posts), home=home)
    return home


def run(*command: str, home: Path) -> str:
    """Run Python on a data folder and give what it prints."""
    done = subprocess.run(
        [sys.executable, *command],
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def environment(home: Path, port: int = 0) -> dict[str, str]:
    """The environment of a house."""
    told = {"RESONANZ_HOME": str(home), "RESONANZ_LOG_LEVEL": "ERROR"}
    if port:
        told["RESONANZ_PORT"] = str(port)
    return {**os.environ, **told}


@contextmanager
def running(home: Path, part: str = "up") -> Iterator[House]:
    """Start a part of the house, wait until it is ready, and end it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "resonanz", part],
        env=environment(home, port),
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

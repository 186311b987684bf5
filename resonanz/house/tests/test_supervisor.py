"""The real processes: ready, one page, a part that dies, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(question: Callable[[], bool], seconds: float = 90) -> bool:
    """Ask until the answer is yes, or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether a page answers 200."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def children_of(pid: int) -> dict[int, str]:
    """The running children of a process and what they were started with (Linux)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(status[1]) == pid and status[0] != "Z":
                words = (folder / "cmdline").read_bytes().split(b"\0")
                found[int(folder.name)] = words[-2].decode()
        except (OSError, IndexError):
            continue
    return found


@pytest.fixture
def port() -> int:
    """The port of the house in the test."""
    return free_port()


@pytest.fixture
def house(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A house that runs on a data folder of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "resonanz", "up"],
        env={**os.environ, "RESONANZ_HOME": str(tmp_path), "RESONANZ_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert wait_for(lambda: answers(port)), "the house was not ready"
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)


def all_parts_of(house: subprocess.Popen[bytes]) -> dict[int, str]:
    """Its parts by process id, as soon as all three run; the pages are there before the others."""
    assert wait_for(lambda: sorted(children_of(house.pid).values()) == ["listen", "web", "work"]), (
        "not all parts were started"
    )
    return children_of(house.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_part_that_dies_is_started_again_and_ctrl_c_ends_everything(
    house: subprocess.Popen[bytes], port: int
) -> None:
    parts = all_parts_of(house)
    worker = next(pid for pid, name in parts.items() if name == "work")
    os.kill(worker, signal.SIGKILL)
    assert wait_for(
        lambda: worker not in (now := children_of(house.pid)) and "work" in now.values()
    )
    assert answers(port)
    house.send_signal(signal.SIGINT)
    assert house.wait(timeout=15) == 0
    assert house.stdout is not None
    told = house.stdout.read().decode()
    assert told.count(f"Resonanz: http://localhost:{port}/") == 1
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in parts), 5)
    assert not answers(port)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_part_outlives_a_supervisor_that_was_killed(
    house: subprocess.Popen[bytes], port: int
) -> None:
    parts = all_parts_of(house)
    house.kill()
    house.wait()
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in parts), 15)
    assert not answers(port)


@pytest.mark.parametrize("part", ["web", "listen", "work"])
def test_a_part_whose_supervisor_died_while_it_loaded_leaves(
    part: str, port: int, tmp_path: Path
) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    orphan = subprocess.Popen(
        [sys.executable, "-m", "resonanz", part],
        env={
            **os.environ,
            "RESONANZ_HOME": str(tmp_path),
            "RESONANZ_PORT": str(port),
            "RESONANZ_SUPERVISED": str(gone.pid),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert orphan.wait(timeout=60) == -signal.SIGTERM
    finally:
        orphan.kill()
        orphan.wait()


def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "resonanz", "up"],
            env={**os.environ, "RESONANZ_HOME": str(tmp_path), "RESONANZ_PORT": str(taken)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {taken} is in use" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RESONANZ_PORT", "eighty", "whole number"),
        ("RESONANZ_PACE", "fast", "has to be a number"),
        ("RESONANZ_PUBLIC_ADDRESS", "resonanz.example", "https://resonanz.example"),
        ("RESONANZ_DATABASE_URL", "mysterious", "postgresql://"),
        ("RESONANZ_LOG_LEVEL", "loud", "DEBUG, INFO"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "resonanz", "prepare"],
        env={**os.environ, "RESONANZ_HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr

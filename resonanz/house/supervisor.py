"""`resonanz up`: web, listener and worker under one roof.

A part that dies is started again, after a pause that grows while it keeps dying. Ctrl-C or
SIGTERM ends all of them; whoever does not leave within ten seconds is ended. This process
loads nothing of the house, so it stays small.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

PARTS = ("web", "listen", "work")
# The pages come first: all three load the same, and on a small machine each slows the others.
AFTER_THE_PAGES_SECONDS = 2.0
LOOK_EVERY_SECONDS = 0.2
LEAVE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 20.0
REACHED_AS_LOCALHOST = ("127.0.0.1", "0.0.0.0", "::1", "::")  # noqa: S104 (compared)
# The same stretch of pauses as in the house; read here because this process loads no settings.
PACE = "RESONANZ_PACE"


@dataclass
class Part:
    """One process, when it was started, and how often it has died young."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_again_at: float = 0.0


@dataclass(frozen=True)
class Door:
    """Where the pages are."""

    bind: str
    port: int

    @property
    def host(self) -> str:
        """A name by which this machine reaches it."""
        return "localhost" if self.bind in REACHED_AS_LOCALHOST else self.bind

    @property
    def address(self) -> str:
        """What a human opens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    def is_open(self) -> bool:
        """Whether somebody answers there."""
        try:
            socket.create_connection((self.host, self.port), timeout=1).close()
        except OSError:
            return False
        return True


@dataclass
class Supervisor:
    """Keeps the parts running until it is told to stop, and says once that the door is open."""

    door: Door
    parts: list[Part] = field(default_factory=lambda: [Part(name) for name in PARTS])
    is_stopping: bool = False
    is_told: bool = False

    def run(self) -> int:
        """Start everything and watch it. Gives 0 after a wished end."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        for part in self.parts[1:]:
            part.start_again_at = time.monotonic() + AFTER_THE_PAGES_SECONDS
        while not self.is_stopping:
            for part in self.parts:
                self.look_after(part)
            if not self.is_told and self.door.is_open():
                say(f"Resonanz: {self.door.address}  (Ctrl-C ends it)")
                self.is_told = True
            time.sleep(LOOK_EVERY_SECONDS)
        self.end_all()
        return 0

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Be told to stop."""
        self.is_stopping = True

    def look_after(self, part: Part) -> None:
        """Start a part that is not running, if its pause is over."""
        now = time.monotonic()
        if part.process is not None:
            if part.process.poll() is None:
                return
            self._note_death(part, now)
        if now >= part.start_again_at:
            part.process, part.started_at = start(part.name), now

    def _note_death(self, part: Part, now: float) -> None:
        lived = now - part.started_at
        part.deaths = 0 if lived > HEALTHY_AFTER_SECONDS else part.deaths + 1
        pause = min(2.0**part.deaths / 2, LONGEST_PAUSE_SECONDS) * pace()
        sys.stderr.write(f"resonanz: {part.name} ended and is started again in {pause:.0f} s\n")
        part.process, part.start_again_at = None, now + pause

    def end_all(self) -> None:
        """Ask every part to leave, wait, and end those that stay."""
        running = [part.process for part in self.parts if part.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + LEAVE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def pace() -> float:
    """How our own pauses are stretched; `prepare` has checked that it is a number."""
    return float(os.environ.get(PACE, "").strip() or 1)


def start(name: str) -> subprocess.Popen[bytes]:
    """Start one part. It does not get our Ctrl-C itself, so that it is asked once, by us."""
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "resonanz", name],
        env={**os.environ, "RESONANZ_SUPERVISED": str(os.getpid())},
        start_new_session=True,
    )


def up() -> int:
    """Prepare, then run everything. Gives 1 when something keeps it from starting."""
    prepared = subprocess.run([sys.executable, "-m", "resonanz", "prepare"], check=False)
    if prepared.returncode:
        return prepared.returncode
    bind = os.environ.get("RESONANZ_BIND", "127.0.0.1")
    port = int(os.environ.get("RESONANZ_PORT", "8000") or "8000")
    if is_taken(bind, port):
        sys.stderr.write(
            f"Port {port} is in use by another program. Stop that program, or choose another"
            f" port: RESONANZ_PORT={port + 1} make run\n"
        )
        return 1
    return Supervisor(Door(bind, port)).run()


def say(sentence: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def is_taken(bind: str, port: int) -> bool:
    """Whether somebody else listens there."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError:
            return True
    return False

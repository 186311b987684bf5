"""A real Redis on loopback, for the task engine that needs one."""

from pathlib import Path

from tests.peers.provide import REDIS
from tests.peers.servers.running import Running, free_port

STARTS_WITHIN_SECONDS = 15


class RedisServer:
    """One Redis that keeps nothing on disk. It is started when it is made.

    Killed and started again it is empty: every nudge that lay there is lost, which is meant.
    """

    def __init__(self, folder: Path) -> None:
        """Choose a port and start in `folder` (which is made)."""
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.folder = folder
        self._running: Running | None = None
        folder.mkdir(parents=True)
        self.start()

    def start(self) -> None:
        """Start it on the same port."""
        self._running = Running(
            [
                *(REDIS, "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--dir", self.folder),
            ],
            log=self.folder / "redis.log",
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def kill(self) -> None:
        """End it at once, with everything that lay in it."""
        if self._running:
            self._running.kill()

    stop = kill

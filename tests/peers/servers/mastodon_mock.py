"""mastodon-mock: the whole surface of the Mastodon API, pretended, with faults on demand.

It streams, honours Idempotency-Key and, like Mastodon, notifies nobody of a reply that does
not name him. What it was told survives a kill and a new start.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.peers.servers.mastodon_api import PATIENCE_SECONDS, Person
from tests.peers.servers.running import Running, free_port, wait_until

STARTS_WITHIN_SECONDS = 30


class MockServer:
    """One mastodon-mock with its users. It is started when it is made."""

    def __init__(self, folder: Path, users: Sequence[str]) -> None:
        """Lay out the server in `folder` (which is made) and start it."""
        self.port = free_port()
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        self.folder = folder
        self.log = folder.with_suffix(".log")
        self._running: Running | None = None
        self.users = {
            name: Person(address=self.address, name=name, token=f"token-of-{name}")
            for name in users
        }
        folder.mkdir(parents=True)
        (folder / "settings.toml").write_text(self._settings())
        self.start()

    def start(self) -> None:
        """Start it, on the same port and with what it had before."""
        self._running = Running(
            [
                *(sys.executable, "-m", "mastodon_mock", "serve"),
                *("--config", self.folder / "settings.toml", "--log-level", "warning"),
                *("--host", "127.0.0.1", "--port", str(self.port)),
            ],
            log=self.log,
            folder=self.folder,
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it at once: it hangs on SIGTERM while somebody listens to a stream."""
        if self._running:
            self._running.kill()

    kill = stop

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._running is not None and self._running.is_alive

    def fault(
        self,
        effect: str,
        *,
        path: str = "/api/*",
        methods: Sequence[str] = (),
        times: int | None = 1,
        status: int = 0,
        headers: Mapping[str, str] | None = None,
        delay: float = 0,
    ) -> str:
        """Let the next `times` requests fail (None: all). Gives the fault's id.

        `effect` is ratelimit, status, latency, malformed or timeout; `path` may hold `*`;
        `delay` is in seconds and comes before the request is heard.
        """
        what: dict[str, Any] = {"type": effect, "delay_ms": round(delay * 1000)}
        what |= {"status": status} if status else {}
        what |= {"headers": dict(headers)} if headers else {}
        match: dict[str, Any] = {"path": path} | ({"methods": list(methods)} if methods else {})
        rule = {"match": match, "effect": what, "count": times}
        return str(self._control("POST", "faults", json=rule).json()["id"])

    def end_faults(self) -> None:
        """From now on everything works again."""
        self._control("DELETE", "faults")

    def faults_left(self) -> int:
        """How many faults have not been used up."""
        return len(self._control("GET", "faults").json())

    def expire(self, person: Person) -> None:
        """End a token: every request with it is answered 401 from now on."""
        person.ask("POST", "/oauth/revoke", data={"token": person.token})

    def new_token(self, person: Person) -> str:
        """A fresh token, which `person` uses from now on."""
        answer = self._control("POST", "login", json={"username": person.name})
        person.token = str(answer.json()["access_token"])
        return person.token

    def empty(self) -> None:
        """Back to the first day: users and first tokens only, no faults."""
        self._control("POST", "reset")
        for name, person in self.users.items():
            person.token = f"token-of-{name}"

    def wait_for_listeners(self, count: int = 1, *, seconds: float = 20) -> None:
        """Wait until at least `count` connections of others to this server are open."""
        wait_until(
            lambda: self._open_connections() >= count,
            seconds=seconds,
            what=f"{count} open connection(s) to {self.host}",
        )

    def _open_connections(self) -> int:
        table = Path("/proc/net/tcp").read_text().splitlines()[1:]
        mine = f":{self.port:04X}"
        # Second column our end, fourth the state; 01 is ESTABLISHED.
        return sum(row.split()[1].endswith(mine) and row.split()[3] == "01" for row in table)

    def _control(self, method: str, what: str, **request: Any) -> httpx.Response:
        url = f"{self.address}/api/v1/_mock/{what}"
        return httpx.request(method, url, timeout=PATIENCE_SECONDS, **request).raise_for_status()

    def _settings(self) -> str:
        lines = [
            'url_scheme = "http"',
            f'domain = "{self.host}"',
            'title = "A pretended server"',
            "[database]",
            f'path = "{self.folder / "mock.sqlite3"}"',
            "[streaming]",
            "heartbeat_seconds = 5.0",
        ]
        for name, person in self.users.items():
            lines += [
                "[[seed.accounts]]",
                f'username = "{name}"',
                f'display_name = "{name.title()}"',
                f'access_token = "{person.token}"',
            ]
        return "\n".join(lines) + "\n"

"""snac2: a small, real fediverse server with the Mastodon API, on a loopback port.

It federates, knows OAuth, notifies bare replies too, and lacks streaming, deleting and
Idempotency-Key. Seen in 2.75: it says that it streams (`wss://…`) and does not; it ends every
connection after its answer without saying so; private and direct are the same to it, and its API
calls both private; its API calls every language en and unlisted public, while what it sends to
other servers is right (`SnacServer.kept`); it keeps
languages of two letters only; it sends no Link header with notifications.
"""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.peers.provide import SNAC
from tests.peers.servers.crossroads import Crossroads
from tests.peers.servers.mastodon_api import PATIENCE_SECONDS, Person
from tests.peers.servers.running import Running, free_port

CALLBACK = "http://localhost/back"
STARTS_WITHIN_SECONDS = 15
SETTINGS = {
    # Has to be there before the first user is, who keeps it in his address.
    "protocol": "http",
    "queue_retry_minutes": 1,
    "disable_email_notifications": True,
    "num_threads": 6,
    "show_instance_timeline": True,
}


class SnacServer:
    """One snac2 with its users. It is started when it is made, and can be started again."""

    def __init__(self, folder: Path, users: Sequence[str], crossroads: Crossroads) -> None:
        """Make the server and its users in `folder` (which is made) and start it."""
        self.port = free_port()
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        self.folder = folder
        self.log = folder.with_suffix(".log")
        self._crossroads = crossroads
        self._running: Running | None = None
        self._lay_out()
        passwords = {name: self._add_user(name) for name in users}
        self.start()
        try:
            self.users = {name: self._sign_in(name, told) for name, told in passwords.items()}
        except Exception:
            self.kill()
            raise

    def start(self) -> None:
        """Start it, on the same port and with what it had before."""
        self._running = Running(
            [SNAC, "httpd", self.folder],
            log=self.log,
            environment={"http_proxy": self._crossroads.address, "no_proxy": ""},
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it in order."""
        if self._running:
            self._running.stop()

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        if self._running:
            self._running.kill()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._running is not None and self._running.is_alive

    def kept(self, uri: str) -> dict[str, Any]:
        """A post of its own or of another server as ActivityPub, or {}.

        What another server sent is kept as it came: `contentMap`, `summary`, `to` and `cc`, `tag`.
        """
        for path in (self.folder / "object").rglob("*.json"):
            found: dict[str, Any] = json.loads(path.read_text())
            if found.get("id") == uri:
                return found
        return {}

    def _lay_out(self) -> None:
        answers = ["127.0.0.1", str(self.port), self.host, "", "admin@example.test", ""]
        _snac("init", self.folder, told="\n".join(answers))
        settings = self.folder / "server.json"
        settings.write_text(json.dumps({**json.loads(settings.read_text()), **SETTINGS}))

    def _sign_in(self, name: str, password: str) -> Person:
        token = token_for(self.address, name, password)
        return Person(address=self.address, name=name, password=password, token=token)

    def _add_user(self, name: str) -> str:
        self._crossroads.settle(name, self.port)
        told = _snac("adduser", self.folder, name)
        found = re.search(r"User password is (\S+)", told)
        if not found:
            raise RuntimeError(f"snac gave no password for {name}: {told}")
        return found.group(1)


def token_for(address: str, name: str, password: str) -> str:
    """Sign in as a user in the way that a browser would, and take the token."""
    # snac ends every connection after its answer without saying so; a second request on the
    # same one would meet a closed door now and then.
    once = {"connection": "close"}
    with httpx.Client(base_url=address, timeout=PATIENCE_SECONDS, headers=once) as browser:
        scopes = "read write follow"
        asked = {"client_name": "tests", "redirect_uris": CALLBACK, "scopes": scopes}
        app = browser.post("/api/v1/apps", data=asked).raise_for_status().json()
        signed_in = browser.post(
            "/oauth/x-snac-login",
            data={
                "login": name,
                "passwd": password,
                "redir": CALLBACK,
                "cid": app["client_id"],
                "state": "tests",
            },
        )
        code = httpx.URL(signed_in.headers["location"]).params["code"]
        answer = browser.post(
            "/oauth/token",
            data={
                "grant_type": "authorization_code",
                "client_id": app["client_id"],
                "client_secret": app["client_secret"],
                "redirect_uri": CALLBACK,
                "code": code,
            },
        )
        return str(answer.raise_for_status().json()["access_token"])


def _snac(command: str, folder: Path, *words: str, told: str = "") -> str:
    done = subprocess.run(
        [SNAC, command, folder, *words],
        input=told,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout + done.stderr

"""oidc-provider, a certified OpenID Connect provider for Node, on a loopback port.

Seen in 8.8.1 (the last line for Node 20): its pages for development take any name and password;
then they ask for consent. People's claims come with the user info, not in the signed token.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.peers.provide import NODE_PACKAGES
from tests.peers.servers.running import Running, free_port

SCRIPT = Path(__file__).with_suffix(".mjs")
CLIENT, SECRET = "resonanz", "a-secret-of-the-tests"
STARTS_WITHIN_SECONDS = 20


class OidcProvider:
    """The provider with its people: a name, and what it says about whoever signs in with it."""

    def __init__(self, log: Path, people: Mapping[str, Mapping[str, Any]]) -> None:
        """Choose a port; it is started by `start`, for one redirect address."""
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.people = people
        self.log = log
        self._running: Running | None = None

    def start(self, redirect_uri: str) -> None:
        """Start it, on the same port each time."""
        words = [str(self.port), redirect_uri, json.dumps(self.people)]
        self._running = Running(["node", SCRIPT, NODE_PACKAGES, *words], log=self.log)
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it."""
        if self._running:
            self._running.stop()
            self._running = None

"""A line to an account's own server, with a session that is renewed when it is over.

What the network shows (`app.bsky.…`) is asked for at the same server, which passes the question on
with its own signature. XRPC is plain HTTP with JSON (https://atproto.com/specs/xrpc, read
2026-11-22), so there is no library in between: see docs/decisions/0018.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from resonanz.networks.bluesky import session
from resonanz.networks.bluesky.session import Credentials
from resonanz.networks.bluesky.troubles import TokenEnded, trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.http import send
from resonanz.switchboard.trouble import Refused

# How a server says that a good token may not do this (packages/pds/src/auth-verifier.ts).
NOT_FOR_APP_PASSWORDS = ("Bad token scope", "Bad token method")


class Line:
    """A line to one server for one account. Used by one thread at a time."""

    def __init__(self, address: str, credentials: Credentials, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self._address, self.credentials = address, credentials
        self.surroundings = surroundings

    @property
    def us(self) -> str:
        """Our DID, which is also the name of our repository."""
        return self.credentials.did

    def ask(self, name: str, **params: str | int | Sequence[str]) -> httpx.Response:
        """A question (GET). Raises a `Trouble`. What is empty is not asked with."""
        given = {key: value for key, value in params.items() if value != ""}
        return self._with_session("GET", name, params=given)

    def do(self, name: str, json: Mapping[str, Any]) -> httpx.Response:
        """A deed (POST). Raises a `Trouble`."""
        return self._with_session("POST", name, json=json)

    def bring(self, name: str, content: bytes, content_type: str) -> httpx.Response:
        """A file (POST). Raises a `Trouble`."""
        headers = {"Content-Type": content_type}
        return self._with_session("POST", name, content=content, headers=headers)

    def _with_session(self, method: str, name: str, **request: Any) -> httpx.Response:
        """One request, and once more with a new session where the old one was over.

        A token that is over stops a write before it is heard, so this repeats nothing.
        """
        if not self.credentials.access.value:
            self._renew()
        try:
            return self._send(method, name, **request)
        except TokenEnded:
            self._renew()
        try:
            return self._send(method, name, **request)
        except TokenEnded as still:
            if still.reason.startswith(NOT_FOR_APP_PASSWORDS):
                raise Refused(still.reason) from still
            raise

    def _renew(self) -> None:
        fresh = session.renewed(self._address, self.credentials, self.surroundings)
        self.credentials = fresh
        self.surroundings.renewed(fresh.sealed())

    def _send(self, method: str, name: str, **request: Any) -> httpx.Response:
        token = {"Authorization": f"Bearer {self.credentials.access.value}"}
        return send(
            self.surroundings.http,
            method,
            f"{self._address}/xrpc/{name}",
            writing=method != "GET",
            now=self.surroundings.clock(),
            judge=trouble_of_answer,
            **{**request, "headers": token | request.get("headers", {})},
        )

"""The line to one blog, with one user's application password."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx
import msgspec

from resonanz.networks.wordpress.credentials import Credentials
from resonanz.networks.wordpress.troubles import trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import read
from resonanz.switchboard.http import send
from resonanz.switchboard.shapes import Shape

Payload = TypeVar("Payload")
TOTAL = "x-wp-total"
PAGES = "x-wp-totalpages"


class Listed(Shape):
    """One page of a list: its entries one by one, and what the server counts altogether.

    `total` is -1 and `pages` 0 where it does not say.
    """

    entries: list[msgspec.Raw]
    total: int = -1
    pages: int = 0


def place_of(api: str, route: str) -> tuple[str, list[tuple[str, str]]]:
    """Address and parameters of a route below the root of an API.

    Where a blog has no pretty permalinks the root is `https://blog.example/?rest_route=/`.
    """
    parts = urlsplit(api)
    told = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == "rest_route" for name, _ in told):
        bare = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
        kept = [(name, value) for name, value in told if name != "rest_route"]
        return bare, [*kept, ("rest_route", f"/{route}")]
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return f"{bare}/{route}" if route else f"{bare}/", told


def authorization(user: str, password: str) -> str:
    """The header of RFC 7617. Blanks in an application password are only there to be read."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


class Line:
    """Asks one blog in one user's name."""

    def __init__(self, credentials: Credentials, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self.moderates = credentials.moderates
        self.rights = credentials.rights
        self._api, self._surroundings = credentials.api, surroundings
        self._authorization = authorization(credentials.user, credentials.password.value)

    def get(self, route: str, **asked: str | int) -> httpx.Response:
        """Read. Raises a `Trouble`."""
        return self._send("GET", route, asked)

    def read(self, shape: type[Payload], route: str, **asked: str | int) -> Payload:
        """Read one thing. Raises a `Trouble`."""
        return read(self.get(route, **asked).content, shape)

    def listed(self, route: str, **asked: str | int) -> Listed:
        """Read one page of a list. Raises a `Trouble`."""
        answer = self.get(route, **asked)
        return Listed(
            entries=read(answer.content, list[msgspec.Raw]),
            total=_number(answer, TOTAL, -1),
            pages=_number(answer, PAGES, 0),
        )

    def write(
        self,
        method: str,
        route: str,
        shape: type[Payload],
        asked: Mapping[str, str | int] | None = None,
        **request: Any,
    ) -> Payload:
        """Write; `request` is what `httpx.Client.request` takes. Raises a `Trouble`."""
        return read(self._send(method, route, asked or {}, **request).content, shape)

    def _send(
        self, method: str, route: str, asked: Mapping[str, str | int], **request: Any
    ) -> httpx.Response:
        url, params = place_of(self._api, route)
        params += [(name, str(value)) for name, value in asked.items()]
        return send(
            self._surroundings.http,
            method,
            url,
            writing=method != "GET",
            now=self._surroundings.clock(),
            judge=trouble_of_answer,
            params=params or None,
            headers={"Authorization": self._authorization},
            **request,
        )


def _number(answer: httpx.Response, header: str, otherwise: int) -> int:
    told = answer.headers.get(header, "").strip()
    return int(told[:9]) if told.isascii() and told.isdigit() else otherwise

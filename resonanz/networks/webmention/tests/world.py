"""A few invented sites on a faked wire, and the domain that they link to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx

from resonanz.networks.webmention.connector import WebmentionConnector, network
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import Account, Linkback, Profile, Secret

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RYE = "https://bakery.example/rye"
SOURCE = "https://ada.example/notes/1"

OUR_PAGE = """<!doctype html><html lang="de"><head><title>Roggen | Bäckerei</title>
<link rel="canonical" href="https://bakery.example/rye"></head>
<body class="h-entry"><h1 class="p-name">Vom Roggen</h1>
<time class="dt-published" datetime="2026-02-01T08:00:00+01:00">1. Februar</time>
<div class="e-content"><p>Warum Roggen Zeit braucht.</p></div></body></html>"""

ACCOUNT = Account(
    address="https://bakery.example/",
    profile=Profile(uid="https://bakery.example/", handle="bakery.example", name="Bäckerei"),
    credentials=Secret(value="{}"),
)

Answer = httpx.Response | str


class Wire:
    """Answers by address, a page where it is a text; what it does not know is a 404."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(str(request.url), httpx.Response(404))
        return page(answer) if isinstance(answer, str) else answer


def page(html: str, **headers: str) -> httpx.Response:
    """A web page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(
        200, content=html.encode(), headers={"content-type": "text/html; charset=utf-8", **named}
    )


def other(kind: str, content: str) -> httpx.Response:
    """Something that is no web page."""
    return httpx.Response(200, content=content.encode(), headers={"content-type": kind})


class World:
    """A wire, a clock that stands still, and the connector on both."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.wire = Wire({RYE: OUR_PAGE, **answers})
        self.http = httpx.Client(transport=httpx.MockTransport(self.wire), follow_redirects=True)
        self.surroundings = Surroundings(http=self.http, folder=Path(), clock=lambda: NOW)

    @property
    def connector(self) -> WebmentionConnector:
        return network.open(ACCOUNT, self.surroundings)


def looked_at(source: Answer, *, more: Mapping[str, Answer] | None = None) -> Linkback:
    """What is made of a page that is said to link to our page on rye."""
    return World({SOURCE: source, **(more or {})}).connector.linked_from(SOURCE, RYE)

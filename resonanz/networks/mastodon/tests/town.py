"""An invented town on a pretended wire: what its server says, and what it was asked."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from resonanz.networks.mastodon.connector import MastodonConnector, network
from resonanz.networks.mastodon.sign_in import Credentials
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import Account, Facts, Profile, Secret

SERVER = "https://town.example"
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
US = Profile(
    uid="backstube@town.example",
    handle="@backstube@town.example",
    local_id="1",
    name="Backstube",
    url=f"{SERVER}/@backstube",
)

FACTS = Facts(software="Mastodon", text_limit=500, link_cost=23)

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def person(acct: str = "ada@hill.example", **more: Any) -> dict[str, Any]:
    name, _, host = acct.partition("@")
    return {
        "id": "7" + "".join(str(ord(sign) % 10) for sign in name),
        "acct": acct,
        "display_name": name.title(),
        "url": f"https://{host or 'town.example'}/@{name}",
        "created_at": "2024-01-01T00:00:00.000Z",
    } | more


OURS = person("backstube", id="1")


def naming(*accts: str) -> list[dict[str, Any]]:
    return [{"id": "0", "acct": acct, "url": person(acct)["url"]} for acct in accts]


def status(number: int | str = 10, content: str = "<p>Moin</p>", **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "account": person(),
        "created_at": "2026-03-10T11:00:00.000Z",
        "uri": f"https://hill.example/posts/{number}",
        "url": f"https://hill.example/@ada/{number}",
        "content": content,
        "visibility": "public",
        "spoiler_text": "",
        "language": "de",
        "in_reply_to_id": None,
        "replies_count": 0,
        "mentions": [],
        "tags": [],
        "media_attachments": [],
        "reblog": None,
    } | more


def note(number: int | str, kind: str = "mention", **more: Any) -> dict[str, Any]:
    with_post = {} if kind == "follow" else {"status": status(f"5{number}")}
    return (
        {
            "id": str(number),
            "type": kind,
            "created_at": "2026-03-10T11:30:00.000Z",
            "account": person(),
        }
        | with_post
        | more
    )


def said(body: object, code: int = 200, **headers: Any) -> httpx.Response:
    return httpx.Response(code, json=body, headers=headers)


class Town:
    """A server: `answers` by "METHOD /path"; a list is used up one by one. `asked` remembers."""

    def __init__(self, answers: dict[str, Answer | Sequence[Answer]]) -> None:
        self.answers = answers
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        found = self.answers.get(f"{request.method} {request.url.path.rstrip('/')}")
        if isinstance(found, list):
            found = found.pop(0)
        if found is None:
            return httpx.Response(404, json={"error": "Record not found"})
        if isinstance(found, Exception):
            raise found
        return found(request) if callable(found) else found  # type: ignore[return-value]

    @property
    def paths(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.asked]

    @property
    def surroundings(self) -> Surroundings:
        http = httpx.Client(transport=httpx.MockTransport(self), follow_redirects=True)
        return Surroundings(http=http, folder=Path(), clock=lambda: NOW)


def account(**facts: Any) -> Account:
    return Account(
        address=SERVER,
        profile=US,
        credentials=Credentials(token=Secret(value="t0ken")).sealed(),
        facts=msgspec.structs.replace(FACTS, **facts),
    )


def connected(
    answers: dict[str, Answer | Sequence[Answer]], **facts: Any
) -> tuple[MastodonConnector, Town]:
    town = Town(answers)
    return network.open(account(**facts), town.surroundings), town

"""An invented corner of the network on a pretended wire: what its server says and was asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from resonanz.networks.bluesky.connector import BlueskyConnector, network
from resonanz.networks.bluesky.session import Credentials
from resonanz.networks.bluesky.sign_in import facts_of
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import Account, Profile, Secret

SERVER = "https://pds.example"
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
US, ADA, BOB = "did:plc:us", "did:plc:ada", "did:plc:bob"
OUR_PROFILE = Profile(
    uid=US,
    handle="@backstube.example",
    local_id=US,
    name="Backstube",
    url="https://bsky.app/profile/backstube.example",
)
PASSWORD, ACCESS, REFRESH = "abcd-efgh-ijkl-mnop", "acc3ss-4711", "r3fresh-0815"

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def profile(did: str = ADA, **more: Any) -> dict[str, Any]:
    name = did.rpartition(":")[2]
    handle = "backstube.example" if did == US else f"{name}.example"
    return {"did": did, "handle": handle, "displayName": name.title(), "labels": []} | more


def post(key: str = "1", text: str = "Moin", by: str = ADA, **more: Any) -> dict[str, Any]:
    """A post as the network shows it; `record` in `more` is laid over its record."""
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-03-10T11:00:00.000Z"}
    shown = {
        "uri": uri(key, by),
        "cid": f"cid-{key}",
        "author": profile(by),
        "record": record | more.pop("record", {}),
        "replyCount": 0,
        "indexedAt": "2026-03-10T11:00:01.000Z",
        "labels": [],
        "viewer": {},
    }
    return shown | more


def uri(key: str = "1", by: str = ADA) -> str:
    return f"at://{by}/app.bsky.feed.post/{key}"


def answering(parent: str, root: str = "") -> dict[str, Any]:
    """What a record says that it answers."""
    refs = {"parent": parent, "root": root or parent}
    return {"reply": {name: {"uri": one, "cid": "cid"} for name, one in refs.items()}}


def note(key: str, reason: str, by: str = ADA, about: str = "", **more: Any) -> dict[str, Any]:
    collections = {"like": "feed.like", "repost": "feed.repost", "follow": "graph.follow"}
    collection = collections.get(reason, "feed.post")
    return {
        "uri": f"at://{by}/app.bsky.{collection}/{key}",
        "cid": f"cid-{key}",
        "author": profile(by, description="Backt gern."),
        "reason": reason,
        **({"reasonSubject": about} if about else {}),
        "record": {},
        "isRead": False,
        "indexedAt": "2026-03-10T11:30:00.000Z",
    } | more


def said(body: object, code: int = 200, **headers: Any) -> httpx.Response:
    return httpx.Response(code, json=body, headers=headers)


def refused(error: str, message: str = "", code: int = 400) -> httpx.Response:
    return said({"error": error, "message": message or error}, code)


class Sky:
    """A server: `answers` by the name of the question; a list is used up one by one.

    A whole address stands for another server's. `asked` remembers.
    """

    def __init__(self, answers: Mapping[str, Answer | Sequence[Answer]]) -> None:
        self.answers = answers
        self.asked: list[httpx.Request] = []
        self.renewed: list[Secret] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        address = str(request.url.copy_with(query=None))
        name = request.url.path.removeprefix("/xrpc/") if address.startswith(SERVER) else address
        found = self.answers.get(name)
        if isinstance(found, list):
            found = found.pop(0)
        if found is None:
            return refused("MethodNotImplemented", code=501)
        if isinstance(found, Exception):
            raise found
        return found(request) if callable(found) else found  # type: ignore[return-value]

    @property
    def names(self) -> list[str]:
        return [request.url.path.removeprefix("/xrpc/") for request in self.asked]

    @property
    def surroundings(self) -> Surroundings:
        http = httpx.Client(transport=httpx.MockTransport(self), follow_redirects=True)
        return Surroundings(
            http=http, folder=Path(), clock=lambda: NOW, renewed=self.renewed.append
        )

    def body(self, number: int = -1) -> dict[str, Any]:
        """What was sent with a request."""
        found: dict[str, Any] = msgspec.json.decode(self.asked[number].content)
        return found


def account(**more: Any) -> Account:
    credentials = Credentials(
        did=US,
        password=Secret(value=PASSWORD),
        access=Secret(value=ACCESS),
        refresh=Secret(value=REFRESH),
    )
    found = Account(
        address=SERVER,
        profile=OUR_PROFILE,
        credentials=credentials.sealed(),
        facts=facts_of(SERVER),
    )
    return msgspec.structs.replace(found, **more)


def connected(answers: Mapping[str, Answer | Sequence[Answer]]) -> tuple[BlueskyConnector, Sky]:
    sky = Sky(answers)
    return network.open(account(), sky.surroundings), sky

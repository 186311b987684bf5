"""Bluesky's own reference servers, all in one process on loopback (npm @atproto/dev-env).

Seen in 0.3.215 (the last line for Node 20): it starts in 5 to 9 s and takes 300 to 380 MB. What
shows the network (AppView) lags behind what was written by about half a second, so one waits. A
closed gate before it makes every question to it a 502 `UpstreamFailure`, while the server where
people live goes on. That one has no memory of tokens: any that is signed with its secret holds,
so one that is over can be made.
"""

import base64
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.peers.provide import BLUESKY_PACKAGES
from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.running import Running, free_port, wait_until

SCRIPT = Path(__file__).with_name("bluesky_network.mjs")
PORTS = ("plc", "pds", "bsky", "ozone", "gate", "control")
STARTS_WITHIN_SECONDS = 90
PATIENCE_SECONDS = 30.0
# What is written is shown a little later.
SHOWN_WITHIN_SECONDS = 30.0
# The secret of its tokens, as @atproto/dev-env sets it (dist/pds.js).
JWT_SECRET = "jwt-secret"
POST = "app.bsky.feed.post"
Found = TypeVar("Found")


class BlueskyPerson:
    """One account, signed in. It knows nothing of Resonanz.

    `app_password` may be handed to Resonanz; `token` is of her own session.
    """

    def __init__(self, address: str, handle: str, number: int) -> None:
        """Make the account and an app password for it."""
        self.address, self.handle = address, handle
        self.password = f"password-of-{handle}"
        born = self._session(
            "com.atproto.server.createAccount", email=f"{number}@example.com", handle=handle
        )
        self.did, self.token = str(born["did"]), str(born["accessJwt"])
        made = self.do("com.atproto.server.createAppPassword", name="tests")
        self.app_password = str(made["password"])

    def _session(self, name: str, **asked: str) -> dict[str, Any]:
        told = {**asked, "password": self.password}
        url = f"{self.address}/xrpc/{name}"
        answer = httpx.post(url, json=told, timeout=PATIENCE_SECONDS)
        return dict(answer.raise_for_status().json())

    def ask(self, name: str, /, **params: Any) -> dict[str, Any]:
        """A question with her token. Raises `httpx.HTTPStatusError` for 400 and above."""
        return self._request("GET", name, params=params)

    def do(self, name: str, /, **told: Any) -> dict[str, Any]:
        """A deed with her token."""
        return self._request("POST", name, json=told)

    def _request(self, method: str, name: str, **request: Any) -> dict[str, Any]:
        url, headers = f"{self.address}/xrpc/{name}", {"Authorization": f"Bearer {self.token}"}
        answer = httpx.request(
            method, url, headers=headers, timeout=PATIENCE_SECONDS, **request
        ).raise_for_status()
        return dict(answer.json()) if answer.content else {}

    def create(self, collection: str, **record: Any) -> dict[str, Any]:
        """Write a record into her repository. Gives its `uri` and `cid`."""
        whole = {"$type": collection, "createdAt": _written(datetime.now(UTC)), **record}
        return self.do(
            "com.atproto.repo.createRecord", repo=self.did, collection=collection, record=whole
        )

    def post(
        self,
        text: str,
        *,
        naming: Sequence["BlueskyPerson"] = (),
        answering: Mapping[str, Any] | None = None,
        quoting: Mapping[str, Any] | None = None,
        **record: Any,
    ) -> dict[str, Any]:
        """Say something. People in `naming` are named in the text by their handles already.

        `answering` and `quoting` are posts with `uri` and `cid`, and `record` where they answer
        something themselves.
        """
        facets = [_mention(text, person) for person in naming]
        record |= {"facets": facets} if facets else {}
        if answering:
            parent = {"uri": answering["uri"], "cid": answering["cid"]}
            root = answering.get("record", {}).get("reply", {}).get("root", parent)
            record |= {"reply": {"root": root, "parent": parent}}
        if quoting:
            ref = {"uri": quoting["uri"], "cid": quoting["cid"]}
            record |= {"embed": {"$type": "app.bsky.embed.record", "record": ref}}
        return self.create(POST, text=text, langs=["de"], **record)

    def post_many(self, texts: Sequence[str], *, naming: "BlueskyPerson") -> list[str]:
        """Say up to 200 things with one request, each naming somebody. Gives their addresses."""
        # A page of notifications ends at a moment: each has one of its own.
        begin, kind = datetime.now(UTC), "com.atproto.repo.applyWrites#create"
        writes = [
            {
                "$type": kind,
                "collection": POST,
                "value": {
                    "$type": POST,
                    "text": text,
                    "createdAt": _written(begin + timedelta(milliseconds=number)),
                    "facets": [_mention(text, naming)],
                },
            }
            for number, text in enumerate(texts)
        ]
        told = self.do("com.atproto.repo.applyWrites", repo=self.did, writes=writes)
        return [str(one["uri"]) for one in told["results"]]

    def delete(self, uri: str) -> None:
        """Take a record of hers back."""
        _, _, repo, collection, key = uri.split("/")
        told = {"repo": repo, "collection": collection, "rkey": key}
        self.do("com.atproto.repo.deleteRecord", **told)

    def follow(self, other: "BlueskyPerson") -> dict[str, Any]:
        """Follow somebody."""
        return self.create("app.bsky.graph.follow", subject=other.did)

    def like(self, post: Mapping[str, Any]) -> dict[str, Any]:
        """Like a post."""
        return self._about("app.bsky.feed.like", post)

    def repost(self, post: Mapping[str, Any]) -> dict[str, Any]:
        """Pass a post on."""
        return self._about("app.bsky.feed.repost", post)

    def _about(self, collection: str, post: Mapping[str, Any]) -> dict[str, Any]:
        return self.create(collection, subject={"uri": post["uri"], "cid": post["cid"]})

    def shown(self, uri: str) -> dict[str, Any] | None:
        """A post as the network shows it to her, or None."""
        posts = self.ask("app.bsky.feed.getPosts", uris=[uri])["posts"]
        return dict(posts[0]) if posts else None

    def wait_for_shown(self, uri: str) -> dict[str, Any]:
        """A post once the network shows it."""
        return self.wait(lambda: self.shown(uri), f"the post {uri}")

    def records(self, collection: str = POST) -> list[dict[str, Any]]:
        """All her records of a collection, straight from her repository."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.ask(
                "com.atproto.repo.listRecords",
                **{"repo": self.did, "collection": collection, "limit": 100, **cursor},
            )
            found += page["records"]
            if not page.get("cursor"):
                return found
            cursor = {"cursor": page["cursor"]}

    def notices(self) -> list[dict[str, Any]]:
        """Her notifications, newest first, all of them."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.ask("app.bsky.notification.listNotifications", **{"limit": 100, **cursor})
            found += page["notifications"]
            if not page.get("cursor") or not page["notifications"]:
                return found
            cursor = {"cursor": page["cursor"]}

    def wait_for_notice(self, text: str = "", *, reason: str = "") -> dict[str, Any]:
        """The notification with this text and reason, once it is there."""

        def found() -> dict[str, Any] | None:
            return next(
                (
                    note
                    for note in self.notices()
                    if text in note["record"].get("text", "") and reason in ("", note["reason"])
                ),
                None,
            )

        return self.wait(found, f"{reason or 'a notification'} “{text}” for {self.handle}")

    def wait(self, question: Callable[[], Found | None], what: str) -> Found:
        """Wait for what the network shows a little later."""
        return wait_until(question, seconds=SHOWN_WITHIN_SECONDS, what=what, pause_seconds=0.2)


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _mention(text: str, person: BlueskyPerson) -> dict[str, Any]:
    told, name = text.encode(), f"@{person.handle}".encode()
    start = told.index(name)
    return {
        "index": {"byteStart": start, "byteEnd": start + len(name)},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": person.did}],
    }


class BlueskyServer:
    """The network with its people (`name.test`). It is started when it is made."""

    def __init__(
        self,
        folder: Path,
        users: Sequence[str],
        postgres: PostgresServer,
        *,
        is_limited: bool = False,
    ) -> None:
        """Start it with a database of its own. `is_limited` lets it count requests."""
        self.ports = {name: free_port() for name in PORTS}
        self.port = self.ports["pds"]
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        self.directory = f"http://localhost:{self.ports['plc']}"
        self.log = folder.with_suffix(".log")
        folder.parent.mkdir(parents=True, exist_ok=True)
        database = postgres.new_database(f"bluesky_{self.port}")
        limits = "limited" if is_limited else "unlimited"
        self._running = Running(
            ["node", SCRIPT, BLUESKY_PACKAGES, json.dumps(self.ports), "devnet", limits],
            log=self.log,
            environment={
                "DB_POSTGRES_URL": database,
                "REDIS_HOST": "127.0.0.1:1",
                "LOG_ENABLED": "false",
            },
        )
        try:
            self._running.wait_for_port(self.ports["control"], seconds=STARTS_WITHIN_SECONDS)
            self.users = {
                name: BlueskyPerson(self.address, f"{name}.test", number)
                for number, name in enumerate(users)
            }
        except BaseException:
            self.kill()
            raise

    def close_view(self) -> None:
        """From now on nothing shows the network; the server of the people lives."""
        self._control("close")

    def open_view(self) -> None:
        """All is as it was."""
        self._control("open")

    def _control(self, word: str) -> None:
        url = f"http://localhost:{self.ports['control']}/{word}"
        httpx.get(url, timeout=PATIENCE_SECONDS).raise_for_status()

    def stop(self) -> None:
        """End it in order."""
        self._running.stop()

    def kill(self) -> None:
        """End it at once (SIGKILL). What it had is gone."""
        self._running.kill()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._running.is_alive


def ended(token: str) -> str:
    """A token of this server as it would be an hour after its end."""
    head, told, _ = token.split(".")
    now = int(time.time())
    past = _unpacked(told) | {"iat": now - 10_800, "exp": now - 3600}
    signed = f"{head}.{_packed(json.dumps(past).encode())}"
    seal = hmac.new(JWT_SECRET.encode(), signed.encode(), sha256).digest()
    return f"{signed}.{_packed(seal)}"


def _unpacked(part: str) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

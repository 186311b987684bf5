"""A person who uses a server of the Mastodon API: what she says and what she sees.

This is the other side of a conversation in a test. It knows nothing of Resonanz, and speaks
only to the loopback address of its server.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import httpx
import msgspec

from tests.peers.servers.running import wait_until

Decoded = TypeVar("Decoded")

PATIENCE_SECONDS = 20.0


class Account(msgspec.Struct, frozen=True):
    """An account as the server shows it. `acct` has no leading @."""

    id: str
    username: str
    acct: str
    url: str = ""
    display_name: str = ""


class Named(msgspec.Struct, frozen=True):
    """Somebody named in a status."""

    acct: str
    url: str = ""


class Status(msgspec.Struct, frozen=True):
    """A post. `content` is HTML, `visibility` is public, unlisted, private or direct."""

    id: str
    uri: str
    account: Account
    content: str = ""
    url: str | None = None
    visibility: str = "public"
    spoiler_text: str = ""
    language: str | None = None
    in_reply_to_id: str | None = None
    mentions: list[Named] = []
    reblog: "Status | None" = None
    created_at: str = ""
    favourited: bool = False
    reblogged: bool = False


class Notice(msgspec.Struct, frozen=True):
    """A notification. `type` is mention, reblog, favourite, follow or another."""

    id: str
    type: str
    account: Account
    status: Status | None = None


class Context(msgspec.Struct, frozen=True):
    """What came before a status and what came after it."""

    ancestors: list[Status]
    descendants: list[Status]


class Found(msgspec.Struct, frozen=True):
    """What a search found."""

    accounts: list[Account] = []
    statuses: list[Status] = []


class Person:
    """One account on one server, signed in.

    `handle` names her everywhere (`@bert@localhost:41234`); `token` may be handed to Resonanz;
    `password` is for sign-in pages and "" on servers that have none.
    """

    def __init__(self, *, address: str, name: str, token: str, password: str = "") -> None:
        """Keep who she is. Makes no request."""
        self.address = address
        self.name = name
        self.token = token
        self.password = password
        self.handle = f"@{name}@{address.partition('://')[2]}"

    def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One request with her token. Raises `httpx.HTTPStatusError` for 400 and above."""
        headers = {"authorization": f"Bearer {self.token}", **request.pop("headers", {})}
        url = f"{self.address}{path}"
        response = httpx.request(method, url, headers=headers, timeout=PATIENCE_SECONDS, **request)
        return response.raise_for_status()

    def get(self, shape: type[Decoded], path: str, **parameters: str | int) -> Decoded:
        """Read something in a known shape."""
        response = self.ask("GET", path, params=parameters)
        return msgspec.json.decode(response.content, type=shape)

    def me(self) -> Account:
        """Her own account."""
        return self.get(Account, "/api/v1/accounts/verify_credentials")

    def post(
        self,
        text: str,
        *,
        answering: str = "",
        visibility: str = "public",
        warning: str = "",
        language: str = "",
    ) -> Status:
        """Say something. `answering` is the local id of the status that it answers."""
        fields = {
            "status": text,
            "in_reply_to_id": answering,
            "visibility": visibility,
            "spoiler_text": warning,
            "language": language,
        }
        data = {name: value for name, value in fields.items() if value}
        return self._change("/api/v1/statuses", data)

    def edit(self, local_id: str, text: str) -> Status:
        """Change what she said."""
        response = self.ask("PUT", f"/api/v1/statuses/{local_id}", data={"status": text})
        return msgspec.json.decode(response.content, type=Status)

    def boost(self, local_id: str) -> Status:
        """Pass a status on."""
        return self._change(f"/api/v1/statuses/{local_id}/reblog")

    def favourite(self, local_id: str) -> Status:
        """Favour a status."""
        return self._change(f"/api/v1/statuses/{local_id}/favourite")

    def follow(self, handle: str) -> Account:
        """Follow somebody, on this server or another."""
        account = self.account(handle)
        self.ask("POST", f"/api/v1/accounts/{account.id}/follow")
        return account

    def account(self, handle: str) -> Account:
        """Look somebody up, asking her server when needed. Raises `LookupError`."""
        parameters = {"q": handle, "type": "accounts", "resolve": "true"}
        for account in self.get(Found, "/api/v2/search", **parameters).accounts:
            if handle.lstrip("@") in (account.acct, f"{account.acct}@{self.handle.split('@')[2]}"):
                return account
        raise LookupError(f"{self.handle} finds no {handle}.")

    def status(self, local_id: str) -> Status:
        """One status."""
        return self.get(Status, f"/api/v1/statuses/{local_id}")

    def context(self, local_id: str) -> Context:
        """What stands around a status."""
        return self.get(Context, f"/api/v1/statuses/{local_id}/context")

    def timeline(self) -> list[Status]:
        """Her home timeline, newest first, one page."""
        return self.get(list[Status], "/api/v1/timelines/home", limit=40)

    def said(self) -> list[Status]:
        """What she said herself, newest first, one page."""
        return self.get(list[Status], f"/api/v1/accounts/{self.me().id}/statuses", limit=40)

    def said_ever(self) -> list[Status]:
        """Everything that she said herself, newest first, boosts excepted."""
        return [status for status in self.pages_of(self.me().id) if status.reblog is None]

    def pages_of(self, account_id: str) -> list[Status]:
        """Everything that an account shows her, newest first."""
        path = f"/api/v1/accounts/{account_id}/statuses"
        found: dict[str, Status] = {}
        while page := self.get(list[Status], path, limit=40, **_before(found)):
            fresh = {status.id: status for status in page if status.id not in found}
            if not fresh:
                break
            found |= fresh
        return list(found.values())

    def notified_ever(self) -> list[Notice]:
        """All her notifications, newest first."""
        path = "/api/v1/notifications"
        found: dict[str, Notice] = {}
        while page := self.get(list[Notice], path, limit=40, **_before(found)):
            fresh = {notice.id: notice for notice in page if notice.id not in found}
            if not fresh:
                break
            found |= fresh
        return list(found.values())

    def notifications(self, types: Sequence[str] = ()) -> list[Notice]:
        """Her notifications, newest first, one page; only of the given types if there are any."""
        notices = self.get(list[Notice], "/api/v1/notifications", limit=40)
        return [notice for notice in notices if not types or notice.type in types]

    def wait_for_notice(self, words: str, *, seconds: float = 30) -> Notice:
        """The newest notification about a status that holds `words`, as soon as it is there."""
        return wait_until(
            lambda: next(
                (n for n in self.notifications() if n.status and words in n.status.content), None
            ),
            seconds=seconds,
            what=f"a notification for {self.handle} with “{words}”",
            pause_seconds=0.3,
        )

    def wait_for_post(self, words: str, *, seconds: float = 30) -> Status:
        """The newest status (or what it passes on) in her timeline that holds `words`."""
        return wait_until(
            lambda: next((s for s in self.timeline() if words in (s.reblog or s).content), None),
            seconds=seconds,
            what=f"a post in the timeline of {self.handle} with “{words}”",
            pause_seconds=0.3,
        )

    def _change(self, path: str, data: dict[str, str] | None = None) -> Status:
        response = self.ask("POST", path, data=data)
        return msgspec.json.decode(response.content, type=Status)


def _before(found: Mapping[str, object]) -> dict[str, str]:
    return {"max_id": list(found)[-1]} if found else {}

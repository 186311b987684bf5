"""Bluesky in the torture: its people in the shapes that the other towns speak in.

The network holds everything in memory, so it is not killed: while it is “down” its line breaks
before anything is heard, and comes back with all that it knew.
"""

from typing import Any

import httpx

from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer
from tests.peers.servers.broken_line import BrokenLine, Moment
from tests.peers.servers.mastodon_api import Account, Context, Named, Notice, Status

# More requests than anybody makes while it is down.
EVERYTHING = 100_000
ANYTHING = ".*"
DEPTH = 50


class SkyPerson:
    """An account at Bluesky, as `mastodon_api.Person` is one elsewhere.

    `token` is the app password, `name` the handle without the part that all share.
    """

    def __init__(self, person: BlueskyPerson) -> None:
        """Know her."""
        self.person = person
        self.name = person.handle.partition(".")[0]
        self.handle = f"@{person.handle}"
        self.token = person.app_password
        self.address = person.address

    def me(self) -> Account:
        """Her account."""
        return _account({"did": self.person.did, "handle": self.person.handle})

    def said_ever(self) -> list[Status]:
        """All her posts, straight from her repository."""
        author = {"did": self.person.did, "handle": self.person.handle}
        records = self.person.records()
        return [_status(one["uri"], author, one["value"]) for one in records]

    def notified_ever(self) -> list[Notice]:
        """All that she was told of."""
        return [
            Notice(
                id=note["uri"],
                type=note["reason"],
                account=_account(note["author"]),
                status=_status(note["uri"], note["author"], note["record"]),
            )
            for note in self.person.notices()
            if note["reason"] in ("mention", "reply", "quote")
        ]

    def context(self, uri: str) -> Context:
        """What stands below a post; nothing while the network does not show it yet."""
        name = "app.bsky.feed.getPostThread"
        try:
            thread = self.person.ask(name, uri=uri, depth=DEPTH)["thread"]
        except httpx.HTTPStatusError:
            return Context(ancestors=[], descendants=[])
        return Context(ancestors=[], descendants=_below(thread))

    def recent(self, did: str, count: int) -> list[Status]:
        """Somebody's latest posts, as the network shows them to her."""
        feed = self.person.ask("app.bsky.feed.getAuthorFeed", actor=did, limit=count)["feed"]
        return [_shown(entry["post"]) for entry in feed]

    def post(self, text: str, *, answering: str = "", naming: "SkyPerson | None" = None) -> None:
        """Say something."""
        answered = self.person.wait_for_shown(answering) if answering else None
        named = [naming.person] if naming and naming.handle in text else []
        self.person.post(text, naming=named, answering=answered)


def _account(shown: dict[str, Any]) -> Account:
    handle = str(shown["handle"])
    return Account(id=shown["did"], username=handle.partition(".")[0], acct=handle)


def _shown(post: dict[str, Any]) -> Status:
    return _status(post["uri"], post["author"], post["record"])


def _status(uri: str, author: dict[str, Any], record: dict[str, Any]) -> Status:
    named = [
        Named(acct=feature["did"])
        for facet in record.get("facets", ())
        for feature in facet["features"]
        if "did" in feature
    ]
    return Status(
        id=uri,
        uri=uri,
        account=_account(author),
        content=record["text"],
        in_reply_to_id=record.get("reply", {}).get("parent", {}).get("uri"),
        mentions=named,
        created_at=record["createdAt"],
    )


def _below(thread: dict[str, Any]) -> list[Status]:
    found: list[Status] = []
    for below in thread.get("replies", ()):
        if "post" in below:
            found += [_shown(below["post"]), *_below(below)]
    return found


class SkyServer:
    """The network with its line, as something that can be killed and started."""

    def __init__(self, network: BlueskyServer, line: BrokenLine) -> None:
        """Know both."""
        self.network, self._line = network, line
        self.users = {name: SkyPerson(person) for name, person in network.users.items()}

    def kill(self) -> None:
        """Nobody hears anything any more."""
        for method in ("GET", "POST"):
            self._line.cut(method, ANYTHING, moment=Moment.ARRIVED, times=EVERYTHING)

    def start(self) -> None:
        """All is as it was."""
        self._line.mend()

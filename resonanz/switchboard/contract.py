"""What a network gives and what it is given.

A folder in `resonanz/networks/` holds one `Network` named `network`. A network knows how an
account is connected, and opens a `Connector` on a connected account. A connector does one
thing per method and says beforehand in `can` which of them it offers; a method that is not in
`can` raises `NotOffered`. Everything a connector needs from the world is handed in as
`Surroundings`, so that tests can hand in a different world.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Protocol

import httpx

from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Circles,
    Composed,
    Endpoints,
    Linkback,
    Outgoing,
    Pages,
    ReactionKind,
    Receipt,
    Secret,
    Shape,
    ShieldKind,
    Standing,
    Thread,
)


class Can(StrEnum):
    """What a connector may offer.

    What can be done as a reaction (BOOST, FAVOURITE, FOLLOW) and as a shield (MUTE, BLOCK) can
    be taken back by the same method. QUOTE and ARTICLE say what `publish` takes besides plain
    posts: `Outgoing.quoting`, `Outgoing.title` and `is_draft`. LINKBACKS are pages that link to
    one another and tell so: `linked_from`, `endpoints_of` and `tell_of_link`.
    """

    NOTIFICATIONS = "notifications"
    REPLIES = "replies"
    HOME = "home"
    THREAD = "thread"
    STREAM = "stream"
    PUBLISH = "publish"
    ANSWER = "answer"
    ANSWER_DIRECT = "answer_direct"
    BOOST = "boost"
    FAVOURITE = "favourite"
    FOLLOW = "follow"
    MEDIA = "media"
    EDIT = "edit"
    DELETE = "delete"
    MUTE = "mute"
    BLOCK = "block"
    REPORT = "report"
    ORIGIN = "origin"
    QUOTE = "quote"
    ARTICLE = "article"
    MODERATE = "moderate"
    FOLLOWERS = "followers"
    FOLLOWED = "followed"
    LINKBACKS = "linkbacks"


class Way(StrEnum):
    """How an account is connected."""

    OAUTH = "oauth"
    TOKEN = "token"
    ADDRESS = "address"


class Field(Shape):
    """One question that the connect form asks. Labels are message ids, translated by the page.

    `kind` is text, secret or url.
    """

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    required: bool = True
    example: str = ""


class WayIn(Shape):
    """One way to connect, with its questions."""

    way: Way
    label: str
    fields: tuple[Field, ...]


class Begun(Shape):
    """A connection under way: send the person to `address`, keep `memo` (secret) until back."""

    address: str
    memo: str

    def __repr__(self) -> str:
        """Hide the memo."""
        return f"Begun(address={self.address!r}, memo=…)"


def now_utc() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def forget_secret(secret: Secret) -> None:
    """Keep renewed credentials nowhere: for tests, and while an account is being connected."""
    del secret


@dataclass(frozen=True)
class Surroundings:
    """What a connector is handed from the world.

    `http` is the guarded client: a connector makes no client of its own. `folder` is a place
    for a network that must keep a file of its own; only the pretend network does. `clock`
    tells the time. A connector hands credentials that took the place of its account's to
    `renewed`, at once: they are sealed and kept, and the next connector is opened with them.
    """

    http: httpx.Client
    folder: Path
    clock: Callable[[], datetime] = now_utc
    renewed: Callable[[Secret], None] = forget_secret


class Connector(Protocol):
    """One connected account. Every method may raise any `Trouble` and nothing else.

    Reading methods yield pages as they come; the last page carries the new cursor. An empty
    cursor means a first look: a connector then reads a bounded amount and marks it as backlog.
    """

    @property
    def can(self) -> frozenset[Can]:
        """The abilities of this account on this server."""
        ...

    @property
    def wanting(self) -> frozenset[Can]:
        """What the server offers besides, once the account has been connected again.

        Our token does not reach so far: it was given before we asked for more.
        """
        ...

    def verify(self) -> Account:
        """Ask the server who we are. Gives a fresh profile and fresh facts."""
        ...

    def notifications(self, cursor: str) -> Pages:
        """What the network reports to us: mentions, direct posts, boosts, favourites, follows."""
        ...

    def replies(self, cursor: str) -> Pages:
        """Answers to our own recent posts, also those that do not name us."""
        ...

    def home(self, cursor: str) -> Pages:
        """What the accounts we follow, or the source we read, are saying."""
        ...

    def thread(self, local_id: str) -> Thread:
        """The conversation around a post, itself included, oldest first."""
        ...

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        """The conversation around a post as the server where it was written shows it to anybody.

        Asked without our token, with two requests at most. What comes back has no `local_id`:
        our server may not know it; `resolve` says. Raises `Refused` where the origin shows it
        to nobody unknown or speaks otherwise, `Gone` where it is not there any more.
        """
        ...

    def stream(self, stop: Event) -> Pages:
        """Pages as they happen, until `stop` is set (then it ends) or the line breaks (TryLater).

        Yields an empty page as soon as the line is open, and at least every 30 seconds from then
        on as a sign of life. Cursors are not moved.
        """
        ...

    def compose(self, outgoing: Outgoing) -> Composed:
        """The text as it would stand there, counted in the network's unit. No request."""
        ...

    def upload(self, attachment: Attachment) -> str:
        """Bring a file of ours to the server; gives its `local_id` there, to be kept at once.

        The server may still be at work on it afterwards. One that nothing uses in the end is
        thrown away by the server after a while, so doing it twice does no harm.
        """
        ...

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Say it. Safe to call again with the same key only after `find_published`.

        Pictures that have no `local_id` yet are uploaded first. Raises `TryLater` while the
        server is still at work on one of them; nothing has been said then.
        """
        ...

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look whether an earlier attempt with this key arrived after all."""
        ...

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Make a post of ours say this instead; pictures that are not in `outgoing` go.

        May be repeated: the same content changes nothing. Audience and what is answered stay as
        they were. Raises `Gone` where the post is not there any more.
        """
        ...

    def delete(self, local_id: str) -> None:
        """Take a post of ours back. One that is already gone is fine."""
        ...

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Boost, favourite or follow, or take it back. Doing either twice changes nothing.

        `local_id` is a post's, or an account's for a follow.
        """
        ...

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Mute or block an account, or end it. Doing either twice changes nothing."""
        ...

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Tell the server's moderators about an account, with its posts as proof.

        `reason` is ours, in plain text. With `forward` the account's own server is told as well.
        After a line that broke (`Unsure`) nobody can look whether the report arrived.
        """
        ...

    def moderate(self, local_id: str, standing: Standing) -> None:
        """Give a comment on our own page another standing. Doing it twice changes nothing.

        Raises `Gone` where it is not there any more.
        """
        ...

    def followers(self, cursor: str) -> Circles:
        """Who follows us, from the beginning or from where an earlier reading stopped."""
        ...

    def followed(self, cursor: str) -> Circles:
        """Whom we follow, likewise."""
        ...

    def linked_from(self, source: str, target: str) -> Linkback:
        """What the page at `source` says that is reported to link to `target`, a page of ours.

        Raises `Refused` where it does not link there or is no page, and `Gone` where it is not
        there any more, or where we have no such page.
        """
        ...

    def endpoints_of(self, address: str) -> Endpoints:
        """Where a page wants to be told of links to it."""
        ...

    def tell_of_link(self, endpoints: Endpoints, source: str, target: str) -> None:
        """Tell one of the endpoints of `target` that `source`, a page of ours, links there.

        May be repeated: the other side looks again, also when the link has gone. Raises
        `Refused` with its words where it does not take it.
        """
        ...

    def resolve(self, uid: str, url: str) -> str:
        """This server's local id for a post known by uid or address elsewhere ("" if unknown)."""
        ...


class AddressList(Protocol):
    """How a network's sources are brought and taken along as a file, like OPML.

    `name` is what people call such a file; `content_type` is what it is sent as.
    """

    name: str
    file_name: str
    content_type: str

    def read(self, content: bytes) -> list[tuple[str, str]]:
        """The sources in a file as (title, address). Raises `Unreadable` with a sentence."""
        ...

    def write(self, entries: Iterable[tuple[str, str]]) -> bytes:
        """A file with these sources, given as (title, address)."""
        ...


class Network(Protocol):
    """One network: its names, how to connect, and how to open a connector.

    `limits` are in `limits.py` of the network's folder. `icon` is the SVG's path.
    `address_list` is None where sources are not brought in lists.
    """

    slug: str
    name: str
    icon: Path
    ways_in: tuple[WayIn, ...]
    polling: "Polling"
    is_pretend: bool

    @property
    def address_list(self) -> AddressList | None:
        """How lists of sources are brought, where they are."""
        ...

    def drawn(self, url: str) -> bytes | None:
        """A picture that the network draws itself (PNG), without a request.

        None for one that has to be fetched, as everywhere but in the pretend town.
        """
        ...

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Start connecting: either done at once, or the person has to go somewhere first."""
        ...

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """The person came back to `callback` with `answers` in the address."""
        ...

    def open(self, account: Account, surroundings: Surroundings) -> Connector:
        """A connector on a connected account. Makes no request."""
        ...

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """The channel is being removed: revoke the token, delete files. Trouble is allowed."""
        ...


class Polling(Shape):
    """How often each lane is looked at, in seconds, and how many requests a lane may make.

    `requests_per_minute` is what we allow ourselves on one channel, below the network's limit.
    """

    notifications_seconds: int = 60
    replies_seconds: int = 300
    home_seconds: int = 180
    requests_per_minute: int = 40


__all__ = [
    "AddressList",
    "Begun",
    "Can",
    "Connector",
    "Field",
    "Network",
    "Polling",
    "Surroundings",
    "Way",
    "WayIn",
    "now_utc",
]

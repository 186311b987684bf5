"""A network that does as a test tells it, put into the registry for the time of a test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, cast

from resonanz.switchboard.contract import (
    Begun,
    Can,
    Connector,
    Field,
    Network,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.registry import networks
from resonanz.switchboard.shapes import Account, Page, Pages, Profile, Secret
from resonanz.switchboard.trouble import Refused, Trouble, TryLater, Unreadable

MEMO = "nobody may read this memo"
TOKEN = "nobody-may-read-this-token"
DENIED = "You did not allow Resonanz to use this account, so it was not connected."


def toy_account(name: str) -> Account:
    """An account of the toy network."""
    return Account(
        address=f"https://toy.example/{name}",
        profile=Profile(uid=f"toy:{name}", handle=f"@{name}@toy.example", name=name.title()),
        credentials=Secret(value=TOKEN),
    )


class ToyConnector:
    """Reads nothing, or runs into the trouble that its network was given."""

    can = frozenset({Can.NOTIFICATIONS})
    wanting: frozenset[Can] = frozenset()

    def __init__(self, network: "Toy") -> None:
        self.network = network

    def notifications(self, cursor: str) -> Pages:
        if self.network.trouble is not None:
            raise self.network.trouble
        yield Page(cursor="read")

    def stream(self, stop: Event) -> Pages:
        for _ in range(self.network.signs):
            yield Page()
        raise TryLater("The line broke.")


class ToyLists:
    """A list of addresses with one a line."""

    name = "TXT"
    file_name = "toys.txt"
    content_type = "text/plain; charset=utf-8"

    def read(self, content: bytes) -> list[tuple[str, str]]:
        if b"\0" in content:
            raise Unreadable("This is no text.")
        lines = content.decode().split()
        return [(line.title(), f"https://toy.example/{line}") for line in lines]

    def write(self, entries: Any) -> bytes:
        return "\n".join(address for _, address in entries).encode()


class Toy:
    """The network: one way by OAuth, one by token, one by address."""

    slug = "toy"
    name = "Toy"
    icon = Path(__file__).with_name("none.svg")
    is_pretend = False
    polling = Polling()
    address_list = ToyLists()
    ways_in = (
        WayIn(way=Way.OAUTH, label="Sign in there", fields=(Field(name="server", label="Server"),)),
        WayIn(
            way=Way.TOKEN,
            label="Use a token",
            fields=(
                Field(name="server", label="Server"),
                Field(name="token", label="Access token", kind="secret"),
            ),
        ),
        WayIn(
            way=Way.ADDRESS, label="By address", fields=(Field(name="address", label="Address"),)
        ),
    )

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.callbacks: list[str] = []
        self.asked: list[str] = []
        # How many pages a line gives before it breaks.
        self.signs = 0

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        if self.trouble is not None:
            raise self.trouble
        if way is Way.OAUTH:
            self.callbacks.append(callback)
            return Begun(address=f"https://{answers['server']}/allow?app=1&x=2", memo=MEMO)
        typed = answers.get("address") or answers["server"]
        self.asked.append(typed)
        return toy_account(typed.rpartition("/")[2])

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        assert memo == MEMO
        if answers.get("error"):
            raise Refused(DENIED)
        return toy_account(answers["account"])

    def open(self, account: Account, surroundings: Surroundings) -> Connector:
        return cast(Connector, ToyConnector(self))

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        if self.trouble is not None:
            raise self.trouble


@contextmanager
def toy_in_registry() -> Iterator[Toy]:
    """Installs the toy network for the time of the block."""
    toy = Toy()
    networks()[toy.slug] = cast(Network, toy)
    try:
        yield toy
    finally:
        del networks()[toy.slug]

"""One connector in a world of its own: a fake wire, an empty folder, a clock moved by hand."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import msgspec

from resonanz.switchboard.contract import Can, Connector, Surroundings
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import (
    Answering,
    Audience,
    Outgoing,
    Pages,
    Reaction,
    ReactionKind,
    Said,
)
from resonanz.switchboard.testkit.case import LANGUAGE, NOW, TEXT, Case, ContractBroken, Exchange
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.trouble import Trouble

LANES = (Can.NOTIFICATIONS, Can.REPLIES, Can.HOME)
SPEAKING = (Can.PUBLISH, Can.ANSWER, Can.ANSWER_DIRECT)
REACTING = {
    Can.BOOST: ReactionKind.BOOST,
    Can.FAVOURITE: ReactionKind.FAVOURITE,
    Can.FOLLOW: ReactionKind.FOLLOW,
}
WRITING = (*SPEAKING, *REACTING)
MOST_PAGES_OF_A_STREAM = 50
NOTHING = Exchange(answers={})


class World:
    """A connector with everything around it."""

    def __init__(self, case: Case, wire: Wire, folder: Path) -> None:
        """Open a connector of the case on this wire."""
        self.case, self.wire = case, wire
        self.clock = HandClock(NOW)
        self.http = httpx.Client(transport=httpx.MockTransport(wire))
        self.surroundings = Surroundings(http=self.http, folder=folder, clock=self.clock)
        self.connector: Connector = case.network.open(case.account, self.surroundings)
        # Everything that the connector gave, for the checks of what must not be in it.
        self.given: list[object] = []


@contextmanager
def world(case: Case, wire: Wire) -> Iterator[World]:
    """A world that is cleaned up afterwards."""
    with TemporaryDirectory(prefix="testkit-") as folder:
        made = World(case, wire, Path(folder))
        with closing(made.http):
            try:
                yield made
            finally:
                if wire.complaint:
                    raise wire.complaint


def exchange_of(case: Case, ability: Can) -> Exchange:
    """The exchange of an ability. A case with a wire must have one."""
    if not case.has_wire:
        return case.exchanges.get(ability, NOTHING)
    try:
        return case.exchanges[ability]
    except KeyError:
        raise ContractBroken(
            f"“{ability.value}” is offered, and the case has no exchange for it."
        ) from None


def outgoing_for(case: Case, ability: Can, *, key: str = "kit-1") -> Outgoing:
    """What the kit says for an ability: a post, an answer, or a direct answer."""
    direct = ability is Can.ANSWER_DIRECT
    answering = None
    if ability is not Can.PUBLISH:
        answering = Answering(
            uid=case.answered.uid + "/1",
            local_id=case.exchanges.get(ability, NOTHING).local_id,
            audience=Audience.DIRECT if direct else Audience.PUBLIC,
            names=(case.answered,) if case.names_the_answered else (),
        )
    return Outgoing(
        key=key,
        text=TEXT,
        audience=Audience.DIRECT if direct else Audience.PUBLIC,
        language=LANGUAGE if case.keeps_languages else "",
        answering=answering,
    )


def later(outgoing: Outgoing) -> Outgoing:
    """The same text at a second attempt."""
    return msgspec.structs.replace(outgoing, first_tried_at=NOW - timedelta(seconds=30))


def do(here: World, ability: Can, *, cursor: str = "") -> object:
    """Use an ability once, to its end. What was given is also kept in `here.given`."""
    connector, case = here.connector, here.case
    given: object = None
    if ability in LANES:
        given = read(here, lane(connector, ability, cursor))
    elif ability is Can.STREAM:
        given = listen(here)
    elif ability is Can.THREAD:
        given = connector.thread(case.exchanges.get(ability, NOTHING).local_id)
    elif ability in REACTING:
        local_id = case.exchanges.get(ability, NOTHING).local_id
        connector.react(REACTING[ability], local_id)
    else:
        given = connector.publish(outgoing_for(case, ability))
    here.given.append(given)
    return given


def lane(connector: Connector, ability: Can, cursor: str) -> Pages:
    """The pages of a lane."""
    match ability:
        case Can.NOTIFICATIONS:
            return connector.notifications(cursor)
        case Can.REPLIES:
            return connector.replies(cursor)
        case _:
            return connector.home(cursor)


class Reading:
    """What a lane gave, also if it broke off: then `trouble` says how."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.posts: list[Said] = []
        self.reactions: list[Reaction] = []
        self.cursor: str | None = None
        self.trouble: Trouble | None = None

    @property
    def names(self) -> list[tuple[str, str]]:
        """What tells the things found apart: uid, and who passed it on."""
        posts = [(post.uid, post.shared_by.uid if post.shared_by else "") for post in self.posts]
        return posts + [(reaction.uid, "reaction") for reaction in self.reactions]

    def take(self, pages: Pages) -> None:
        """Take in pages as they come."""
        for page in pages:
            self.posts += page.posts
            self.reactions += page.reactions
            self.cursor = page.cursor if page.cursor is not None else self.cursor


def read(here: World, pages: Pages) -> Reading:
    """A whole lane. Raises what the lane raises."""
    reading = Reading()
    here.given.append(reading)
    for page in pages:
        here.given.append(page)
        reading.take(iter([page]))
    return reading


def read_as_far_as_possible(pages: Pages) -> Reading:
    """A lane until it ends or breaks off; the trouble is kept and not raised."""
    reading = Reading()
    try:
        reading.take(pages)
    except Trouble as trouble:
        reading.trouble = trouble
    return reading


def listen(here: World) -> Reading:
    """A stream until it has given what the exchange promises; then it is stopped.

    A stream that ends by itself raises `TryLater`. Between its pages an hour passes.
    """
    reading, stop = Reading(), Event()
    promised = here.case.exchanges.get(Can.STREAM, Exchange(answers={})).at_least
    for number, page in enumerate(here.connector.stream(stop)):
        here.given.append(page)
        if page.cursor is not None:
            raise ContractBroken("A stream moves no cursor.")
        reading.take(iter([page]))
        here.clock.advance(hours=1)
        if len(reading.names) >= promised or number > MOST_PAGES_OF_A_STREAM:
            stop.set()
    return reading

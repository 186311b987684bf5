"""One connector in a world of its own: a fake wire, an empty folder, a clock moved by hand."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import msgspec

from resonanz.switchboard.contract import Can, Connector, Surroundings
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import (
    Answering,
    Attachment,
    Audience,
    Circles,
    Outgoing,
    Pages,
    Quoting,
    Reaction,
    ReactionKind,
    Said,
    ShieldKind,
    Standing,
)
from resonanz.switchboard.testkit.case import (
    DESCRIPTION,
    LANGUAGE,
    NOW,
    PICTURE,
    TEXT,
    TITLE,
    Case,
    ContractBroken,
    Exchange,
)
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.trouble import Trouble

LANES = (Can.NOTIFICATIONS, Can.REPLIES, Can.HOME)
ANSWERING = (Can.ANSWER, Can.ANSWER_DIRECT)
SPEAKING = (Can.PUBLISH, *ANSWERING, Can.QUOTE, Can.ARTICLE)
CIRCLES = (Can.FOLLOWERS, Can.FOLLOWED)
REACTING = {
    Can.BOOST: ReactionKind.BOOST,
    Can.FAVOURITE: ReactionKind.FAVOURITE,
    Can.FOLLOW: ReactionKind.FOLLOW,
}
SHIELDING = {Can.MUTE: ShieldKind.MUTE, Can.BLOCK: ShieldKind.BLOCK}
# What may be done twice without harm, so that a broken line needs nobody to look.
REPEATABLE = (*REACTING, *SHIELDING, Can.EDIT, Can.DELETE, Can.MODERATE)
WRITING = (*SPEAKING, *REPEATABLE, Can.MEDIA, Can.REPORT)
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
    """What the kit says for an ability: a post, an answer, one that quotes, an article."""
    direct = ability is Can.ANSWER_DIRECT
    uid, local_id = case.answered.uid + "/1", case.exchanges.get(ability, NOTHING).local_id
    answering = None
    if ability in ANSWERING:
        answering = Answering(
            uid=uid,
            local_id=local_id,
            audience=Audience.DIRECT if direct else Audience.PUBLIC,
            names=(case.answered,) if case.names_the_answered else (),
        )
    return Outgoing(
        key=key,
        text=TEXT,
        audience=Audience.DIRECT if direct else Audience.PUBLIC,
        language=LANGUAGE if case.keeps_languages else "",
        answering=answering,
        title=TITLE if ability is Can.ARTICLE else "",
        quoting=Quoting(uid=uid, local_id=local_id) if ability is Can.QUOTE else None,
    )


def picture_of(here: World, *, local_id: str = "") -> Attachment:
    """A picture of ours, on the disk of this world."""
    path = here.surroundings.folder / "kit.png"
    path.write_bytes(PICTURE)
    return Attachment(
        path=str(path),
        content_type="image/png",
        size=len(PICTURE),
        description=DESCRIPTION,
        sha256=sha256(PICTURE).hexdigest(),
        local_id=local_id,
    )


def with_picture(here: World, *, text: str = TEXT, local_id: str = "") -> Outgoing:
    """What the kit says with a picture."""
    outgoing = outgoing_for(here.case, Can.MEDIA)
    pictures = (picture_of(here, local_id=local_id),)
    return msgspec.structs.replace(outgoing, text=text, pictures=pictures)


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
    elif ability in CIRCLES:
        given = tuple(circles(connector, ability))
    elif ability in SPEAKING:
        given = connector.publish(outgoing_for(case, ability))
    else:
        given = _do_to(here, ability, case.exchanges.get(ability, NOTHING))
    here.given.append(given)
    return given


def _do_to(here: World, ability: Can, exchange: Exchange) -> object:
    """What is done to one thing there: a post, an account, a conversation elsewhere."""
    connector, local_id, address = here.connector, exchange.local_id, exchange.address
    match ability:
        case Can.MEDIA:
            return connector.publish(with_picture(here))
        case Can.EDIT:
            return connector.edit(local_id, outgoing_for(here.case, ability))
        case Can.ORIGIN:
            return connector.thread_at_origin(address, address)
        case Can.LINKBACKS:
            return connector.linked_from(address, local_id)
        case Can.DELETE:
            connector.delete(local_id)
        case Can.MODERATE:
            connector.moderate(local_id, Standing.SPAM)
        case Can.REPORT:
            connector.report(local_id, post_local_ids=(address,), reason=TEXT, forward=True)
        case _:
            switch(here, ability, local_id, is_on=True)
    return None


def switch(here: World, ability: Can, local_id: str, *, is_on: bool) -> None:
    """A reaction or a shield, on or off."""
    if ability in REACTING:
        here.connector.react(REACTING[ability], local_id, is_on=is_on)
    else:
        here.connector.shield(SHIELDING[ability], local_id, is_on=is_on)


def lane(connector: Connector, ability: Can, cursor: str) -> Pages:
    """The pages of a lane."""
    match ability:
        case Can.NOTIFICATIONS:
            return connector.notifications(cursor)
        case Can.REPLIES:
            return connector.replies(cursor)
        case _:
            return connector.home(cursor)


def circles(connector: Connector, ability: Can) -> Circles:
    """Who follows us, or whom we follow."""
    return connector.followers("") if ability is Can.FOLLOWERS else connector.followed("")


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

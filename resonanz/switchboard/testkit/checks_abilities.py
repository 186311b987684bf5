"""Checks of what a connector offers and of what it does not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event

import httpx
import msgspec

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import (
    Account,
    Circle,
    Linkback,
    Page,
    Receipt,
    Shape,
    Thread,
)
from resonanz.switchboard.testkit.case import Case, ContractBroken, Exchange, expect
from resonanz.switchboard.testkit.faults import raised
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.testkit.world import (
    NOTHING,
    REACTING,
    SHIELDING,
    Reading,
    World,
    circles,
    do,
    exchange_of,
    lane,
    later,
    outgoing_for,
    read_as_far_as_possible,
    world,
)
from resonanz.switchboard.trouble import NotOffered, Trouble, TryLater


def says_what_it_can(case: Case) -> None:
    """`can` holds what the case expects, and opening asks nobody."""
    wire = Wire(case, NOTHING)
    with world(case, wire) as here:
        can = here.connector.can
        expect(isinstance(can, frozenset), "`can` is a frozen set.")
        expect(can == case.can, f"`can` is {_listed(can)}, the case expects {_listed(case.can)}.")
        wanting = here.connector.wanting
        expect(isinstance(wanting, frozenset), "`wanting` is a frozen set.")
        expect(not wanting & can, "What it can do already is not in `wanting`.")
        expect(not wire.requests, "Opening a connector makes no request.")


def tells_who_we_are(case: Case) -> None:
    """`verify` gives the account afresh, and it opens again."""
    wire = Wire(case, case.verify or NOTHING)
    with world(case, wire) as here:
        account = here.connector.verify()
        check_shape(account)
        expect(isinstance(account, Account), "`verify` gives an Account.")
        expect(account.profile.uid == case.account.profile.uid, "`verify` gives the same profile.")
        expect(account.credentials.value, "`verify` keeps the credentials.")
        case.network.open(account, here.surroundings)


def offers(case: Case, ability: Can) -> None:
    """An ability in `can` works on a good wire, and gives the frozen shapes."""
    exchange = exchange_of(case, ability)
    with world(case, Wire(case, exchange)) as here:
        given = _used(here, ability)
    match given:
        case Reading():
            _check_reading(given, ability, exchange)
        case Thread():
            check_shape(given)
            expect(len(given.posts) >= exchange.at_least, "The thread misses posts.")
            times = [post.said_at for post in given.posts]
            expect(times == sorted(times), "A thread stands oldest first.")
            _check_unique([(post.uid, "") for post in given.posts])
            expect(
                _is_what_was_asked_for(given, ability, exchange) or not case.has_wire,
                "A thread holds the post that was asked for.",
            )
        case Receipt():
            check_shape(given)
            expect(given.uid and given.local_id, "A receipt names what stands there.")
        case Linkback():
            reading = Reading()
            reading.take(iter([given.page]))
            _check_reading(reading, ability, exchange)
        case tuple():
            _check_circles(given, exchange)
        case _:
            nothing = (*REACTING, *SHIELDING, Can.DELETE, Can.MODERATE, Can.REPORT)
            expect(ability in nothing, f"“{ability.value}” gave {type(given).__name__}.")


def offers_not(case: Case, ability: Can) -> None:
    """An ability that is not in `can` raises `NotOffered` and asks nobody."""
    wire = Wire(case, NOTHING)
    with world(case, wire) as here:
        try:
            do(here, ability)
        except NotOffered:
            expect(not wire.requests, f"“{ability.value}” is not offered, and asked the server.")
            return
        except Trouble as trouble:
            told = type(trouble).__name__
            raise ContractBroken(f"“{ability.value}” is not offered and raised {told}.") from None
    raise ContractBroken(f"“{ability.value}” is not in `can`, and works.")


def _is_what_was_asked_for(thread: Thread, ability: Can, exchange: Exchange) -> bool:
    if ability is Can.ORIGIN:
        return exchange.address in {name for post in thread.posts for name in (post.uid, post.url)}
    return exchange.local_id in {post.local_id for post in thread.posts}


def composes_nothing(case: Case) -> None:
    """Where nothing can be said, nothing is composed and nothing is looked for."""
    wire = Wire(case, NOTHING)
    outgoing = outgoing_for(case, Can.PUBLISH)
    with world(case, wire) as here:
        for name, ask in (
            ("compose", here.connector.compose),
            ("find_published", here.connector.find_published),
        ):
            try:
                ask(later(outgoing))
            except NotOffered:
                continue
            raise ContractBroken(f"`{name}` works where nothing can be said.")
    expect(not wire.requests, "What is not offered asked the server.")


def pages_end(case: Case, ability: Can) -> None:
    """A server that gives the same page for ever is left after a bounded number of requests."""
    exchange = exchange_of(case, ability)
    for cursor in dict.fromkeys(("", exchange.cursor)):
        wire = Wire(case, exchange, repeats_first_answer=True)
        with world(case, wire) as here:
            reading = read_as_far_as_possible(lane(here.connector, ability, cursor))
        _check_unique(reading.names)


def circles_end(case: Case, ability: Can) -> None:
    """A server that gives the same part of the list for ever is left."""
    wire = Wire(case, exchange_of(case, ability), repeats_first_answer=True)
    with world(case, wire) as here:
        parts = list(circles(here.connector, ability))
    _check_unique([(profile.uid, "") for part in parts for profile in part.profiles])


def cursor_keeps_its_promise(case: Case, ability: Can) -> None:
    """Wherever a reading breaks off, going on from its last cursor finds all the rest.

    And a reading that came to its end leaves a cursor.
    """
    exchange = exchange_of(case, ability)
    for cursor in dict.fromkeys(("", exchange.cursor)):
        whole, requests = _read_once(case, exchange, ability, cursor)
        expect(whole.cursor is not None, "The last page carries the cursor.")
        for broken_at in range(requests):
            part, _ = _read_once(case, exchange, ability, cursor, broken_at=broken_at)
            expect(part.trouble, f"Request {broken_at + 1} broke, and nobody was told.")
            kept = cursor if part.cursor is None else part.cursor
            rest, _ = _read_once(case, exchange, ability, kept)
            lost = set(whole.names) - set(part.names) - set(rest.names)
            expect(not lost, f"Request {broken_at + 1} broke, and {len(lost)} things are lost.")


def cursor_is_understood(case: Case, ability: Can) -> None:
    """The cursor that a reading leaves is one that the next can begin with."""
    exchange = exchange_of(case, ability)
    first, _ = _read_once(case, exchange, ability, "")
    second, _ = _read_once(case, exchange, ability, first.cursor or "")
    expect(second.cursor is not None, "A second look leaves a cursor as well.")
    again = set(first.names) & set(second.names)
    if not case.has_wire:
        expect(not again, "A second look gives again what the first one gave.")


def stream_can_be_stopped(case: Case) -> None:
    """A stream that is told to stop before it began ends without a word."""
    exchange = exchange_of(case, Can.STREAM)
    stop = Event()
    stop.set()
    with world(case, Wire(case, exchange)) as here:
        pages = list(here.connector.stream(stop))
    expect(not any(page.posts for page in pages), "A stopped stream gives posts.")


def stream_that_ends_says_so(case: Case) -> None:
    """A stream whose line ends raises `TryLater` after what it had to say."""
    with world(case, Wire(case, exchange_of(case, Can.STREAM))) as here:
        try:
            for _ in here.connector.stream(Event()):
                pass
        except TryLater:
            return
    raise ContractBroken("The line of the stream ended, and nobody was told.")


def resolves(case: Case) -> None:
    """`resolve` gives a string for an address that it may never have seen, or a trouble."""
    wire = Wire(case, NOTHING, fault=_not_found)
    with world(case, wire) as here:
        try:
            found = here.connector.resolve("https://nowhere.example/1", "https://nowhere.example/1")
        except Trouble:
            return
    expect(found == "", "`resolve` gives “” for what is unknown.")


def check_shape(shape: Shape) -> None:
    """A shape holds what its type says: decoding its JSON again gives the same, times in UTC."""
    expect(isinstance(shape, Shape), f"{type(shape).__name__} is none of the shapes.")
    for moment in _moments(shape):
        expect(
            moment.tzinfo is not None and moment.utcoffset() == timedelta(0),
            f"A time in {type(shape).__name__} is not aware and in UTC.",
        )
    try:
        again = msgspec.json.decode(msgspec.json.encode(shape), type=type(shape))
    except (msgspec.ValidationError, TypeError) as cause:
        raise ContractBroken(f"{type(shape).__name__} holds what its type forbids.") from cause
    expect(again == shape, f"{type(shape).__name__} holds what its type forbids.")


def _used(here: World, ability: Can) -> object:
    """Use an ability; a stream whose line ends after it gave everything is good."""
    try:
        return do(here, ability)
    except TryLater:
        if ability is not Can.STREAM:
            raise
        reading = Reading()
        reading.take(iter([page for page in here.given if isinstance(page, Page)]))
        return reading
    except NotOffered:
        raise ContractBroken(f"“{ability.value}” is in `can`, and raises NotOffered.") from None


def _check_reading(reading: Reading, ability: Can, exchange: Exchange) -> None:
    found = len(reading.names)
    expect(
        found >= exchange.at_least,
        f"“{ability.value}” found {found} of at least {exchange.at_least} things.",
    )
    for shape in (*reading.posts, *reading.reactions):
        check_shape(shape)
    for post in reading.posts:
        expect(post.uid and post.author.uid and post.author.handle, "A post needs its names.")
    for reaction in reading.reactions:
        expect(reaction.uid and reaction.by.uid, "A reaction needs its names.")
    _check_unique(reading.names)


def _check_circles(parts: tuple[Circle, ...], exchange: Exchange) -> None:
    profiles = [profile for part in parts for profile in part.profiles]
    for part in parts:
        check_shape(part)
    expect(len(profiles) >= exchange.at_least, "The list misses people.")
    expect(not parts or not parts[-1].cursor, "The list does not come to its end.")
    _check_unique([(profile.uid, "") for profile in profiles])


def _check_unique(names: list[tuple[str, str]]) -> None:
    twice = len(names) - len(set(names))
    expect(not twice, f"{twice} things were given twice in one reading.")


def _read_once(
    case: Case, exchange: Exchange, ability: Can, cursor: str, *, broken_at: int | None = None
) -> tuple[Reading, int]:
    """A lane read by itself, and how many requests that took."""
    fault = None if broken_at is None else raised(httpx.ReadError, heard=True)
    wire = Wire(case, exchange, fault=fault, fault_at=broken_at)
    with world(case, wire) as here:
        reading = read_as_far_as_possible(lane(here.connector, ability, cursor))
    if broken_at is None and reading.trouble:
        raise reading.trouble
    return reading, len(wire.requests)


def _not_found(request: httpx.Request, good: object) -> httpx.Response:
    del good
    return httpx.Response(404, json={"error": "Not found"}, request=request)


def _listed(abilities: frozenset[Can]) -> str:
    return ", ".join(sorted(ability.value for ability in abilities)) or "nothing"


def _moments(thing: object) -> Iterator[datetime]:
    if isinstance(thing, datetime):
        yield thing
    elif isinstance(thing, Shape):
        for name in thing.__struct_fields__:
            yield from _moments(getattr(thing, name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _moments(part)

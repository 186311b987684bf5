"""Checks of what a connector makes of everything that can go wrong on the wire."""

import httpx

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Shape, Thread
from resonanz.switchboard.testkit.case import Answered, Case, ContractBroken, Exchange, expect
from resonanz.switchboard.testkit.checks_abilities import check_shape
from resonanz.switchboard.testkit.faults import Fault
from resonanz.switchboard.testkit.mutations import broken_versions
from resonanz.switchboard.testkit.wire import Changes, Happens, Wire
from resonanz.switchboard.testkit.world import (
    NOTHING,
    REPEATABLE,
    WRITING,
    Reading,
    World,
    do,
    exchange_of,
    world,
)
from resonanz.switchboard.trouble import Refused, Trouble, TryLater, Unreadable, Unsure

SLACK_SECONDS = 2.0
SHOWN_CHARACTERS = 200

# What is tried: an ability, or asking who we are.
Deed = Can | None


class Outcome:
    """What came of a deed: a trouble, or something given, and what was asked for it."""

    def __init__(self, wire: Wire, given: object, trouble: Trouble | None) -> None:
        """Keep all three."""
        self.wire, self.given, self.trouble = wire, given, trouble


def attempt(
    case: Case,
    deed: Deed,
    *,
    fault: Happens | None = None,
    fault_at: int | None = None,
    changes: Changes | None = None,
) -> Outcome:
    """Do it once on a wire of its own. Any exception outside the tree is a broken contract."""
    exchange = exchange_for(case, deed)
    wire = Wire(case, exchange, fault=fault, fault_at=fault_at, changes=changes)
    with world(case, wire) as here:
        try:
            return Outcome(wire, perform(here, deed), None)
        except Trouble as trouble:
            expect(type(trouble) is not Trouble, "The base of the tree is not raised itself.")
            return Outcome(wire, None, trouble)
        except ContractBroken:
            raise
        except Exception as error:
            told = f"{type(error).__name__}: {error}"[:SHOWN_CHARACTERS]
            raise ContractBroken(f"Something else than a Trouble came out: {told}") from error


def exchange_for(case: Case, deed: Deed) -> Exchange:
    """The exchange of an ability or of asking who we are."""
    if deed is not None:
        return exchange_of(case, deed)
    if case.verify is None and case.has_wire:
        raise ContractBroken("The case has no exchange for `verify`.")
    return case.verify or NOTHING


def perform(here: World, deed: Deed) -> object:
    """Do it."""
    if deed is not None:
        return do(here, deed)
    account = here.connector.verify()
    here.given.append(account)
    return account


def means(case: Case, deed: Deed, fault: Fault) -> None:
    """A fault at any request of a deed is told as what it means, and nothing is written again.

    Where a deed takes several requests, a fault of the first must be told. A fault of a later
    one must be told too, unless it is about a single thing that may be passed over.
    """
    good = attempt(case, deed)
    ended = deed is Can.STREAM and isinstance(good.trouble, TryLater)
    if good.trouble and not ended:
        raise ContractBroken("It does not work on a good wire.") from good.trouble
    last_write = next((r for r in reversed(good.wire.requests) if case.is_write(r)), None)
    for number, request in enumerate(good.wire.requests):
        outcome = attempt(case, deed, fault=fault.happens, fault_at=number)
        writing = case.is_write(request)
        is_last_write = request is last_write
        allowed = _allowed(case, deed, fault, writing=writing, is_last_write=is_last_write)
        where = f"“{fault.name}” at request {number + 1} ({request.method})"
        if outcome.trouble is None:
            optional = deed is None or fault.may_be_passed_over
            stream_gave_enough = deed is Can.STREAM and fault.name == "breaks-off-half-way"
            was_gone_already = deed is Can.DELETE and fault.name in ("404", "410")
            is_fine = (number and optional) or stream_gave_enough or was_gone_already
            expect(is_fine, f"{where} was told to nobody.")
        else:
            told = type(outcome.trouble).__name__
            wanted = " or ".join(kind.__name__ for kind in allowed)
            expect(isinstance(outcome.trouble, allowed), f"{where} became {told}, not {wanted}.")
            _check_pause(fault, outcome.trouble, where)
        expect(
            len(outcome.wire.attempts) <= len(good.wire.attempts),
            f"{where}: a write that went wrong was sent again.",
        )


def _allowed(
    case: Case, deed: Deed, fault: Fault, *, writing: bool, is_last_write: bool
) -> tuple[type[Trouble], ...]:
    allowed = fault.meant(case, deed.value if deed else "verify", writing=writing)
    uploads = deed is Can.MEDIA and not is_last_write
    if (deed in REPEATABLE or uploads) and Unsure in allowed:
        # Doing it twice changes nothing, so both are safe.
        return (*allowed, TryLater)
    if deed is Can.ORIGIN and fault.name == "401":
        # Nobody signed in there, so nobody can do it again.
        return (Refused,)
    if deed is Can.STREAM and fault.name == "html":
        return (*allowed, TryLater)
    return allowed


def _check_pause(fault: Fault, trouble: Trouble, where: str) -> None:
    if fault.pause is None or not isinstance(trouble, TryLater):
        return
    expect(trouble.after is not None, f"{where}: the pause that was asked for is lost.")
    if trouble.after is not None:
        off = abs((trouble.after - fault.pause).total_seconds())
        expect(off <= SLACK_SECONDS, f"{where}: a pause of {trouble.after}, not {fault.pause}.")
    expect(trouble.is_overload, f"{where}: a busy server is an overload.")


def survives_broken_answers(case: Case, deed: Deed) -> None:
    """Missing keys, nulls, wrong types, half an answer: good shapes, or `Unreadable`."""
    seen: dict[int, Answered] = {}

    def remember(number: int, answer: Answered) -> Answered:
        return seen.setdefault(number, answer)

    good = attempt(case, deed, changes=remember)
    allowed: set[type[Trouble]] = {Unreadable, case.unreadable.trouble}
    if deed in WRITING:
        allowed.add(Unsure)
    for number, answer in list(seen.items()):
        for what, broken in broken_versions(answer):

            def change(
                asked: int, real: Answered, *, at: int = number, instead: Answered = broken
            ) -> Answered:
                return instead if asked == at else real

            _check_survived(case, deed, change, allowed, f"Answer {number + 1}, {what}")
    expect(good.wire.requests, "Nothing was asked, so nothing was tried.")


def _check_survived(
    case: Case, deed: Deed, change: Changes, allowed: set[type[Trouble]], where: str
) -> None:
    try:
        outcome = attempt(case, deed, changes=change)
    except ContractBroken as broken:
        raise ContractBroken(f"{where}: {broken}") from broken
    told = type(outcome.trouble)
    line_ended = deed is Can.STREAM and told is TryLater
    expect(
        outcome.trouble is None or told in allowed or line_ended,
        f"{where}: became {told.__name__}.",
    )
    match outcome.given:
        case Reading() as reading:
            for shape in (*reading.posts, *reading.reactions):
                check_shape(shape)
        case Thread() | Shape() as shape:
            check_shape(shape)
        case _:
            pass


def nothing_asked_after_sign_in_ended(case: Case, deed: Can) -> None:
    """Once the token has ended, a deed stops at once: the first 401 is also the last."""

    def ended(request: httpx.Request, good: object) -> httpx.Response:
        del good
        return httpx.Response(401, json={"error": "The token has ended."}, request=request)

    outcome = attempt(case, deed, fault=ended)
    asked = len(outcome.wire.requests)
    expect(asked == 1, f"After a 401 the server was asked {asked - 1} more times.")

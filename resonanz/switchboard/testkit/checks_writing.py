"""Checks of saying something: once, to nobody more, with all manners."""

import httpx
import msgspec

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience, Outgoing, Receipt
from resonanz.switchboard.testkit.case import (
    TEXT,
    WARNING,
    Case,
    ContractBroken,
    Written,
    expect,
)
from resonanz.switchboard.testkit.faults import raised
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.testkit.world import (
    ANSWERING,
    World,
    do,
    exchange_of,
    later,
    outgoing_for,
    world,
)
from resonanz.switchboard.trouble import NotOffered, Refused, TryLater, Unsure


def is_said_once(case: Case, ability: Can) -> None:
    """The same draft twice is one send.

    Where the server knows a key, the second call may go out and is recognised. Where it does
    not, looking first finds the first one, and there is no second call.
    """
    wire = Wire(case, exchange_of(case, ability))
    outgoing = outgoing_for(case, ability)
    with world(case, wire) as here:
        first = here.connector.publish(outgoing)
        if case.repeat_key is not None or not case.has_wire:
            second = here.connector.publish(outgoing)
            expect(second.uid == first.uid, "The same draft twice stands there twice.")
        _check_found(here, outgoing, first)
    if case.has_wire:
        expect(len(wire.writes) == 1, f"The same draft twice was written {len(wire.writes)} times.")


def is_found_after_the_line_broke(case: Case, ability: Can) -> None:
    """Accepted, and the line broke: `Unsure`, one attempt, and looking finds it."""
    calm = Wire(case, exchange_of(case, ability))
    with world(case, calm) as here:
        do(here, ability)
    number = next(index for index, request in enumerate(calm.requests) if case.is_write(request))
    wire = Wire(
        case,
        exchange_of(case, ability),
        fault=raised(httpx.ReadError, heard=True),
        fault_at=number,
    )
    outgoing = outgoing_for(case, ability)
    with world(case, wire) as here:
        try:
            here.connector.publish(outgoing)
        except Unsure:
            pass
        else:
            raise ContractBroken("A write broke off half-way, and it was not told as Unsure.")
        expect(len(wire.attempts) == 1, "A write that broke off was sent again.")
        _check_found(here, outgoing, None)
    expect(len(wire.writes) == 1, "Looking for it has written it again.")


def is_not_found_before_it_was_said(case: Case, ability: Can) -> None:
    """Looking for what never arrived finds nothing, and says nothing."""
    wire = Wire(case, exchange_of(case, ability))
    with world(case, wire) as here:
        found = here.connector.find_published(later(outgoing_for(case, ability)))
    expect(found is None, "Something was found that was never said.")
    expect(not wire.attempts, "Looking for a text has written something.")


def can_be_said_after_nobody_heard(case: Case, ability: Can) -> None:
    """No line at all: `TryLater`, and the next attempt says it once."""
    wire = Wire(
        case,
        exchange_of(case, ability),
        fault=raised(httpx.ConnectError, heard=False),
        fault_at=0,
    )
    outgoing = outgoing_for(case, ability)
    with world(case, wire) as here:
        try:
            here.connector.publish(outgoing)
        except TryLater:
            pass
        else:
            raise ContractBroken("There was no line, and it was not told as TryLater.")
        here.connector.publish(outgoing)
    expect(len(wire.writes) == 1, f"It was written {len(wire.writes)} times.")


def keeps_manners(case: Case, ability: Can) -> None:
    """Text, names, warning, language and the post answered arrive as they were meant."""
    outgoing = outgoing_for(case, ability)
    if case.keeps_warnings:
        outgoing = msgspec.structs.replace(outgoing, warning=WARNING)
    composed, written = _write(case, ability, outgoing)
    expect(TEXT in written.text, "The text did not arrive as it was written.")
    expect(written.text == composed, "What was sent is not what was composed.")
    local_id = exchange_of(case, ability).local_id
    if ability in ANSWERING:
        if case.names_the_answered:
            expect(case.answered.handle in written.text, "Who is answered is not named.")
        expect(written.answers_local_id == local_id, "It does not hang below what it answers.")
    if ability is Can.QUOTE:
        expect(written.quotes_local_id == local_id, "It does not quote what it should.")
    expect(written.title == outgoing.title, "The title is lost.")
    expect(not written.is_draft, "It was to be published, and lies there as a draft.")
    expect(written.audience is outgoing.audience, "The audience is another one.")
    expect(written.warning == outgoing.warning, "The content warning is lost.")
    expect(written.language == outgoing.language, "The language is lost.")


def stays_a_draft(case: Case) -> None:
    """A draft is laid there and published to nobody."""
    draft = msgspec.structs.replace(outgoing_for(case, Can.ARTICLE), is_draft=True)
    _, written = _write(case, Can.ARTICLE, draft)
    expect(written.is_draft, "What was to stay a draft was published.")


def never_widens_the_audience(case: Case, ability: Can) -> None:
    """Whatever audience is asked for, nobody more sees it; or it is refused and not sent."""
    for audience in Audience:
        outgoing = outgoing_for(case, ability)
        answering = outgoing.answering
        if answering is not None:
            answering = msgspec.structs.replace(answering, audience=audience)
        outgoing = msgspec.structs.replace(outgoing, audience=audience, answering=answering)
        try:
            _, written = _write(case, ability, outgoing)
        except (Refused, NotOffered):
            continue
        expect(
            not written.audience.is_wider_than(audience),
            f"Meant for “{audience.value}”, sent to “{written.audience.value}”.",
        )


def answers_nobody_more_widely(case: Case, ability: Can) -> None:
    """An answer to more people than saw the post is a problem, is refused, and is not sent."""
    outgoing = outgoing_for(case, ability)
    if outgoing.answering is None:
        raise ContractBroken("This check is about answers.")
    narrow = msgspec.structs.replace(outgoing.answering, audience=Audience.DIRECT)
    wider = msgspec.structs.replace(outgoing, audience=Audience.PUBLIC, answering=narrow)
    _check_refused(case, ability, wider, "wider_than_answered")


def counts_before_it_sends(case: Case, ability: Can) -> None:
    """`compose` counts without a request; what is empty or too long is refused and not sent."""
    wire = Wire(case, exchange_of(case, ability))
    outgoing = outgoing_for(case, ability)
    with world(case, wire) as here:
        composed = here.connector.compose(outgoing)
    expect(not wire.requests, "Counting makes no request.")
    expect(composed.problems == (), f"A good text has the problems {composed.problems}.")
    expect(0 < composed.length <= composed.limit, "A good text is counted within its limit.")
    expect(composed.unit, "A count has a unit.")
    too_long = "a " * composed.limit
    for text, problem in (("  \n", "empty"), (too_long, "too_long")):
        bad = msgspec.structs.replace(outgoing, text=text)
        _check_refused(case, ability, bad, problem)


def _check_refused(case: Case, ability: Can, outgoing: Outgoing, problem: str) -> None:
    wire = Wire(case, exchange_of(case, ability))
    with world(case, wire) as here:
        problems = here.connector.compose(outgoing).problems
        expect(problem in problems, f"`compose` does not name “{problem}”.")
        try:
            here.connector.publish(outgoing)
        except Refused:
            expect(not wire.attempts, f"“{problem}” was refused and yet sent.")
            return
    raise ContractBroken(f"“{problem}” stops nobody: it was sent.")


def _check_found(here: World, outgoing: Outgoing, first: Receipt | None) -> None:
    found = here.connector.find_published(later(outgoing))
    expect(found is not None, "What was said is not found again.")
    if found is not None and first is not None:
        same = (found.uid, found.local_id) == (first.uid, first.local_id)
        expect(same, "What was found is not what was said.")


def _write(case: Case, ability: Can, outgoing: Outgoing) -> tuple[str, Written]:
    """Publish it; the text as composed, and what the request said."""
    if case.written is None:
        raise ContractBroken("The case does not say how to read a write back (`written`).")
    wire = Wire(case, exchange_of(case, ability))
    with world(case, wire) as here:
        composed = here.connector.compose(outgoing)
        here.connector.publish(outgoing)
    expect(len(wire.writes) == 1, f"One text took {len(wire.writes)} writes.")
    return composed.text, case.written(wire.writes[0])

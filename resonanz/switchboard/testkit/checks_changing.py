"""Checks of what comes after: editing, taking back, shielding, reporting, looking elsewhere."""

from urllib.parse import unquote_plus

import httpx
import msgspec

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Standing
from resonanz.switchboard.testkit.case import TEXT, Case, ContractBroken, Exchange, expect
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.testkit.world import (
    do,
    exchange_of,
    outgoing_for,
    switch,
    world,
)
from resonanz.switchboard.trouble import Refused


def can_be_taken_back(case: Case, ability: Can) -> None:
    """Off is another request than on, and doing either twice is fine."""
    exchange = exchange_of(case, ability)
    asked: list[set[tuple[str, str, bytes]]] = []
    for is_on in (True, False):
        wire = Wire(case, exchange)
        with world(case, wire) as here:
            if not is_on and not case.has_wire:
                switch(here, ability, exchange.local_id, is_on=True)
            for _ in range(2):
                switch(here, ability, exchange.local_id, is_on=is_on)
        expect(wire.writes or not case.has_wire, "Nothing was asked of the server.")
        asked.append({(r.method, r.url.path, r.content) for r in wire.writes})
    expect(not case.has_wire or asked[0] != asked[1], "Taking it back asks for it again.")


def edits_as_it_was_meant(case: Case) -> None:
    """The new text, warning and language arrive, in one write."""
    if case.written is None:
        raise ContractBroken("The case does not say how to read a write back (`written`).")
    wire = Wire(case, exchange_of(case, Can.EDIT))
    outgoing = outgoing_for(case, Can.EDIT)
    with world(case, wire) as here:
        composed = here.connector.compose(outgoing)
        here.connector.edit(exchange_of(case, Can.EDIT).local_id, outgoing)
    expect(len(wire.writes) == 1, f"One edit took {len(wire.writes)} writes.")
    written = case.written(wire.writes[0])
    expect(written.text == composed.text, "What was sent is not what was composed.")
    expect(written.warning == outgoing.warning, "The content warning is another one.")
    expect(written.language == outgoing.language, "The language is lost.")


def edits_nothing_bad(case: Case) -> None:
    """What is empty or too long is refused before it is sent."""
    exchange = exchange_of(case, Can.EDIT)
    good = outgoing_for(case, Can.EDIT)
    wire = Wire(case, exchange)
    with world(case, wire) as here:
        limit = here.connector.compose(good).limit
        for text in ("  \n", "a " * limit):
            bad = msgspec.structs.replace(good, text=text)
            try:
                here.connector.edit(exchange.local_id, bad)
            except Refused:
                continue
            raise ContractBroken("A text that may not be sent may not become of an edit either.")
    expect(not wire.attempts, "An edit was refused and yet sent.")


def deletes_what_is_gone(case: Case) -> None:
    """Deleting what is not there any more is fine."""
    exchange = exchange_of(case, Can.DELETE)
    with world(case, Wire(case, exchange)) as here:
        here.connector.delete(exchange.local_id)
        here.connector.delete(exchange.local_id)
    wire = Wire(case, Exchange(answers={}), fault=_not_found)
    with world(case, wire) as here:
        here.connector.delete(exchange.local_id)


def reports_the_reason(case: Case) -> None:
    """The moderators read our words."""
    wire = Wire(case, exchange_of(case, Can.REPORT))
    with world(case, wire) as here:
        do(here, Can.REPORT)
    expect(len(wire.writes) == 1, f"One report took {len(wire.writes)} writes.")
    sent = unquote_plus(wire.writes[0].content.decode())
    expect(TEXT in sent, "The reason of the report is lost.")


def moderates_as_it_was_meant(case: Case) -> None:
    """Approving is another request than calling it spam, and doing either twice is fine."""
    exchange = exchange_of(case, Can.MODERATE)
    asked: list[set[tuple[str, str, bytes]]] = []
    for standing in (Standing.SPAM, Standing.PUBLISHED):
        wire = Wire(case, exchange)
        with world(case, wire) as here:
            for _ in range(2):
                here.connector.moderate(exchange.local_id, standing)
        expect(wire.writes, "Nothing was asked of the server.")
        asked.append({(r.method, r.url.path, r.content) for r in wire.writes})
    expect(asked[0] != asked[1], "Approving asks for the same as calling it spam.")


def gives_no_names_of_ours(case: Case) -> None:
    """What another server showed has none of our server's names, which would lead elsewhere."""
    with world(case, Wire(case, exchange_of(case, Can.ORIGIN))) as here:
        address = case.exchanges[Can.ORIGIN].address
        thread = here.connector.thread_at_origin(address, address)
    for post in thread.posts:
        names = (post.local_id, post.answers_local_id, post.author.local_id)
        expect(not any(names), "A post from another server carries a local id.")


def asks_the_origin_openly(case: Case) -> None:
    """Another server never sees our token, and is asked twice at most."""
    wire = Wire(case, exchange_of(case, Can.ORIGIN))
    with world(case, wire) as here:
        do(here, Can.ORIGIN)
    expect(len(wire.requests) <= 2, f"The origin was asked {len(wire.requests)} times.")
    for request in wire.requests:
        sent = f"{request.headers.raw!r} {request.content!r} {request.url}"
        expect(not any(secret in sent for secret in case.secrets), "Another server got our token.")


def _not_found(request: httpx.Request, good: object) -> httpx.Response:
    del good
    return httpx.Response(404, json={"error": "Record not found"}, request=request)

"""Checks that what must not be seen is not seen: in logs, errors, printed things, objects."""

import io
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from urllib.parse import quote

import httpx

from resonanz.switchboard.testkit.case import Answered, Case, ContractBroken, expect
from resonanz.switchboard.testkit.checks_faults import Deed, exchange_for, perform
from resonanz.switchboard.testkit.faults import FAULTS, Fault
from resonanz.switchboard.testkit.wire import Wire, response_of
from resonanz.switchboard.testkit.world import world
from resonanz.switchboard.trouble import Trouble

TELLING = (400, 401, 403, 422, 429, 500)


def keeps_secrets(case: Case, deed: Deed) -> None:
    """No secret in logs at DEBUG, on the terminal, in errors, in objects or in addresses.

    Tried on a good wire, with every fault, and with a server that repeats our token to us.
    """
    expect(case.secrets, "The case names no secrets.")
    _check_one(case, deed, None)
    for fault in (*FAULTS, *_talkative(case)):
        _check_one(case, deed, fault)


def account_hides_its_secrets(case: Case) -> None:
    """Neither the account nor a connector shows them when printed."""
    with world(case, Wire(case, exchange_for(case, None))) as here:
        for thing in (case.account, here.connector):
            for text in (repr(thing), str(thing), f"{thing}"):
                _check_text(case, text, f"the text of {type(thing).__name__}")


def _check_one(case: Case, deed: Deed, fault: Fault | None) -> None:
    place = f"with “{fault.name}”" if fault else "on a good wire"
    wire = Wire(case, exchange_for(case, deed), fault=fault.happens if fault else None)
    with world(case, wire) as here, _everything_said() as said:
        try:
            perform(here, deed)
        except Trouble as trouble:
            for text in _texts_of(trouble):
                _check_text(case, text, f"the error {place}")
        except ContractBroken:
            raise
        except Exception as error:
            told = type(error).__name__
            raise ContractBroken(f"Something else than a Trouble came out: {told}") from error
        for thing in here.given:
            _check_text(case, repr(thing), f"what was given {place}")
    _check_text(case, said(), f"the log {place}")
    for request in wire.requests:
        _check_text(case, str(request.url), "an address that was asked")


def _check_text(case: Case, text: str, where: str) -> None:
    for secret in case.secrets:
        if secret in text or quote(secret) in text:
            # Without the text: this message must not be the next leak.
            raise ContractBroken(f"A secret stands in {where}.")


def _texts_of(error: BaseException) -> Iterator[str]:
    """Everything that a person or a log might be shown of an error and of its causes."""
    yield "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        yield str(seen)
        yield repr(seen)
        yield from (f"{value!r} {value}" for value in (*seen.args, *vars(seen).values()))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


@contextmanager
def _everything_said() -> Iterator[Callable[[], str]]:
    """Whatever is logged at any level or printed meanwhile."""
    said = io.StringIO()
    listener = logging.StreamHandler(said)
    root = logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(said), redirect_stderr(said):
            yield said.getvalue
    finally:
        root.removeHandler(listener)
        root.setLevel(level)


def _talkative(case: Case) -> Iterator[Fault]:
    """Servers that quote the token which they were sent in what they refuse."""
    for status in TELLING:

        def happens(
            request: httpx.Request, good: Callable[[], httpx.Response], *, status: int = status
        ) -> httpx.Response:
            del good
            sent = f"{request.headers.get('authorization', '')} {request.content!r} {request.url}"
            quoted = " ".join(secret for secret in case.secrets if secret in sent)
            told = {"error": f"Not with {quoted}", "error_description": f"{quoted} is not valid"}
            return response_of(Answered(json=told, status=status), request)

        yield Fault(f"{status} that quotes us", happens, (), ())

"""Everything that happens to a request on its way, with what it must mean.

name                        reading        writing
401                         SignInAgain    SignInAgain
403, 422                    Refused        Refused
404, 410                    Gone           Gone
429-seconds, 429-date       TryLater, after what was asked
503-seconds                 TryLater, after what was asked
500, 502                    TryLater       Unsure
line-breaks, silence,
breaks-off-half-way         TryLater       Unsure
never-connected             TryLater       TryLater
html                        Unreadable     Unreadable or Unsure
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

import httpx

from resonanz.switchboard.testkit.case import NOW, Answered, Case
from resonanz.switchboard.testkit.wire import BrokenBody, Happens, response_of
from resonanz.switchboard.trouble import (
    Gone,
    Refused,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
    Unsure,
)

PAUSE = timedelta(seconds=120)
HTML = b"<!doctype html><html><body><h1>Welcome to the hotel network</h1></body></html>"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, and what it must mean.

    `reaches_the_server` says that a write may have been heard. `may_be_passed_over` says that
    a connector may leave out what one of several requests was about, and go on.
    """

    name: str
    happens: Happens
    reading: tuple[type[Trouble], ...]
    writing: tuple[type[Trouble], ...]
    pause: timedelta | None = None
    may_be_passed_over: bool = False

    def meant(self, case: Case, deed: str, *, writing: bool) -> tuple[type[Trouble], ...]:
        """The troubles that are right for this fault in this case, while doing `deed`."""
        if meaning := case.meanings.get(f"{deed}/{self.name}", case.meanings.get(self.name)):
            return (meaning.trouble,)
        if self.name == "html" and not writing:
            return (case.unreadable.trouble,)
        return self.writing if writing else self.reading


def status(code: int, **headers: str) -> Happens:
    """The server answers with a status, before it has done anything."""

    def happens(request: httpx.Request, good: Callable[[], httpx.Response]) -> httpx.Response:
        del good
        told = {"error": f"Answer {code} of the kit"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return response_of(Answered(json=told, status=code, headers=named), request)

    return happens


def raised(error: Callable[[str], Exception], *, heard: bool) -> Happens:
    """The line breaks, after the server has done what was asked, or before."""

    def happens(request: httpx.Request, good: Callable[[], httpx.Response]) -> httpx.Response:
        del request
        if heard:
            good()
        raise error("The kit broke the line.")

    return happens


def breaks_off(request: httpx.Request, good: Callable[[], httpx.Response]) -> httpx.Response:
    """The server has done what was asked, and its answer arrives by half."""
    whole = good()
    headers = {"content-type": whole.headers.get("content-type", "application/json")}
    return httpx.Response(
        whole.status_code, headers=headers, stream=BrokenBody(whole.content), request=request
    )


def html(request: httpx.Request, good: Callable[[], httpx.Response]) -> httpx.Response:
    """Somebody between us and the server answers in its stead."""
    del good
    headers = {"content-type": "text/html; charset=utf-8"}
    return response_of(Answered(body=HTML, headers=headers), request)


HTTP_DATE = format_datetime(NOW + PAUSE, usegmt=True)
SECONDS = str(int(PAUSE.total_seconds()))
BROKEN = ((TryLater,), (Unsure,))

FAULTS = (
    Fault("401", status(401), (SignInAgain,), (SignInAgain,)),
    Fault("403", status(403), (Refused,), (Refused,), may_be_passed_over=True),
    Fault("404", status(404), (Gone,), (Gone,), may_be_passed_over=True),
    Fault("410", status(410), (Gone,), (Gone,), may_be_passed_over=True),
    Fault("422", status(422), (Refused,), (Refused,), may_be_passed_over=True),
    Fault("429-seconds", status(429, retry_after=SECONDS), (TryLater,), (TryLater,), PAUSE),
    Fault("429-date", status(429, retry_after=HTTP_DATE), (TryLater,), (TryLater,), PAUSE),
    Fault("503-seconds", status(503, retry_after=SECONDS), (TryLater,), (TryLater,), PAUSE),
    Fault("500", status(500), *BROKEN),
    Fault("502", status(502), *BROKEN),
    Fault("line-breaks", raised(httpx.ReadError, heard=True), *BROKEN),
    Fault("silence", raised(httpx.ReadTimeout, heard=True), *BROKEN),
    Fault("breaks-off-half-way", breaks_off, *BROKEN),
    Fault("never-connected", raised(httpx.ConnectError, heard=False), (TryLater,), (TryLater,)),
    Fault("html", html, (Unreadable,), (Unreadable, Unsure)),
)

"""Speaking HTTP with a network: one request in, a good answer or one of the troubles out.

What a status means is the same on every network unless its connector says otherwise:

    401             SignInAgain          404, 410     Gone
    429             TryLater(after)      408, 425     TryLater
    503             TryLater(after)      5xx          TryLater when reading, Unsure when writing
    other 4xx       Refused(reason)      line broken  TryLater when reading, Unsure when writing

A line that could never be opened is TryLater also for writes: nobody can have heard us. What
our own guarded client refuses (an address inside the own network, an answer too large, a write
that was redirected) is Refused, with its sentence. Redirects without end are Refused, and an
answer that cannot be unpacked is Unreadable, when reading; when writing both are Unsure.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, TypeVar

import httpx
import msgspec

from resonanz.plumbing.outgoing import NotFetched, TooLarge
from resonanz.switchboard.decoding import read
from resonanz.switchboard.trouble import (
    Gone,
    Refused,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
    Unsure,
)
from resonanz.switchboard.wording import N_

Decoded = TypeVar("Decoded")

NEVER_HEARD = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Where servers say how long to wait, the plainest first.
PAUSES = ("retry-after", "x-ratelimit-reset", "ratelimit-reset")
LONGEST_REASON_CHARACTERS = 300
LONGEST_SECONDS_DIGITS = 10
MOVES_WITHOUT_END = N_("This address is redirected again and again and leads nowhere.")
ONLY_WEB = N_("Only addresses that begin with http:// or https:// can be asked.")
CANNOT_BE_UNPACKED = N_("The answer arrived, but cannot be unpacked.")
NO_CONNECTION = N_("No connection could be made.")
NOT_IN_TIME = N_("No answer came in time.")
LINE_BROKE = N_("The line broke before the answer was complete.")


def retry_after(headers: httpx.Headers, now: datetime) -> timedelta | None:
    """The pause that the answer asks for, or None.

    Reads Retry-After as seconds or as a date (RFC 9110, section 10.2.3), X-RateLimit-Reset as
    Mastodon sends it (an ISO date), and RateLimit-Reset as Bluesky does (seconds since 1970). A
    date in the past is no pause.
    """
    found = (headers.get(name) for name in PAUSES)
    value = next((value for value in found if value), "").strip()
    if value.isascii() and value.isdigit():
        seconds = int(value[:LONGEST_SECONDS_DIGITS])
        # Some servers put the moment, as seconds since 1970, where the pause was due.
        until = datetime.fromtimestamp(seconds, UTC) if seconds > 10**9 else None
        return max(until - now, timedelta(0)) if until else timedelta(seconds=seconds)
    until = _parse_date(value) if value else None
    return max(until - now, timedelta(0)) if until else None


def _parse_date(value: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(value)
        except (ValueError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def reason_of(response: httpx.Response) -> str:
    """The server's own words for a refusal, short, or the bare status line."""
    try:
        told = msgspec.json.decode(response.content)
    except msgspec.DecodeError:
        told = None
    if isinstance(told, dict):
        for key in ("error_description", "message", "error"):
            if isinstance(told.get(key), str):
                return _without_our_token(told[key], response)[:LONGEST_REASON_CHARACTERS]
    return f"{response.status_code} {response.reason_phrase}".strip()


def _without_our_token(words: str, response: httpx.Response) -> str:
    """Some servers quote the token that they refuse; nobody is to read it there."""
    try:
        sent = response.request.headers.get("authorization", "")
    except RuntimeError:  # An answer that was never asked for, as some tests make them.
        return words
    for part in sent.split()[1:] or [sent]:
        words = words.replace(part, "…") if part else words
    return words


def trouble_of(response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
    """The trouble that an answer's status stands for, or None for a good one."""
    status, reason = response.status_code, reason_of(response) if response.is_error else ""
    if status < 400:
        return None
    if status == 401:
        return SignInAgain(reason)
    if status in (404, 410):
        return Gone(reason)
    if status in (408, 425, 429, 503):
        return TryLater(
            reason, after=retry_after(response.headers, now), is_overload=status in (429, 503)
        )
    if status >= 500:
        return Unsure(reason) if writing else TryLater(reason)
    return Refused(reason)


def trouble_of_line(error: Exception, *, writing: bool) -> Trouble:
    """The trouble that a broken line stands for."""
    if writing and _may_have_been_heard(error):
        return Unsure(getattr(error, "sentence", _what_broke(error)))
    if isinstance(error, NotFetched):
        return Refused(error.sentence)
    if isinstance(error, httpx.UnsupportedProtocol):
        return Refused(ONLY_WEB)
    if isinstance(error, httpx.TooManyRedirects):
        return Refused(MOVES_WITHOUT_END)
    if isinstance(error, httpx.DecodingError):
        return Unreadable(CANNOT_BE_UNPACKED)
    return TryLater(_what_broke(error))


def _what_broke(error: Exception) -> str:
    """A sentence for a person; the error itself stays attached as the cause."""
    if isinstance(error, NEVER_HEARD):
        return NO_CONNECTION
    return NOT_IN_TIME if isinstance(error, httpx.TimeoutException) else LINE_BROKE


def _may_have_been_heard(error: Exception) -> bool:
    """Whether the other side may have acted: all but lines that were never opened or refused."""
    if isinstance(error, NotFetched):
        # An answer that was too large is an answer all the same.
        return isinstance(error, TooLarge)
    return not isinstance(error, (*NEVER_HEARD, httpx.UnsupportedProtocol))


class Judge(Protocol):
    """Says which trouble an answer stands for; `trouble_of` is one."""

    def __call__(self, response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
        """The trouble of an answer, or None for a good one."""
        ...


def send(
    http: httpx.Client,
    method: str,
    url: str,
    *,
    writing: bool,
    now: datetime,
    judge: Judge = trouble_of,
    **request: Any,
) -> httpx.Response:
    """Send one request. Gives a good answer (status below 400) or raises a `Trouble`.

    `request` is what `httpx.Client.request` takes.
    """
    try:
        response = http.request(method, url, **request)
    except httpx.InvalidURL as cause:
        raise Refused(str(cause)) from cause
    except (httpx.HTTPError, OSError) as cause:
        raise trouble_of_line(cause, writing=writing) from cause
    if trouble := judge(response, writing=writing, now=now):
        raise trouble
    return response


def decode(response: httpx.Response, shape: type[Decoded]) -> Decoded:
    """Decode a JSON body into a msgspec shape. Raises `Unreadable`, without quoting the body."""
    return read(response.content, shape)

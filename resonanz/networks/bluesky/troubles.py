"""Which trouble an answer of this network stands for, where it differs from the common reading.

Every refusal carries a name (https://atproto.com/specs/xrpc#error-responses, read 2026-11-22).
Seen with @atproto/pds of @atproto/dev-env 0.3.215: a token that is over is 400 `ExpiredToken`, a
post that is gone 400 `NotFound` or `RecordNotFound`, and while the part that shows things is
down every question to it is 502 `UpstreamFailure`. Other servers say 401 with the same names.
"""

from datetime import datetime

import httpx

from resonanz.networks.bluesky.payloads import ToldPayload
from resonanz.switchboard.decoding import read
from resonanz.switchboard.http import reason_of, trouble_of
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater, Unreadable

TOKEN_IS_OVER = frozenset({"ExpiredToken", "InvalidToken"})
NOT_THERE = frozenset({"NotFound", "RecordNotFound", "RepoNotFound", "ActorNotFound"})
STANDS_ALREADY = "InvalidSwap"
# How servers name what is not there without a name of its own.
WORDS_OF_NOT_THERE = ("could not locate record", "could not find repo", "profile not found")
VIEW_IS_DOWN = frozenset({"UpstreamFailure", "UpstreamTimeout"})
ACCOUNT_IS_CLOSED = frozenset({"AccountTakedown", "AccountDeactivated", "AccountSuspended"})


class TokenEnded(SignInAgain):
    """The access token is over; the line opens a new session and asks again."""


class StandsAlready(Refused):
    """Another record stands under this key: an earlier attempt arrived."""


class ViewDown(TryLater):
    """The server lives, and what shows it the network does not."""


def trouble_of_answer(response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
    """The trouble that an answer stands for, or None for a good one."""
    usual = trouble_of(response, writing=writing, now=now)
    if usual is None:
        return None
    told, reason = _told(response), reason_of(response)
    if response.status_code in (400, 401, 403):
        return _refusal(response, told, reason) or usual
    if response.status_code in (502, 504) and told.error in VIEW_IS_DOWN and not writing:
        return ViewDown(reason)
    return usual


def _refusal(response: httpx.Response, told: ToldPayload, reason: str) -> Trouble | None:
    """What a refusal means by its name, None for one that means what it says."""
    if told.error in TOKEN_IS_OVER:
        return TokenEnded(reason)
    if told.error in NOT_THERE or told.message.lower().startswith(WORDS_OF_NOT_THERE):
        return Gone(reason)
    if told.error == STANDS_ALREADY:
        return StandsAlready(reason)
    if told.error in ACCOUNT_IS_CLOSED:
        return Gone(reason) if response.request.method == "GET" else SignInAgain(reason)
    return None


def _told(response: httpx.Response) -> ToldPayload:
    try:
        return read(response.content, ToldPayload)
    except Unreadable:
        return ToldPayload()

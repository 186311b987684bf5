"""Asks our own public address, as somebody outside would, to see whether the proxy passes it on.

It is the operator's own address from the settings, so it may well lead to this machine, and the
guard against inside addresses has no business here. Nothing is followed, little is read.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

PATIENCE_SECONDS = 5.0


class NoAnswer(Exception):
    """Nothing answers there; the message says why in the words of the network."""


@dataclass(frozen=True)
class Answered:
    """An answer: its status, where it sends on to (""), its clock (None: not told), its text."""

    status: int
    location: str
    clock: datetime | None
    text: str


def ask(url: str) -> Answered:
    """Ask once. Raises `NoAnswer`."""
    try:
        answer = httpx.get(url, timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as cause:
        raise NoAnswer(str(cause) or type(cause).__name__) from cause
    return Answered(
        status=answer.status_code,
        location=answer.headers.get("location", ""),
        clock=_clock(answer.headers.get("date", "")),
        text=answer.text[:200],
    )


def _clock(told: str) -> datetime | None:
    try:
        return parsedate_to_datetime(told)
    except ValueError:
        return None

"""Gets a page that somebody named, within narrow limits."""

import re
from datetime import datetime

import httpx
import msgspec

from resonanz.networks.webmention import limits
from resonanz.plumbing.outgoing import MOST_BYTES, WITHIN_SECONDS
from resonanz.switchboard.http import send, trouble_of
from resonanz.switchboard.trouble import Refused, Trouble
from resonanz.switchboard.wording import N_

ACCEPT = (
    "text/html, application/xhtml+xml, application/mf2+json;q=0.9, application/json;q=0.8, "
    "text/plain;q=0.7, */*;q=0.1"
)
NOT_OPEN = N_("This page is not shown to everybody, so it cannot be looked at.")
BOUNDS = {MOST_BYTES: limits.PAGE_BYTES, WITHIN_SECONDS: limits.SECONDS_A_PAGE}
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_FOR_MEMBERS = (401, 402, 407)


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came: the bytes, where they came from in the end, and what their head says.

    `links` are the values of all Link headers, `pingback` that of X-Pingback.
    """

    place: str
    body: bytes
    content_type: str = ""
    links: tuple[str, ...] = ()
    pingback: str = ""

    @property
    def kind(self) -> str:
        """The content type without its parameters; "" where none was told."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """Whether it is a page, by what it says or, where it says nothing, by its beginning."""
        if not self.kind:
            return self.body.lstrip()[:1] == b"<"
        return self.kind in ("text/html", "application/xhtml+xml")

    @property
    def is_json(self) -> bool:
        """Whether it is JSON of any kind."""
        return self.kind == "application/json" or self.kind.endswith("+json")

    @property
    def text(self) -> str:
        """The body as text, by its own charset as far as it tells one, without halves."""
        told = _CHARSET.search(self.content_type) or (
            _CHARSET.search(self.body[:2000].decode("latin-1")) if self.is_html else None
        )
        try:
            text = self.body.decode(told[1] if told else "utf-8", "replace")
        except (LookupError, ValueError):
            text = self.body.decode("utf-8", "replace")
        sound = text[: limits.PAGE_CHARACTERS].replace("\0", "").removeprefix("\ufeff")
        return sound.encode("utf-8", "replace").decode()


def fetch(http: httpx.Client, address: str, *, now: datetime) -> Fetched:
    """Ask for a page. Raises troubles."""
    response = send(
        http,
        "GET",
        address,
        writing=False,
        now=now,
        judge=_judged,
        headers={"Accept": ACCEPT},
        extensions=dict(BOUNDS),
    )
    return Fetched(
        place=str(response.url),
        body=response.content,
        content_type=response.headers.get("content-type", ""),
        links=tuple(response.headers.get_list("link")),
        pingback=response.headers.get("x-pingback", "").strip(),
    )


def _judged(response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
    """Pages have no token of ours: one that asks for a password is simply not open."""
    if response.status_code in _FOR_MEMBERS:
        return Refused(NOT_OPEN)
    return trouble_of(response, writing=writing, now=now)

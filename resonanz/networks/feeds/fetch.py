"""Gets the bytes of a feed politely: conditionally, and with everything that HTTP says about it."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx
import msgspec

from resonanz.networks.feeds import limits
from resonanz.switchboard.http import send
from resonanz.switchboard.shapes import Secret
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, TryLater
from resonanz.switchboard.wording import N_

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, application/json;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1"
)
PERMANENT = (301, 308)
MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})", re.IGNORECASE)

NOTHING_THERE = N_("There is nothing at this address. It is misspelled, or was taken down.")
NOT_REACHED = N_(
    "The server of this address cannot be reached. Check how its name is spelled, or try again "
    "later."
)
BUSY = N_("The server of this address asks for patience.")
NEEDS_PASSWORD = N_("This address asks for a name and a password, and ours are not accepted.")
NOT_FOR_US = N_("The server of this address does not want to show it to us.")


class Login(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name and a password for feeds that ask for them. Never printed."""

    name: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Hide both."""
        return "Login(…)"

    @property
    def auth(self) -> tuple[str, str] | None:
        """As httpx takes it."""
        return (self.name, self.password) if self.name or self.password else None


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came: the bytes, or `is_same` when the server says that nothing has changed.

    `address` is where it lives for good (after permanent redirects), `place` where these bytes
    came from. `pause` is how long the server says they stay fresh.
    """

    address: str
    place: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    pause: timedelta = timedelta(0)
    is_same: bool = False

    @property
    def digest(self) -> str:
        """By which the same bytes are known again."""
        return sha256(self.body).hexdigest()[:24]


def fetch(
    http: httpx.Client,
    address: str,
    *,
    now: datetime,
    login: Login = Login(),  # noqa: B008 - frozen
    etag: str = "",
    modified: str = "",
) -> Fetched:
    """Ask for a feed. Raises troubles whose reasons are constant sentences (message ids)."""
    headers = {"Accept": ACCEPT}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    response = _sent(http, address, headers, login, now)
    return Fetched(
        address=_lasting_address(address, response),
        place=without_login(str(response.url))[0],
        body=response.content,
        content_type=response.headers.get("content-type", ""),
        etag=_token(response.headers, "etag") or etag,
        modified=_token(response.headers, "last-modified") or modified,
        pause=_pause(response.headers),
        is_same=response.status_code == 304,
    )


def _sent(
    http: httpx.Client, address: str, headers: Mapping[str, str], login: Login, now: datetime
) -> httpx.Response:
    # The server's own words are left behind ("from None"): they may quote what we sent.
    try:
        return send(http, "GET", address, writing=False, now=now, headers=headers, auth=login.auth)
    except Gone:
        raise Gone(NOTHING_THERE) from None
    except SignInAgain:
        raise SignInAgain(NEEDS_PASSWORD) from None
    except TryLater as trouble:
        reason = BUSY if trouble.is_overload else NOT_REACHED
        raise TryLater(reason, after=trouble.after, is_overload=trouble.is_overload) from None
    except Refused as trouble:
        raise Refused(trouble.reason if is_sentence(trouble) else NOT_FOR_US) from None


def is_sentence(trouble: Refused) -> bool:
    """Whether the reason was written by us, about the line, and not by a server."""
    return isinstance(trouble.__cause__, httpx.HTTPError)


def login_of(credentials: Secret) -> Login:
    """The login in an account's credentials; an empty one if there is none."""
    try:
        return msgspec.json.decode(credentials.value, type=Login)
    except msgspec.DecodeError:
        return Login()


def without_login(address: str) -> tuple[str, Login]:
    """An address without the name and password that stood in it, and those."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, Login()
    login = Login(unquote(parts.username or ""), unquote(parts.password or ""))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), login


def _lasting_address(address: str, response: httpx.Response) -> str:
    """Where to ask the next time: as far as the redirects were permanent, and no further."""
    hops = [*response.history, response]
    for hop, after in pairwise(hops):
        if hop.status_code not in PERMANENT:
            break
        address = without_login(str(after.url))[0]
    return address


def _pause(headers: httpx.Headers) -> timedelta:
    if found := MAX_AGE.search(headers.get("cache-control", "")):
        return min(timedelta(seconds=int(found[1])), limits.LONGEST_PAUSE)
    return timedelta(0)


def _token(headers: httpx.Headers, name: str) -> str:
    """A header to give back as it came; one that is beyond all measure is not kept."""
    value = headers.get(name, "")
    return value if len(value) <= 500 and value.isascii() else ""

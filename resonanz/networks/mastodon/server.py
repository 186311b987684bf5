"""Finding a server and asking what it is. Nobody is signed in here."""

import re
from collections.abc import Mapping

import httpx
import msgspec

from resonanz.networks.mastodon.facts import facts_of
from resonanz.networks.mastodon.limits import ONE_LINE_EACH
from resonanz.networks.mastodon.payloads import InstancePayload
from resonanz.networks.mastodon.server_name import host_of
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.http import decode, send
from resonanz.switchboard.shapes import Facts
from resonanz.switchboard.trouble import (
    Gone,
    Refused,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
)
from resonanz.switchboard.wording import N_

NOT_MASTODON = N_(
    "There is a server under this name, but it does not speak the Mastodon API. Please check the "
    "name: it is the part after the last @ of your address there."
)
NO_ANSWER = N_(
    "No server answers under this name. Please check how it is spelt, or try again later, in "
    "case it is down at the moment."
)

INSTANCE_PATHS = ("/api/v2/instance", "/api/v1/instance")
HOST_META_PATH = "/.well-known/host-meta"
HEALTH_PATH = "/api/v1/streaming/health"
TEMPLATE = re.compile(r"""template=["'](https?://[^/"'{]+)/""")


class Server:
    """A server that was found: its address after redirects, and what it said about itself."""

    def __init__(self, address: str, instance: InstancePayload) -> None:
        """Keep both."""
        self.address = address
        self.instance = instance


def find_server(address: str, surroundings: Surroundings) -> Server:
    """Ask an address what it is.

    A host that only lends its name to handles is followed to where its people live. Raises
    `Refused` with a sentence when no Mastodon API is there, and `TryLater` with one when
    nobody answers.
    """
    try:
        if found := _ask(address, surroundings):
            return found
        elsewhere = _where_the_people_live(address, surroundings)
        if elsewhere and (found := _ask(elsewhere, surroundings)):
            return found
    except TryLater as cause:
        if cause.is_overload:
            raise
        raise TryLater(NO_ANSWER, after=cause.after) from cause
    raise Refused(NOT_MASTODON)


def _ask(address: str, surroundings: Surroundings) -> Server | None:
    """What the server at this very address says; None when it does not know the question."""
    for path in INSTANCE_PATHS:
        try:
            response = _get(address + path, surroundings)
            return Server(_origin(response, address), decode(response, InstancePayload))
        except (Gone, SignInAgain, Unreadable):
            continue
        except Refused as refusal:
            # What our own client refuses has no answer behind it, and is told as it is.
            if isinstance(refusal.__cause__, httpx.HTTPError | httpx.InvalidURL):
                raise
            continue
    return None


def ask_openly(
    surroundings: Surroundings, method: str, url: str, form: Mapping[str, str] | None = None
) -> httpx.Response:
    """One request without a token. Raises a `Trouble`.

    What is written here may be written twice without harm, so a broken line means: try later.
    """
    return send(
        surroundings.http,
        method,
        url,
        writing=False,
        now=surroundings.clock(),
        data=form,
        headers=ONE_LINE_EACH,
    )


def _get(url: str, surroundings: Surroundings) -> httpx.Response:
    return ask_openly(surroundings, "GET", url)


def _origin(response: httpx.Response, asked: str) -> str:
    """Where the answer came from after redirects; never from https to http."""
    found = f"{response.url.scheme}://{response.url.netloc.decode('ascii')}"
    return asked if asked.startswith("https:") and found.startswith("http:") else found


def _where_the_people_live(address: str, surroundings: Surroundings) -> str:
    """The host that answers for the handles of this one (RFC 6415, host-meta), or ""."""
    try:
        found = TEMPLATE.search(_get(address + HOST_META_PATH, surroundings).text)
    except Trouble:
        return ""
    elsewhere = found[1] if found else ""
    if address.startswith("https:") and not elsewhere.startswith("https:"):
        return ""
    return elsewhere if host_of(elsewhere) != host_of(address) else ""


def facts_with_checked_stream(
    server: Server, surroundings: Surroundings, *, known_stream: str = ""
) -> Facts:
    """The facts, with the streaming address only if something answers there.

    snac2 names a streaming address and has none; GoToSocial streams by websocket only. When
    the line breaks while we ask, it is asked once more: without a stream an account would hear
    late until the next day. After that `known_stream` stays, the address that answered before.
    """
    facts = facts_of(server.instance)
    url = facts.streaming_url
    if not url or (server.address.startswith("https:") and url.startswith("http:")):
        return msgspec.structs.replace(facts, streaming_url="")
    is_alive = _streams(url, surroundings)
    if is_alive is None:
        is_alive = _streams(url, surroundings)
    found = known_stream if is_alive is None else url if is_alive else ""
    return msgspec.structs.replace(facts, streaming_url=found)


def _streams(url: str, surroundings: Surroundings) -> bool | None:
    """Whether something streams there; None when the line broke and nobody knows."""
    try:
        return _get(url + HEALTH_PATH, surroundings).text.strip() == "OK"
    except TryLater:
        return None
    except Trouble:
        return False

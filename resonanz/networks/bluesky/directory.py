"""Who has a handle, and where an account is at home. Nobody is signed in here.

A handle leads to a DID by a file on its own host or by the DNS, a DID to a document that names the
account's server. Sources: https://atproto.com/specs/handle and …/did (read 2026-11-22). We ask no
DNS ourselves: where there is no file, a server of the network is asked, which looks in both.
"""

import os
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import httpx

from resonanz.networks.bluesky.addresses import is_did
from resonanz.networks.bluesky.limits import PLC_DIRECTORY, RESOLVER
from resonanz.networks.bluesky.payloads import DidDocument, ResolvedPayload
from resonanz.networks.bluesky.troubles import trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import part_of, read
from resonanz.switchboard.http import send
from resonanz.switchboard.trouble import Gone, Refused, Trouble
from resonanz.switchboard.wording import N_

# For tests and for networks of one's own: docs/reference/settings.md.
PLC_SETTING = "RESONANZ_PLC_DIRECTORY"
LONGEST_DID_CHARACTERS = 300
LOOPBACK = frozenset({"localhost", "127.0.0.1"})

NOBODY = N_(
    "Nobody at Bluesky has this name. Please check it: it is what stands behind the @ of your "
    "profile, for example ada.bsky.social."
)
NO_HOME = N_("This account does not say on which server it lives.")


def did_of(handle: str, surroundings: Surroundings) -> str:
    """The DID behind a handle. Raises `Refused` with a sentence when nobody has it."""
    try:
        told = ask_openly(surroundings, f"https://{handle}/.well-known/atproto-did").text.strip()
    except Trouble:
        told = ""
    if len(told) <= LONGEST_DID_CHARACTERS and is_did(told):
        return told
    url = f"{RESOLVER}/xrpc/com.atproto.identity.resolveHandle"
    try:
        answer = ask_openly(surroundings, url, {"handle": handle})
    except (Refused, Gone) as cause:
        raise Refused(NOBODY) from cause
    return read(answer.content, ResolvedPayload).did


def home_of(did: str, surroundings: Surroundings) -> str:
    """The address of the server where an account lives, without a slash at its end.

    Raises `Refused` with a sentence where its document names none.
    """
    try:
        document = read(ask_openly(surroundings, _document_of(did)).content, DidDocument)
    except (Gone, Refused) as cause:
        raise Refused(NO_HOME) from cause
    if document.id != did or not (address := server_in(document)):
        raise Refused(NO_HOME)
    return address


def server_in(sent: object) -> str:
    """The server that a DID document names, "" for none that may be asked."""
    document = sent if isinstance(sent, DidDocument) else part_of(sent, DidDocument)
    for service in (document.service or ()) if document else ():
        endpoint = service.service_endpoint
        if service.id.endswith("#atproto_pds") and isinstance(endpoint, str):
            return endpoint.rstrip("/") if _may_be_asked(endpoint) else ""
    return ""


def _may_be_asked(address: str) -> bool:
    """Whether a password may go there: over https, or within this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.netloc) and (parts.scheme == "https" or is_here)


def _document_of(did: str) -> str:
    """Where the document of a DID lies."""
    method, _, name = did.removeprefix("did:").partition(":")
    if method == "plc":
        return f"{os.environ.get(PLC_SETTING, '').strip() or PLC_DIRECTORY}/{did}"
    if method == "web" and ":" not in name:
        return f"https://{unquote(name)}/.well-known/did.json"
    raise Refused(NO_HOME)


def ask_openly(
    surroundings: Surroundings, url: str, params: Mapping[str, str] | None = None
) -> httpx.Response:
    """One question without a token. Raises a `Trouble`."""
    return send(
        surroundings.http,
        "GET",
        url,
        writing=False,
        now=surroundings.clock(),
        judge=trouble_of_answer,
        params=params,
    )

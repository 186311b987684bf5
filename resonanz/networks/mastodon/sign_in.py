"""Connecting an account: by the OAuth code flow, or by a token that the person made.

Authlib builds and checks what is sent; the requests go through the client handed in, since
Mastodon.py refuses OAuth on servers without https, which test servers are. Sources: RFC 6749,
RFC 7636, RFC 8414, docs.joinmastodon.org/methods/oauth (read 2026-11-22).
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

import msgspec
from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.oauth2.base import OAuth2Error  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]
    parse_authorization_code_response,
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

from resonanz.networks.mastodon.facts import host_in_handles
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import (
    AccountPayload,
    AppPayload,
    MetadataPayload,
    TokenPayload,
)
from resonanz.networks.mastodon.server import (
    Server,
    ask_openly,
    facts_with_checked_stream,
    find_server,
)
from resonanz.networks.mastodon.server_name import server_address
from resonanz.networks.mastodon.translate import profile_of
from resonanz.switchboard.contract import Begun, Surroundings
from resonanz.switchboard.decoding import read
from resonanz.switchboard.http import decode
from resonanz.switchboard.shapes import Account, Profile, Secret, Shape
from resonanz.switchboard.trouble import Refused, SignInAgain, Trouble
from resonanz.switchboard.wording import N_

APP_NAME = "Resonanz"
# Just what the abilities need. Granular scopes exist since Mastodon 2.4.3.
# Source: docs.joinmastodon.org/api/oauth-scopes (read 2026-11-22).
SCOPES = (
    "read",
    "write:statuses",
    "write:media",
    "write:favourites",
    "write:follows",
    "write:mutes",
    "write:blocks",
    "write:reports",
)
# What our first version asked for, which did not write down what was granted.
FIRST_SCOPES = "read write:statuses write:favourites write:follows"
BROAD_SCOPES = ("read", "write", "follow")

DENIED = N_("You did not allow Resonanz to use this account, so it was not connected.")
NOT_OUR_ERRAND = N_(
    "The answer of the server does not belong to the connection that was begun here. Please "
    "connect once more."
)
CODE_NOT_TAKEN = N_("The server did not accept its own answer any more. Please connect once more.")
TOKEN_UNUSABLE = N_(
    "This does not look like an access token. It is one word of letters and digits."
)
TOKEN_NOT_TAKEN = N_(
    "The server does not accept this access token. Please check that it is complete."
)
APPS_REFUSED = N_(
    "The server does not let Resonanz sign people in. A token made there may still work."
)


class Credentials(Shape):
    """What is needed to speak for an account. Never printed.

    `scopes` are what the token may do, with blanks between; "" for a token of the person's own,
    of which nobody told.
    """

    token: Secret
    client_id: str = ""
    client_secret: Secret = Secret(value="")
    revocation: str = ""
    scopes: str = ""

    def sealed(self) -> Secret:
        """As one secret, to be kept encrypted."""
        kept = {
            "token": self.token.value,
            "client_id": self.client_id,
            "client_secret": self.client_secret.value,
            "revocation": self.revocation,
            "scopes": self.scopes,
        }
        return Secret(value=msgspec.json.encode(kept).decode())

    @classmethod
    def of(cls, account: Account) -> "Credentials":
        """Those of a connected account. Raises `SignInAgain` when they cannot be read."""
        try:
            kept = msgspec.json.decode(account.credentials.value, type=dict[str, str])
            token = kept["token"]
        except (msgspec.DecodeError, KeyError) as cause:
            raise SignInAgain() from cause
        return cls(
            token=Secret(value=token),
            client_id=kept.get("client_id", ""),
            client_secret=Secret(value=kept.get("client_secret", "")),
            revocation=kept.get("revocation", ""),
            scopes=kept.get("scopes", FIRST_SCOPES if kept.get("client_id") else ""),
        )


class Errand(Shape):
    """What has to be remembered while the person is away at the server. All of it is secret."""

    address: str
    state: str
    callback: str
    client_id: str
    client_secret: str
    verifier: str
    token_endpoint: str
    revocation: str
    scope: str = ""


def begin_oauth(typed: str, callback: str, surroundings: Surroundings) -> Begun:
    """Register at the server, and say where the person has to go."""
    server = find_server(server_address(typed), surroundings)
    metadata = _metadata(server, surroundings)
    scope = " ".join(_scopes(metadata))
    app = _register(server, callback, scope, surroundings)
    offers_pkce = "S256" in metadata.code_challenge_methods_supported
    errand = Errand(
        address=server.address,
        state=generate_token(32),
        callback=callback,
        client_id=app.client_id,
        client_secret=app.client_secret,
        verifier=generate_token(64) if offers_pkce else "",
        token_endpoint=metadata.token_endpoint,
        revocation=metadata.revocation_endpoint,
        scope=scope,
    )
    challenge = {
        "code_challenge": create_s256_code_challenge(errand.verifier),
        "code_challenge_method": "S256",
    }
    address = prepare_grant_uri(
        metadata.authorization_endpoint,
        client_id=app.client_id,
        response_type="code",
        redirect_uri=callback,
        scope=scope,
        state=errand.state,
        **(challenge if offers_pkce else {}),
    )
    return Begun(address=address, memo=msgspec.json.encode(errand).decode())


def _metadata(server: Server, surroundings: Surroundings) -> MetadataPayload:
    """Where the server wants to be asked (RFC 8414), or the addresses that always were.

    An endpoint on another host is not believed.
    """
    usual = MetadataPayload(
        authorization_endpoint=f"{server.address}/oauth/authorize",
        token_endpoint=f"{server.address}/oauth/token",
        revocation_endpoint=f"{server.address}/oauth/revoke",
    )
    url = f"{server.address}/.well-known/oauth-authorization-server"
    try:
        response = ask_openly(surroundings, "GET", url)
        told = decode(response, MetadataPayload)
    except Trouble:
        return usual
    endpoints = ("authorization_endpoint", "token_endpoint", "revocation_endpoint")
    foreign = {
        name: getattr(usual, name)
        for name in endpoints
        if not getattr(told, name).startswith(f"{server.address}/")
    }
    return msgspec.structs.replace(told, **foreign)


def _scopes(metadata: MetadataPayload) -> tuple[str, ...]:
    offered = metadata.scopes_supported
    return SCOPES if not offered or set(SCOPES) <= set(offered) else BROAD_SCOPES


def _register(server: Server, callback: str, scope: str, surroundings: Surroundings) -> AppPayload:
    form = {"client_name": APP_NAME, "redirect_uris": callback, "scopes": scope}
    try:
        response = ask_openly(surroundings, "POST", f"{server.address}/api/v1/apps", form)
    except (Refused, SignInAgain) as cause:
        raise Refused(APPS_REFUSED) from cause
    return decode(response, AppPayload)


def finish_oauth(memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
    """The person came back: turn the code into a token, and look who it is.

    Raises `Refused` with a sentence when she said no, or when the answer is not ours.
    """
    try:
        errand = msgspec.json.decode(memo, type=Errand)
    except msgspec.DecodeError:
        # Without the cause: it quotes the memo, which is secret.
        raise Refused(NOT_OUR_ERRAND) from None
    if answers.get("error"):
        raise Refused(DENIED)
    try:
        came_back = f"{errand.callback}?{urlencode(dict(answers))}"
        code = parse_authorization_code_response(came_back, state=errand.state)["code"]
    except OAuth2Error:
        # Without the cause: it is made of the address, which holds the code.
        raise Refused(NOT_OUR_ERRAND) from None
    granted = _token_for(code, errand, surroundings)
    credentials = Credentials(
        token=Secret(value=granted.access_token),
        scopes=granted.scope or errand.scope,
        client_id=errand.client_id,
        client_secret=Secret(value=errand.client_secret),
        revocation=errand.revocation,
    )
    return account_at(find_server(errand.address, surroundings), credentials, surroundings)


def _token_for(code: str, errand: Errand, surroundings: Surroundings) -> TokenPayload:
    body = prepare_token_request(
        "authorization_code",
        redirect_uri=errand.callback,
        code=code,
        client_id=errand.client_id,
        client_secret=errand.client_secret,
        code_verifier=errand.verifier,
    )
    try:
        response = ask_openly(surroundings, "POST", errand.token_endpoint, dict(parse_qsl(body)))
    except (Refused, SignInAgain) as cause:
        raise Refused(CODE_NOT_TAKEN) from cause
    return decode(response, TokenPayload)


def connect_by_token(typed: str, token: str, surroundings: Surroundings) -> Account:
    """Connect with a token that the person made in her settings at the server."""
    token = token.strip()
    if not token.isascii() or not token.isprintable() or not token or " " in token:
        raise Refused(TOKEN_UNUSABLE)
    server = find_server(server_address(typed), surroundings)
    try:
        return account_at(server, Credentials(token=Secret(value=token)), surroundings)
    except SignInAgain as cause:
        raise Refused(TOKEN_NOT_TAKEN) from cause


def account_at(server: Server, credentials: Credentials, surroundings: Surroundings) -> Account:
    """Ask the server who we are, and take down what it is."""
    line = Line(server.address, credentials.token.value, surroundings)
    host = host_in_handles(server.instance, server.address)
    return Account(
        address=server.address,
        profile=who_we_are(line, host),
        credentials=credentials.sealed(),
        facts=facts_with_checked_stream(server, surroundings),
    )


def who_we_are(line: Line, host: str) -> Profile:
    """Our own profile, as the server shows it; `host` is that of its people's handles."""
    answer = line.ask(lambda api: api.account_verify_credentials())
    return profile_of(read(answer.content, AccountPayload), host)


def revoke(account: Account, surroundings: Surroundings) -> None:
    """Give the token back. One that the person made herself is hers to revoke."""
    credentials = Credentials.of(account)
    if not credentials.client_id:
        return
    url = credentials.revocation or f"{account.address}/oauth/revoke"
    form = {
        "token": credentials.token.value,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.value,
    }
    ask_openly(surroundings, "POST", url, form)

"""Sessions: what proves who we are, for how long, and how it is renewed.

An app password opens a session of two tokens: one for two hours, and one that renews both for
some weeks. Opening one is limited to 30 in 5 minutes and 300 a day, so tokens are kept and
renewed, and the password is used only when that does not work any more.
Source: https://atproto.com/specs/xrpc#authentication and
https://docs.bsky.app/docs/advanced-guides/rate-limits (read 2026-11-22).
"""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64

import httpx
import msgspec

from resonanz.networks.bluesky.payloads import SessionPayload
from resonanz.networks.bluesky.troubles import trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import read
from resonanz.switchboard.http import send
from resonanz.switchboard.shapes import Account, Secret, Shape
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain
from resonanz.switchboard.wording import N_

CREATE, REFRESH = "com.atproto.server.createSession", "com.atproto.server.refreshSession"
# What the token of a session says that was opened with the password of the account itself.
WHOLE_ACCOUNT = "com.atproto.access"

NOT_TAKEN = N_(
    "The server does not accept this name with this app password. Please check both; an app "
    "password is made at Bluesky under “Settings”, “Privacy and security”, “App passwords”."
)
PASSWORD_IS_OVER = N_(
    "The app password of this account is not accepted any more. Please make a new one and connect "
    "the account again."
)


class Credentials(Shape):
    """What is needed to speak for an account. Never printed."""

    did: str
    password: Secret
    access: Secret = Secret(value="")
    refresh: Secret = Secret(value="")

    def sealed(self) -> Secret:
        """As one secret, to be kept encrypted."""
        kept = {
            "did": self.did,
            "password": self.password.value,
            "access": self.access.value,
            "refresh": self.refresh.value,
        }
        return Secret(value=msgspec.json.encode(kept).decode())

    @classmethod
    def of(cls, account: Account) -> "Credentials":
        """Those of a connected account. Raises `SignInAgain` when they cannot be read."""
        try:
            kept = msgspec.json.decode(account.credentials.value, type=dict[str, str])
            did, password = kept["did"], kept["password"]
        except (msgspec.DecodeError, KeyError):
            # Without the cause: it may quote what is secret.
            raise SignInAgain() from None
        return cls(
            did=did,
            password=Secret(value=password),
            access=Secret(value=kept.get("access", "")),
            refresh=Secret(value=kept.get("refresh", "")),
        )

    def with_tokens(self, session: SessionPayload) -> "Credentials":
        """The same with the tokens of a session."""
        return msgspec.structs.replace(
            self,
            access=Secret(value=session.access_jwt),
            refresh=Secret(value=session.refresh_jwt),
        )


def open_session(
    address: str, identifier: str, password: Secret, surroundings: Surroundings
) -> SessionPayload:
    """Sign in with a handle, DID or e-mail address. Raises `SignInAgain` when it is not taken."""
    asked = {"identifier": identifier, "password": password.value}
    try:
        answer = _ask(address, CREATE, surroundings, json=asked)
    except (SignInAgain, Refused):
        # In words of ours, and without the cause: a server might quote what it was sent.
        raise SignInAgain(NOT_TAKEN) from None
    return read(answer.content, SessionPayload)


def renewed(address: str, before: Credentials, surroundings: Surroundings) -> Credentials:
    """The same account with a new session: by its second token, or else by its password."""
    try:
        token = {"Authorization": f"Bearer {before.refresh.value}"}
        answer = _ask(address, REFRESH, surroundings, headers=token)
        return before.with_tokens(read(answer.content, SessionPayload))
    except (SignInAgain, Refused, Gone):
        pass
    try:
        session = open_session(address, before.did, before.password, surroundings)
    except (SignInAgain, Gone):
        raise SignInAgain(PASSWORD_IS_OVER) from None
    return before.with_tokens(session)


def close_session(address: str, credentials: Credentials, surroundings: Surroundings) -> None:
    """End the session. The app password is the person's to delete."""
    token = {"Authorization": f"Bearer {credentials.refresh.value}"}
    _ask(address, "com.atproto.server.deleteSession", surroundings, headers=token)


def is_whole_account(token: str) -> bool:
    """Whether a token was got with the account's own password, and may do everything.

    Only what the token says itself is read; whether that is true is the server's business.
    """
    try:
        middle = token.split(".")[1]
        told = urlsafe_b64decode(middle + "=" * (-len(middle) % 4))
        return msgspec.json.decode(told, type=dict[str, object]).get("scope") == WHOLE_ACCOUNT
    except (IndexError, NotBase64, ValueError, msgspec.DecodeError):
        return False


def _ask(
    address: str,
    name: str,
    surroundings: Surroundings,
    *,
    json: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """One of the questions about sessions; asked twice they do no harm."""
    return send(
        surroundings.http,
        "POST",
        f"{address}/xrpc/{name}",
        writing=False,
        now=surroundings.clock(),
        judge=trouble_of_answer,
        json=json,
        headers=headers,
    )

"""Connecting an account: by its name and an app password, at whatever server it lives."""

import re

import idna

from resonanz.networks.bluesky import session
from resonanz.networks.bluesky.addresses import is_did, is_handle, profile_page
from resonanz.networks.bluesky.directory import did_of, home_of, server_in
from resonanz.networks.bluesky.limits import (
    DESCRIPTION_LIMIT_CHARACTERS,
    FIRST_SERVER,
    LINK_COST_GRAPHEMES,
    PICTURE_BYTES,
    PICTURE_TYPES,
    PICTURES_A_POST,
    TEXT_LIMIT_GRAPHEMES,
)
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import ProfilePayload, SessionPayload
from resonanz.networks.bluesky.session import Credentials
from resonanz.networks.bluesky.translate import profile_of
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import read
from resonanz.switchboard.shapes import Account, Facts, Profile, Secret
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater, Unreadable
from resonanz.switchboard.wording import N_

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c"))
PROFILE_PAGE = re.compile(r"^https?://[^/]+/profile/([^/?#]+).*$", re.IGNORECASE)
SERVER = re.compile(r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?P<port>:[0-9]{1,5})?")

NO_NAME = N_(
    "This does not look like a name at Bluesky. It is what stands behind the @ of your profile, "
    "for example ada.bsky.social."
)
NOT_A_SERVER = N_(
    "This does not look like the name of a server, for example pds.example. Leave it empty if you "
    "have none of your own."
)
NOT_BLUESKY = N_("There is a server under this name, but nobody can sign in to Bluesky there.")
NO_ANSWER = N_(
    "No server answers under this name. Please check how it is spelt, or try again later, in "
    "case it is down at the moment."
)
NOT_AN_APP_PASSWORD = N_(
    "This is the password of the account itself, which is nobody else's business. Please make an "
    "app password at Bluesky under “Settings”, “Privacy and security”, “App passwords”, and type "
    "that one."
)
PASSWORD_UNUSABLE = N_("The app password is missing, or holds signs that no app password has.")


def connect(typed: str, password: str, server: str, surroundings: Surroundings) -> Account:
    """Find the account's server, sign in there, and look who it is.

    `typed` is a handle, an e-mail address or a DID, `server` may be empty. Raises `Refused` with
    a sentence, `TryLater` when nobody answers.
    """
    password = password.translate(INVISIBLE).strip()
    if not password or not password.isprintable():
        raise Refused(PASSWORD_UNUSABLE)
    named = server_address(server)
    identifier = identifier_in(typed, is_at_home=bool(named))
    address = named or _home(identifier, surroundings)
    try:
        found = session.open_session(address, identifier, Secret(value=password), surroundings)
    except SignInAgain as cause:
        raise Refused(cause.reason) from None
    except (Gone, Unreadable) as cause:
        raise Refused(NOT_BLUESKY) from cause
    except TryLater as cause:
        if cause.is_overload:
            raise
        raise TryLater(NO_ANSWER, after=cause.after) from cause
    if session.is_whole_account(found.access_jwt):
        raise Refused(NOT_AN_APP_PASSWORD)
    return _account(address, found, Secret(value=password), surroundings)


def _home(identifier: str, surroundings: Surroundings) -> str:
    """Where somebody lives who named no server."""
    if "@" in identifier:
        return f"https://{FIRST_SERVER}"
    did = identifier if is_did(identifier) else did_of(identifier, surroundings)
    return home_of(did, surroundings)


def _account(
    address: str, found: SessionPayload, password: Secret, surroundings: Surroundings
) -> Account:
    # Where somebody signs in is not always where the account lies: the document tells.
    at_home = server_in(found.did_doc)
    address = at_home if at_home.startswith("https://") else address
    credentials = Credentials(did=found.did, password=password).with_tokens(found)
    line = Line(address, credentials, surroundings)
    return Account(
        address=address,
        profile=who_we_are(line, found.did, found.handle),
        credentials=credentials.sealed(),
        facts=facts_of(address),
    )


def who_we_are(line: Line, did: str, handle: str, known: Profile | None = None) -> Profile:
    """Our own profile; while nobody shows it, what is known of it."""
    try:
        answer = line.ask("app.bsky.actor.getProfile", actor=did)
        return profile_of(read(answer.content, ProfilePayload), is_full=True)
    except Trouble:
        bare = Profile(
            uid=did,
            handle=f"@{handle}",
            local_id=did,
            name=handle,
            url=profile_page(did, handle),
        )
        return known or bare


def facts_of(address: str) -> Facts:
    """What holds everywhere on this network."""
    return Facts(
        software="Bluesky",
        title=address.partition("://")[2],
        text_limit=TEXT_LIMIT_GRAPHEMES,
        link_cost=LINK_COST_GRAPHEMES,
        picture_limit=PICTURES_A_POST,
        picture_bytes=PICTURE_BYTES,
        picture_types=PICTURE_TYPES,
        description_limit=DESCRIPTION_LIMIT_CHARACTERS,
    )


def identifier_in(typed: str, *, is_at_home: bool) -> str:
    """Whom somebody means who typed this: a handle, an e-mail address or a DID.

    Understands `@ada.bsky.social`, `ada`, the address of a profile, blanks, a full stop at the
    end. A bare name is one of Bluesky's own server, unless another server was named.
    """
    text = "".join(typed.translate(INVISIBLE).split()).replace("＠", "@")
    text = PROFILE_PAGE.sub(r"\1", text).removeprefix("at://").lstrip("@").rstrip(".,;/")
    if is_did(text):
        return text
    if "@" in text:
        return text
    text = text.lower()
    if text and "." not in text and not is_at_home:
        text = f"{text}.{FIRST_SERVER}"
    if not (is_handle(text) or (is_at_home and text)):
        raise Refused(NO_NAME)
    return text


def server_address(typed: str) -> str:
    """The address of the server that somebody typed, "" for none.

    It is https unless http: was typed. Raises `Refused` with a sentence for what is no server.
    """
    text = "".join(typed.translate(INVISIBLE).split()).lower()
    if not text:
        return ""
    scheme = "http" if text.startswith("http:") else "https"
    text = re.sub(r"^https?:/*", "", text)
    text = re.split(r"[/?#\\]", text, maxsplit=1)[0].rpartition("@")[2].rstrip(".,;")
    host, colon, port = text.partition(":")
    try:
        host = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise Refused(NOT_A_SERVER) from None
    found = f"{host}{colon}{port}"
    if not SERVER.fullmatch(found) or not ("." in host or host == "localhost"):
        raise Refused(NOT_A_SERVER)
    return f"{scheme}://{found}"

"""Connecting a blog: by an application password that the person made, or that she gives us there.

Source of the second way: make.wordpress.org/core/2020/11/05/application-passwords-integration-
guide/ (read 2026-11-22). The blog sends her back with the password in the address, over https.
"""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

import msgspec

from resonanz.networks.wordpress import limits
from resonanz.networks.wordpress.address import (
    Blog,
    find_blog,
    index_of,
    why_no_passwords,
)
from resonanz.networks.wordpress.credentials import Credentials, rights_of
from resonanz.networks.wordpress.line import Line
from resonanz.networks.wordpress.naming import Names, base_of
from resonanz.networks.wordpress.payloads import DonePayload, IndexPayload, Payload, UserPayload
from resonanz.networks.wordpress.translate import in_words, profile_of_user
from resonanz.networks.wordpress.troubles import CLOSED, PasswordNotSeen, PasswordNotTaken
from resonanz.switchboard.contract import Begun, Surroundings
from resonanz.switchboard.shapes import Account, Facts, Secret, Shape
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Unreadable
from resonanz.switchboard.wording import N_

APP_NAME = "Resonanz"
# Ours, for ever: WordPress shows passwords of the same program together.
APP_ID = UUID("0f6f6a4e-6c1e-4c55-9a44-6b8f4d8f2f0b")
ME = "wp/v2/users/me"
PASSWORDS = f"{ME}/application-passwords"
USER_MISSING = N_("Please give the name with which you sign in at the blog.")
PASSWORD_MISSING = N_("Please give the application password, too.")
PASSWORD_NOT_TAKEN = N_(
    "The blog does not accept this user and this application password. It is not the password with "
    "which you sign in: it is made in your profile there, under “Application Passwords”, and shown "
    "once."
)
# WordPress 6.1 says the same to a wrong password as to none, unless a plugin asks earlier.
PASSWORD_NOT_SEEN = N_(
    "The blog does not let this user in. Please check the name and the application password; it is "
    "not the password with which you sign in. If both are right, its web server keeps the password "
    "from WordPress (the header “Authorization”)."
)
NOT_SENT_BACK_WITHOUT_HTTPS = N_(
    "A blog sends nobody back to a Resonanz that is reached without https. Please make an "
    "application password there, and connect with it."
)
DENIED = N_("You did not allow Resonanz to use this blog, so it was not connected.")
NOT_OUR_ERRAND = N_(
    "The answer of the blog does not belong to the connection that was begun here. Please connect "
    "once more."
)


class Errand(Shape):
    """What has to be remembered while the person is away at her blog."""

    blog: Blog


class IntrospectedPayload(Payload):
    """The application password that was used."""

    uuid: str


def connect_by_password(
    typed: str, user: str, password: str, surroundings: Surroundings
) -> Account:
    """Connect with an application password that the person made in her profile there."""
    if not user.strip():
        raise Refused(USER_MISSING)
    if not password.strip():
        raise Refused(PASSWORD_MISSING)
    blog = find_blog(typed, surroundings)
    return account_at(blog, user.strip(), password.strip(), surroundings)


def begin_there(typed: str, callback: str, surroundings: Surroundings) -> Begun:
    """Say where the person has to go to give us an application password."""
    if urlsplit(callback).scheme != "https":
        raise Refused(NOT_SENT_BACK_WITHOUT_HTTPS)
    blog = find_blog(typed, surroundings)
    if not blog.authorization:
        raise Refused(why_no_passwords(blog))
    parts = urlsplit(blog.authorization)
    asked = urlencode(
        {
            "app_name": APP_NAME,
            "app_id": str(APP_ID),
            "success_url": callback,
            "reject_url": callback,
        }
    )
    query = f"{parts.query}&{asked}" if parts.query else asked
    address = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    return Begun(address=address, memo=msgspec.json.encode(Errand(blog=blog)).decode())


def finish_there(memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
    """The person came back: look who she is. Raises `Refused` when she said no."""
    try:
        blog = msgspec.json.decode(memo, type=Errand).blog
    except msgspec.DecodeError:
        raise Refused(NOT_OUR_ERRAND) from None
    user, password = answers.get("user_login", ""), answers.get("password", "")
    if answers.get("success") == "false" or not user or not password:
        raise Refused(DENIED)
    site = base_of(answers.get("site_url", ""))
    known = {base_of(blog.index.url or ""), base_of(blog.index.home or "")} if blog.index else set()
    if known and site not in known:
        raise Refused(NOT_OUR_ERRAND)
    return account_at(blog, user, password, surroundings, was_granted=True)


def account_at(
    blog: Blog,
    user: str,
    password: str,
    surroundings: Surroundings,
    *,
    was_granted: bool = False,
) -> Account:
    """Ask the blog who we are and what we may do, and take down what it is."""
    credentials = Credentials(
        api=blog.api, user=user, password=Secret(value=password), was_granted=was_granted
    )
    me = _me_at(blog, credentials, surroundings)
    index = blog.index or index_of(blog.api, surroundings, credentials)
    address = _home_of(index, blog)
    credentials = msgspec.structs.replace(credentials, rights=rights_of(me))
    return Account(
        address=address,
        profile=profile_of_user(me, Names(base=base_of(address))),
        credentials=credentials.sealed(),
        facts=facts_of(blog, index),
    )


def _me_at(blog: Blog, credentials: Credentials, surroundings: Surroundings) -> UserPayload:
    """Our user, or a sentence that says what is wrong with the password or the blog."""
    try:
        return who_we_are(Line(credentials, surroundings))
    except SignInAgain as cause:
        if blog.index is not None and not blog.authorization:
            raise Refused(why_no_passwords(blog)) from cause
        raise Refused(_why_not_signed_in(cause)) from cause
    except (Gone, Unreadable) as cause:
        raise Refused(CLOSED) from cause


def _why_not_signed_in(trouble: SignInAgain) -> str:
    match trouble:
        case PasswordNotTaken():
            return PASSWORD_NOT_TAKEN
        case PasswordNotSeen():
            return PASSWORD_NOT_SEEN
        case _:
            return CLOSED


def who_we_are(line: Line) -> UserPayload:
    """Our user, as the blog shows it to ourselves, with what it may do."""
    return line.read(UserPayload, ME, context="edit")


def _home_of(index: IndexPayload, blog: Blog) -> str:
    """The blog's address as visitors know it, or the one that was typed."""
    told = next((one for one in (index.home, index.url) if one and base_of(one)), blog.address)
    return told.partition("?")[0].partition("#")[0].rstrip("/")


def facts_of(blog: Blog, index: IndexPayload) -> Facts:
    """What the blog said about itself, with the bounds that we keep to."""
    return Facts(
        software="WordPress",
        version=blog.version,
        title=in_words(index.name),
        language=blog.language,
        text_limit=limits.ARTICLE_LIMIT_CHARACTERS,
        picture_limit=limits.PICTURES_AN_ARTICLE,
        picture_bytes=limits.PICTURE_BYTES,
        picture_types=limits.PICTURE_TYPES,
        description_limit=limits.DESCRIPTION_LIMIT_CHARACTERS,
    )


def revoke(account: Account, surroundings: Surroundings) -> None:
    """Give the password back. One that the person made herself is hers to revoke."""
    credentials = Credentials.of(account)
    if not credentials.was_granted:
        return
    line = Line(credentials, surroundings)
    used = line.read(IntrospectedPayload, f"{PASSWORDS}/introspect")
    line.write("DELETE", f"{PASSWORDS}/{used.uuid}", DonePayload)

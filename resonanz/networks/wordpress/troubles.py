"""Which trouble an answer of WordPress stands for, where it differs from the common reading.

WordPress names every refusal by a code. With a password that is accepted nothing is ever a 401
(rest_authorization_required_code: 403 for whoever is signed in), so a 401 is about the password;
some hosts and plugins say the same with 403. Source: WordPress 6.1, wp-includes/user.php,
wp-includes/rest-api.php and wp-includes/rest-api/endpoints (read 2026-11-22).
"""

from datetime import datetime

import httpx
import msgspec

from resonanz.networks.wordpress.limits import COMMENTS_COME_EVERY
from resonanz.networks.wordpress.payloads import ErrorPayload
from resonanz.switchboard.http import reason_of, retry_after, trouble_of
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater
from resonanz.switchboard.wording import N_

# What wp_authenticate_application_password() says when a password opens nothing.
OF_THE_PASSWORD = frozenset(
    {
        "incorrect_password",
        "invalid_username",
        "invalid_email",
        "application_passwords_disabled",
        "application_passwords_disabled_for_user",
    }
)
CLOSED = N_(
    "This blog does not let Resonanz at its REST API; a plugin or the host keeps it closed. Please "
    "allow it there for whoever is signed in."
)
NOBODY_COMMENTS_HERE = N_("Comments are closed there, so the answer was not sent.")
SAID_BEFORE = N_(
    "The very same words of yours stand there already, and WordPress takes no comment twice."
)
NO_TRASH = N_(
    "This blog has no trash: deleting would be for good, and so Resonanz leaves it to you there."
)
TOO_LARGE = N_("One of the pictures is a larger file than this blog takes.")
# Refusals that deserve a sentence of ours.
SENTENCES = {
    "rest_no_route": CLOSED,
    "rest_comment_closed": NOBODY_COMMENTS_HERE,
    "comment_duplicate": SAID_BEFORE,
    "rest_trash_not_supported": NO_TRASH,
    "rest_upload_file_too_big": TOO_LARGE,
}


class PasswordNotTaken(SignInAgain):
    """The password opens nothing, or not any more."""


class PasswordNotSeen(SignInAgain):
    """WordPress took us for a stranger: the password did not reach it."""


class SaidBefore(Refused):
    """409: the same words of the same author stand at the same place already."""


class PastTheEnd(Refused):
    """400: there are not so many pages (any more)."""


MEANINGS: dict[str, type[Trouble]] = {
    **dict.fromkeys(SENTENCES, Refused),
    **dict.fromkeys(OF_THE_PASSWORD, PasswordNotTaken),
    "rest_not_logged_in": PasswordNotSeen,
    "comment_duplicate": SaidBefore,
    "rest_post_invalid_page_number": PastTheEnd,
    "rest_already_trashed": Gone,
}


def code_of(response: httpx.Response) -> str:
    """WordPress's name for a refusal, or ""."""
    try:
        told = msgspec.json.decode(response.content, type=ErrorPayload)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return told.code if isinstance(told.code, str) else ""


def trouble_of_answer(response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
    """The trouble that an answer stands for, or None for a good one."""
    if response.status_code < 400:
        return None
    code = code_of(response)
    reason = SENTENCES.get(code) or reason_of(response)
    if code == "comment_flood":
        pause = retry_after(response.headers, now) or COMMENTS_COME_EVERY
        return TryLater(reason, after=pause, is_overload=True)
    if code in MEANINGS:
        return MEANINGS[code](reason)
    if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return Refused(TOO_LARGE)
    return trouble_of(response, writing=writing, now=now)

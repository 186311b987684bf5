"""Which trouble an answer of this network stands for, where it differs from the common reading.

* 403 is mostly "not allowed", but also how a token ends, and how an account is locked out.
  (Mastodon: app/controllers/concerns/api/access_token_tracking_concern.rb and
  app/controllers/api/base_controller.rb, `require_user!`; read 2026-11-22.)
* 422 "This method requires an authenticated user" was Mastodon's answer to a dead token before
  version 4.3, and an empty 422 is snac2's.
"""

from datetime import datetime

import httpx

from resonanz.switchboard.http import reason_of, trouble_of
from resonanz.switchboard.trouble import SignInAgain, Trouble

# Found anywhere in the server's own words, in lower case.
WORDS_OF_A_DEAD_TOKEN = (
    "access token",
    "authenticated user",
    "authorized scopes",
    "login is currently",
    "login is missing",
    "account is suspended",
    "account has been suspended",
    "account is currently disabled",
)
WHO_AM_I = "/api/v1/accounts/verify_credentials"


def trouble_of_answer(response: httpx.Response, *, writing: bool, now: datetime) -> Trouble | None:
    """The trouble that an answer stands for, or None for a good one."""
    if response.status_code in (403, 422) and _is_about_the_token(response):
        return SignInAgain(reason_of(response))
    return trouble_of(response, writing=writing, now=now)


def _is_about_the_token(response: httpx.Response) -> bool:
    reason = reason_of(response).lower()
    if any(words in reason for words in WORDS_OF_A_DEAD_TOKEN):
        return True
    # Asking who we are needs nothing but a token: nothing else can be wrong with it.
    return response.url.path.rstrip("/") == WHO_AM_I

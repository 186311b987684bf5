"""Who may come in: nobody signs up by himself; members are invited. And what the door says."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The adapter that keeps the door of sign-up closed, with sentences of our own."""

    error_messages = {  # noqa: RUF012 (allauth's shape)
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and this password do not belong together."
        ),
        "too_many_login_attempts": _(
            "There were too many wrong passwords or codes. Wait five minutes, then try again."
        ),
        "rate_limited": _("There were too many wrong codes. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your password now."),
        "account_inactive": _("This login is closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page from where one came."""
        return "/security/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """To the door."""
        return "/sign-in/"

"""Who may come in: nobody signs up by himself; members are invited. And what the door says."""

import logging
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models import User
from resonanz.workspaces.places import FORGOTTEN

log = logging.getLogger(__name__)


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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """What wrong passwords are counted by: the address typed, and nothing else.

        allauth puts the host in front, and whoever asks chooses the host: each name of this
        machine would give five more tries.
        """
        return str(credentials.get("email") or credentials.get("username") or "").strip().lower()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page from where one came."""
        return "/security/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """To the door."""
        return "/sign-in/"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address of a link for a new password, whatever host the browser named."""
        told = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=told)
        path = path.replace("UID-KEY", quote(key))
        base = settings.RESONANZ_PUBLIC_ADDRESS
        return f"{base}{path}" if base else str(self.request.build_absolute_uri(path))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Hand the link to whoever brings letters; it goes to the address of the login.

        Whoever has no password signs in at the provider, and gets none by the back door.
        """
        if settings.RESONANZ_OIDC_ONLY or not user.is_active or not user.has_usable_password():
            return
        for bring in FORGOTTEN:
            bring(user, context["password_reset_url"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Nothing that allauth would write by itself is sent."""
        log.warning("a letter of allauth is not sent: %s", template_prefix)

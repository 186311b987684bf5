"""What allauth reports about logins goes into the audit trail, without any personal text."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from resonanz.workspaces.doorkeeping import note_seen
from resonanz.workspaces.models import User
from resonanz.workspaces.sign_in_actions import note_own_matter

ADDED = {
    Authenticator.Type.TOTP: "second step switched on",
    Authenticator.Type.WEBAUTHN: "passkey added",
    Authenticator.Type.RECOVERY_CODES: "codes for emergencies made",
}
REMOVED = {
    Authenticator.Type.TOTP: "second step switched off",
    Authenticator.Type.WEBAUTHN: "passkey removed",
    Authenticator.Type.RECOVERY_CODES: "codes for emergencies removed",
}


def listen() -> None:
    """Hear what allauth reports, from now on."""
    authenticator_added.connect(_added)
    authenticator_removed.connect(_removed)
    authenticator_reset.connect(_reset)
    authenticator_used.connect(_used)
    social_account_added.connect(_tied)
    user_logged_in.connect(_came_in)


def _added(user: User, authenticator: Authenticator, **_: Any) -> None:
    note_own_matter(user=user, verb=ADDED[authenticator.type])


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    note_own_matter(user=user, verb=REMOVED[authenticator.type])


def _reset(user: User, **_: Any) -> None:
    note_own_matter(user=user, verb="codes for emergencies made anew")


def _used(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note_own_matter(user=user, verb="code for emergencies used")


def _tied(sociallogin: Any, **_: Any) -> None:
    note_own_matter(user=sociallogin.user, verb="tied to the provider")


def _came_in(request: HttpRequest, **_: Any) -> None:
    note_seen(request)

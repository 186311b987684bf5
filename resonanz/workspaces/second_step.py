"""The second step of signing in: an app's codes, passkeys, and codes for the day both are lost.

allauth does the work. Here stand its rules for this house, its secrets' seal, and its questions
in our words.
"""

import io
import time
from functools import cache
from typing import Any

import qrcode
from allauth.account.forms import ReauthenticateForm as PasswordReauthenticateForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from resonanz.plumbing.secrets import KeyDoesNotFit, Vault, load_or_create_keys
from resonanz.workspaces.forms import word
from resonanz.workspaces.models import User, Workspace

# Longer than any code of an app is taken: 30 seconds, and one step to either side.
USED_CODES_KEPT_SECONDS = 180
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@cache
def _vault() -> Vault:
    return Vault(load_or_create_keys(settings.RESONANZ_KEY_FILE))


def has_second_step(user: User | AnonymousUser) -> bool:
    """Whether a login has an app or a passkey. Codes for emergencies alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=STEPS).exists())


def needs_second_step(user: User) -> bool:
    """Whether one of her workspaces wants everybody to have a second step."""
    return Workspace.objects.filter(
        members__user=user, members__left_at=None, needs_second_step=True
    ).exists()


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's rules for this house."""

    error_messages = {  # noqa: RUF012 (allauth's shape)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already."),
        "cannot_delete_authenticator": _(
            "Your workspace asks everybody for a second step. Add a passkey first; then the app"
            " can go."
        ),
        "cannot_generate_recovery_codes": _(
            "There are codes for emergencies only beside an app or a passkey."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the key that is kept outside the database."""
        return _vault().seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it. Raises `KeyDoesNotFit`."""
        return _vault().open(encrypted_text.encode())

    def build_totp_svg(self, url: str) -> str:
        """The picture for an app's camera, on white in a dark room too."""
        drawn = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not the last one while a workspace wants one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STEPS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_step(
            authenticator.user
        )

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a new passkey is called until somebody names it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if not count:
            return gettext("My first passkey")
        return gettext("Passkey %(number)d") % {"number": count + 1}


class OncePerCode(forms.Form):
    """A code of an app is taken once, also after a restart and by several processes."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code. Raises `ValidationError` for a wrong or a used one."""
        typed = "".join(str(self.cleaned_data["code"]).split())
        try:
            if is_used(self.user, typed):
                raise SecondStep().validation_error("incorrect_code")
            code: str = super().clean_code()  # type: ignore[misc]
        except KeyDoesNotFit as cause:
            raise ValidationError(
                gettext_lazy(
                    "The key file of this installation does not fit to its database, so codes"
                    " cannot be checked. Whoever keeps it has to put the right key file back."
                )
            ) from cause
        if self.authenticator.type == Authenticator.Type.TOTP and not mark_used(
            self.authenticator, typed
        ):
            raise SecondStep().validation_error("incorrect_code")
        return code


def is_used(user: User, code: str) -> bool:
    """Whether somebody came in with this code of the app a moment ago."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return app is not None and code in _fresh(app)


@transaction.atomic
def mark_used(app: Authenticator, code: str) -> bool:
    """Remember that a code was used. False when somebody else was faster with it."""
    row = Authenticator.objects.select_for_update().get(pk=app.pk)
    used = _fresh(row)
    if code in used:
        return False
    row.data["used"] = {**used, code: time.time()}
    row.save(update_fields=["data"])
    app.data = row.data
    return True


def _fresh(app: Authenticator) -> dict[str, float]:
    since = time.time() - USED_CODES_KEPT_SECONDS
    return {code: at for code, at in app.data.get("used", {}).items() if at > since}


def _word_code(field: forms.Field) -> None:
    word(field, _("The code"), autocomplete="one-time-code")
    field.widget.attrs.update({"inputmode": "numeric", "autofocus": True})


class CodeForm(OncePerCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        _word_code(self.fields["code"])
        self.fields["code"].help_text = _(
            "Six digits from your app, or one of your codes for emergencies."
        )


class CodeAgainForm(OncePerCode, ReauthenticateForm):  # type: ignore[misc]
    """A code before something sensitive is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        _word_code(self.fields["code"])
        self.fields["code"].help_text = _(
            "Six digits from your app, or one of your codes for emergencies."
        )


class PasswordAgainForm(PasswordReauthenticateForm):  # type: ignore[misc]
    """The password before something sensitive is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        word(self.fields["password"], _("Your password"), autocomplete="current-password")


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        _word_code(self.fields["code"])
        self.fields["code"].widget.attrs.pop("autofocus")
        self.fields["code"].help_text = _("The six digits that the app shows now.")

    @property
    def spaced_secret(self) -> str:
        """The key in groups of four, for typing it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the questions."""
        super().__init__(*args, **kwargs)
        word(self.fields["name"], _("What to call it"), autocomplete="off")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["name"].help_text = _("So that you recognise it: “the phone”, “the blue key”.")
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with it alone, without a password"), True
        alone.help_text = _("For an old security key without a PIN, take the tick away.")


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        word(self.fields["name"], _("What to call it"), autocomplete="off")
        self.fields["name"].widget.attrs["maxlength"] = 60

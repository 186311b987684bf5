"""The questions of this room's pages."""

from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resonanz.letters.push import from_base64
from resonanz.workspaces.models import Member

AUTH_BYTES = 16


class WishesForm(forms.Form):
    """What reaches her."""

    wants_digest = forms.BooleanField(
        label=_("In the morning, what stands on Today"),
        help_text=_("By mail, when your working day begins, unless nothing stands there."),
        required=False,
    )
    wants_alarms = forms.BooleanField(
        label=_("When something does not work and needs a human"),
        help_text=_("Once for each matter, if you look after the workspace."),
        required=False,
    )
    wants_news = forms.BooleanField(
        label=_("When something is for you"),
        help_text=_(
            "You are named in a note, are given a conversation, are asked to agree; "
            "and, in the browser only, that somebody waits."
        ),
        required=False,
    )

    @classmethod
    def of(cls, member: Member, data: Any = None) -> "WishesForm":
        """The form as the member's wishes are."""
        names = ("wants_digest", "wants_alarms", "wants_news")
        return cls(data, initial={name: getattr(member, name) for name in names})


class BrowserForm(forms.Form):
    """What a browser says of itself when it subscribes (W3C Push API, PushSubscription)."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)

    def clean_endpoint(self) -> str:
        """An address that pushes can be sent to. Raises `ValidationError`."""
        endpoint = str(self.cleaned_data["endpoint"])
        parts = urlsplit(endpoint)
        if parts.scheme != "https" or not parts.hostname:
            raise ValidationError(_("This is no address of a push service."))
        return endpoint

    def clean_p256dh(self) -> str:
        """A point on the curve. Raises `ValidationError`."""
        try:
            point = from_base64(self.cleaned_data["p256dh"])
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        except ValueError as cause:
            raise ValidationError(_("The browser's key cannot be read.")) from cause
        return str(self.cleaned_data["p256dh"])

    def clean_auth(self) -> str:
        """Sixteen bytes. Raises `ValidationError`."""
        try:
            secret = from_base64(self.cleaned_data["auth"])
        except ValueError as cause:
            raise ValidationError(_("The browser's key cannot be read.")) from cause
        if len(secret) != AUTH_BYTES:
            raise ValidationError(_("The browser's key cannot be read."))
        return str(self.cleaned_data["auth"])

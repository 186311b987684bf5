"""Signing in with the organisation's own OpenID Connect provider.

allauth speaks the protocol (code flow with PKCE and state). What it leaves out is checked here:
the nonce (OpenID Connect Core 1.0, section 3.1.3.7, point 11) and that both answers speak of the
same person (section 5.3.2; https://openid.net/specs/openid-connect-core-1_0.html, read 2026-11).

The door stays closed: who has no login here, and no invitation in her hand, is told so kindly.
Requests to the provider go through the guarded client. The operator chose the provider, so its
host may lie inside; hosts that its own answers name may not, unless they are allowed by name.
"""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.guarded_library import LineBroke, guarded_session
from resonanz.workspaces.models import User

log = logging.getLogger(__name__)

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint")
GUEST = "guest_of_provider"
INVITATION = "invitation"


@dataclass(frozen=True)
class Provider:
    """The provider as the sign-in page shows it."""

    name: str
    url: str


def provider() -> Provider | None:
    """The provider that was set, or None."""
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ()):
        url = reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})
        return Provider(name=app["name"], url=url)
    return None


class HouseWire(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Speaks to the provider; what it does not understand becomes a page with a sentence."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says about itself, asked for once a request."""
        try:
            found: dict[str, Any] = super().openid_config
            missing = [name for name in NEEDED if not isinstance(found.get(name), str)]
        except (LineBroke, ValueError, AttributeError) as cause:
            log.warning("the sign-in provider did not say how to sign in: %s", type(cause).__name__)
            raise ImmediateHttpResponse(_no_answer(self.request)) from cause
        if missing:
            log.warning("the sign-in provider does not tell its %s", ", ".join(missing))
            raise ImmediateHttpResponse(_no_answer(self.request))
        return found

    def complete_login(self, *args: Any, **kwargs: Any) -> Any:
        """Who it is. Raises `OAuth2Error` for an answer that cannot be read."""
        try:
            return super().complete_login(*args, **kwargs)
        except (KeyError, TypeError, AttributeError, ValueError) as cause:
            raise OAuth2Error("The provider's answer cannot be read.") from cause


class HouseProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Adds a nonce, takes nothing from the address line, and keeps little of what is told."""

    oauth2_adapter_class = HouseWire

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """Send somebody to the provider, with a nonce that has to come back in its answer."""
        nonce = get_random_string(32)
        asked = {**self.get_auth_params(), "nonce": nonce}
        kwargs.update(auth_params=asked, scope=self.get_scope(), nonce=nonce)
        answer: HttpResponse = super().redirect(request, process, next_url=next_url, **kwargs)
        return answer

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the answers."""
        proof, info = data.get("id_token") or {}, data.get("userinfo") or {}
        told = {**proof, **info}
        return {
            "nonce": proof.get("nonce", ""),
            "same_person": bool(proof.get("sub")) and proof.get("sub") == info.get("sub"),
            "email": str(told.get("email") or ""),
            # Some providers write it as a word.
            "email_verified": told.get("email_verified") in (True, "true"),
            "name": str(told.get("name") or ""),
        }


@dataclass(frozen=True)
class Guest:
    """Somebody whom the provider knows and the house does not yet."""

    uid: str
    email: str
    name: str


class KnownOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets those in whom the house knows: by their tie, or by their verified e-mail address."""

    error_messages = {  # noqa: RUF012 (allauth's shape)
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _("This account at the provider belongs to another login here."),
    }

    def get_requests_session(self) -> Any:
        """A session that speaks through the guarded client."""
        own = urlsplit(settings.RESONANZ_OIDC_ADDRESS).netloc.rpartition("@")[2].lower()
        allowed = frozenset({*settings.RESONANZ_ALLOWED_HOSTS_INSIDE, own} - {""})
        return guarded_session(allowed_hosts=allowed, user_agent=settings.RESONANZ_USER_AGENT)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """No."""
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Back to the page from which one tied the two together."""
        return reverse("mfa_index")

    def on_authentication_error(self, *_: Any, error: Any = None, **more: Any) -> None:
        """Log what kind of trouble it was, without the address line, which holds a code."""
        kind = type(more.get("exception")).__name__ if more.get("exception") else error
        log.warning("signing in with the provider failed: %s", kind)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Check what allauth does not, and find out whose login it is.

        Raises `ImmediateHttpResponse` with a page for whoever cannot come in.
        """
        told, account = sociallogin.account.extra_data, sociallogin.account
        asked = str(sociallogin.state.get("nonce") or "")
        if not asked or not constant_time_compare(asked, told["nonce"]) or not told["same_person"]:
            log.warning("the sign-in provider's answer does not belong to our question")
            raise ImmediateHttpResponse(_refused(request))
        if sociallogin.state.get("process") == AuthProcess.CONNECT or sociallogin.is_existing:
            return
        user = _by_verified_address(told)
        if user is None:
            raise ImmediateHttpResponse(self._stranger(request, sociallogin))
        if SocialAccount.objects.filter(user_id=user.pk, provider=account.provider).exists():
            # An address that was given to somebody new at the provider is not the same person.
            raise ImmediateHttpResponse(_page(request, "tied_to_another", status=403))
        sociallogin.connect(request, user)

    def _stranger(self, request: HttpRequest, sociallogin: Any) -> HttpResponse:
        """Back to the invitation in her hand, or a kind word."""
        told, where = sociallogin.account.extra_data, sociallogin.state.get("next") or ""
        if told["email_verified"] and _is_invitation(where):
            guest = {"email": told["email"], "name": told["name"]}
            request.session[GUEST] = {"uid": sociallogin.account.uid, **guest}
            return HttpResponseRedirect(where)
        found = {"email": told["email"], "is_verified": told["email_verified"]}
        return _page(request, "stranger", status=403, **found)


def guest_of_provider(request: HttpRequest) -> Guest | None:
    """Whom the provider sent back to an invitation in this session; see `tie_guest`."""
    found = request.session.get(GUEST)
    return Guest(**found) if found else None


def tie_guest(request: HttpRequest, user: User) -> None:
    """Tie the guest of this session to the login that an invitation just gave her."""
    guest, name = guest_of_provider(request), provider_id()
    if guest is not None:
        SocialAccount.objects.get_or_create(
            provider=name, uid=guest.uid, defaults={"user_id": user.pk, "extra_data": {}}
        )
        del request.session[GUEST]


def provider_id() -> str:
    """The name under which ties to the provider are kept."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())
    return str(apps[0]["provider_id"]) if apps else ""


def _by_verified_address(told: dict[str, Any]) -> User | None:
    if not told["email"] or not told["email_verified"]:
        return None
    return User.objects.filter(email__iexact=told["email"]).first()


def _is_invitation(path: str) -> bool:
    try:
        return (resolve(urlsplit(path).path).url_name or "").startswith(INVITATION)
    except Resolver404:
        return False


def _no_answer(request: HttpRequest) -> HttpResponse:
    return _page(request, "no_answer", status=502)


def _refused(request: HttpRequest) -> HttpResponse:
    return _page(request, "authentication_error", status=401)


def _page(request: HttpRequest, name: str, *, status: int, **values: Any) -> HttpResponse:
    found = provider()
    values = {"name": found.name if found else "", **values}
    return render(request, f"socialaccount/{name}.html", values, status=status)

"""Signing in. allauth does the work; nobody signs up here."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetFromKeyView, PasswordResetView
from allauth.mfa.webauthn.views import login_webauthn
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from resonanz.workspaces.provider_sign_in import HouseWire, provider
from resonanz.workspaces.queries import is_set_up


def sign_in(request: HttpRequest) -> HttpResponse:
    """The door; before the first visit it leads to the set-up."""
    if not is_set_up():
        return redirect("setup")
    if settings.RESONANZ_OIDC_ONLY and not request.user.is_authenticated:
        return render(request, "account/login_by_provider.html", {"provider": provider()})
    answer: HttpResponse = LoginView.as_view(extra_context={"provider": provider()})(request)
    return answer


def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Signing in with a passkey alone; not where the provider is the only door."""
    if settings.RESONANZ_OIDC_ONLY:
        return redirect("account_login")
    answer: HttpResponse = login_webauthn(request)
    return answer


@require_safe
def sign_in_with(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On the way to the provider."""
    return _speak(OAuth2LoginView, request, provider_id)


@require_safe
def back_from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it, with an answer."""
    return _speak(OAuth2CallbackView, request, provider_id)


def _speak(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(HouseWire(request, provider_id))(request)
    except SocialApp.DoesNotExist as cause:
        raise Http404 from cause
    return answer


@require_safe
def provider_cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody turned back at the provider."""
    found = provider()
    values = {"name": found.name if found else ""}
    return render(request, "socialaccount/login_cancelled.html", values)


def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; where no mail is sent, this says who can help, and how."""
    if settings.RESONANZ_OIDC_ONLY or settings.RESONANZ_MAIL_SERVER is None:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return render(request, "account/password_reset_by_hand.html", {"provider": provider()})
    answer: HttpResponse = PasswordResetView.as_view()(request)
    return answer


@never_cache
@sensitive_post_parameters("password1", "password2")
def new_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Choose a new password by the link of a letter; the link opens once, for a day."""
    if settings.RESONANZ_OIDC_ONLY:
        return redirect("account_reset_password")
    answer: HttpResponse = PasswordResetFromKeyView.as_view()(request, uidb36=uidb36, key=key)
    return answer


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """A login that was closed."""
    return render(request, "account/account_inactive.html")

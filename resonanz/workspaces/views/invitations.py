"""Accepting an invitation: with a new login, with one's own, or by the organisation's provider."""

from typing import Any

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from resonanz.workspaces.membership import (
    AlreadyHere,
    NotOpen,
    VoiceOfHers,
    join,
    join_with_new_login,
    speaks,
)
from resonanz.workspaces.middleware import CHOSEN
from resonanz.workspaces.models import Invitation, Member, User
from resonanz.workspaces.provider_sign_in import guest_of_provider, provider, tie_guest
from resonanz.workspaces.queries import find_invitation
from resonanz.workspaces.team_forms import JoinForm, JoinWithNewLoginForm

SESSION_KEY = "invitation"
# Wrong links from one place. Nobody guesses 256 bits; this is for the patience of the database.
WRONG_LINKS = "20/m/ip"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link. What is no open invitation is answered alike, whatever it was."""
    found = find_invitation(secret)
    if found is None:
        request.session.pop(SESSION_KEY, None)
        return _nothing(request)
    if request.method != "POST":
        request.session[SESSION_KEY] = secret
    with translation.override(_language(request, found)):
        request.LANGUAGE_CODE = translation.get_language() or "de"
        return _answer(request, found)


def _nothing(request: HttpRequest) -> HttpResponse:
    limit = {"invitation": WRONG_LINKS}
    if consume(request, app="account", action="invitation", config=limit, limit_get=True) is None:
        return render(request, "429.html", status=429)
    return render(request, "workspaces/no_invitation.html", status=404)


def _language(request: HttpRequest, found: Invitation) -> str:
    """The invitation's, unless this browser has chosen one or somebody is signed in."""
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if has_chosen or request.user.is_authenticated:
        return translation.get_language() or found.language
    return found.language


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = _form(request, found)
    if request.method != "POST":
        return _page(request, found, form)
    if settings.RESONANZ_OIDC_ONLY and isinstance(form, JoinWithNewLoginForm):
        # Here nobody has a password; the page leads to the provider.
        return _page(request, found, form, status=403)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        member = _join(request, found, form.cleaned_data)
    except (NotOpen, IntegrityError):
        # Somebody was faster with the link, or a second click with the address.
        return _nothing(request)
    except AlreadyHere:
        messages.info(request, _("You are a member here already. The invitation stays open."))
        return redirect("workspaces")
    _enter(request, member)
    messages.success(
        request, _("Welcome. You are a member of %(name)s now.") % {"name": member.workspace.name}
    )
    return redirect("/")


def _form(request: HttpRequest, found: Invitation) -> JoinForm:
    """Fewer questions for whoever is signed in, or was named by the provider."""
    data = request.POST if request.method == "POST" else None
    guest = guest_of_provider(request)
    initial = {"name": (guest.name if guest else "") or found.name, "email": found.email}
    given: dict[str, Any] = {"speaks": speaks(found.role), "initial": initial}
    if request.user.is_authenticated or guest is not None:
        return JoinForm(data, **given)
    return JoinWithNewLoginForm(data, **given)


def _join(request: HttpRequest, found: Invitation, told: dict[str, Any]) -> Member:
    voice = None
    if speaks(found.role):
        voice = VoiceOfHers(capacity=told["capacity"], signature=told["signature"])
    if isinstance(request.user, User):
        return join(invitation=found, user=request.user, name=told["name"], voice=voice)
    guest = guest_of_provider(request)
    member = join_with_new_login(
        invitation=found,
        name=told["name"],
        email=guest.email if guest else told["email"],
        password=None if guest else told["password"],
        voice=voice,
    )
    if guest is not None:
        tie_guest(request, member.user)
    return member


def _enter(request: HttpRequest, member: Member) -> None:
    """Sign her in, in the workspace that she just joined."""
    if not request.user.is_authenticated:
        login(request, member.user, backend=BACKEND)
    request.session.pop(SESSION_KEY, None)
    request.session[CHOSEN] = member.workspace_id


def _page(
    request: HttpRequest, found: Invitation, form: JoinForm, status: int = 200
) -> HttpResponse:
    here, by = request.path, provider()
    user = request.user if isinstance(request.user, User) else None
    values = {
        "invitation": found,
        "form": form,
        "user_email": user.email if user else "",
        "is_here": user is not None
        and Member.objects.present().filter(user=user, workspace=found.workspace).exists(),
        "guest": guest_of_provider(request),
        "provider": by,
        "provider_url": f"{by.url}?next={here}" if by else "",
        "provider_only": settings.RESONANZ_OIDC_ONLY,
        "sign_in_url": f"{reverse('account_login')}?next={here}",
    }
    return render(request, "workspaces/invitation.html", values, status=status)

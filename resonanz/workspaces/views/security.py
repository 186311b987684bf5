"""Sign-in and security: one's password, second step, passkeys, provider, and sessions."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_change as allauth_password_change
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.doorkeeping import must_set_up, note_place_if_due
from resonanz.workspaces.models import Member, User
from resonanz.workspaces.provider_sign_in import provider
from resonanz.workspaces.roles import May, may
from resonanz.workspaces.sign_in_actions import (
    ask_for_second_step,
    end_sessions,
    untie_from_provider,
)
from resonanz.workspaces.signed_in import places_of


@require_safe
@login_required
def security(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    user = cast("User", request.user)
    member: Member | None = getattr(request, "member", None)
    note_place_if_due(request)
    found = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    values = {
        **_steps(found),
        "email": user.email,
        "has_password": user.has_usable_password() and not settings.RESONANZ_OIDC_ONLY,
        "must_set_up": must_set_up(request),
        "workspace_needs": member is not None and member.workspace.needs_second_step,
        "may_ask": member is not None and may(member, May.LOOK_AFTER),
        "provider": provider(),
        "is_tied": SocialAccount.objects.filter(user_id=user.pk).exists(),
        "places": len(places_of(user, request.session.session_key)),
    }
    return render(request, "mfa/index.html", values)


def _steps(found: list[Authenticator]) -> dict[str, Any]:
    of = {kind: [one for one in found if one.type == kind] for kind in Authenticator.Type}
    codes = of[Authenticator.Type.RECOVERY_CODES]
    return {
        "app": next(iter(of[Authenticator.Type.TOTP]), None),
        "passkeys": len(of[Authenticator.Type.WEBAUTHN]),
        "has_step": bool(of[Authenticator.Type.TOTP] or of[Authenticator.Type.WEBAUTHN]),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
    }


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, for those who have one."""
    user = cast("User", request.user)
    if not user.has_usable_password():
        return redirect("mfa_index")
    answer: HttpResponse = allauth_password_change(request)
    return answer


@require_POST
@owners_only
def ask_everybody(request: MemberRequest) -> HttpResponse:
    """Ask everybody in the workspace for a second step, or no longer."""
    wanted = request.POST.get("wanted") == "yes"
    workspace = request.member.workspace
    if wanted != workspace.needs_second_step:
        ask_for_second_step(workspace=workspace, member=request.member, of_everybody=wanted)
    if wanted:
        messages.success(request, _("From now on everybody signs in with a second step."))
    else:
        messages.success(request, _("Whether to use a second step is everybody's own choice now."))
    return redirect("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; ends one of these sessions, or all others."""
    user = cast("User", request.user)
    here = request.session.session_key or ""
    if request.method == "POST":
        told = request.POST.get("session", "")
        if told.isdecimal() or told == "others":
            only = int(told[:18]) if told.isdecimal() else None
            end_sessions(user=user, keep=here, only=only)
            messages.success(request, _("You are signed out there."))
        return redirect("usersessions_list")
    note_place_if_due(request)
    values = {"places": places_of(user, here)}
    return render(request, "usersessions/usersession_list.html", values)


@require_POST
@login_required
@reauthentication_required(app="allauth.socialaccount")  # type: ignore[untyped-decorator]
def untie(request: HttpRequest) -> HttpResponse:
    """Cut the tie to the provider, unless it is the only way in."""
    user = cast("User", request.user)
    if settings.RESONANZ_OIDC_ONLY or not user.has_usable_password():
        messages.error(request, _("This is your only way in, so the tie stays."))
    elif untie_from_provider(user=user):
        messages.success(request, _("The tie to the provider is cut."))
    return redirect("mfa_index")

"""Who is here: the list, one member, her role, and leaving."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from resonanz.workspaces.access import MemberRequest, guests_too, members_only, owners_only
from resonanz.workspaces.membership import (
    LastOwner,
    NotOpen,
    change_role,
    invite,
    leave,
    renew_invitation,
    withdraw_invitation,
)
from resonanz.workspaces.models import Invitation, Member
from resonanz.workspaces.places import INVITED
from resonanz.workspaces.queries import invitations_to_show, present_members, who_left
from resonanz.workspaces.roles import May, may
from resonanz.workspaces.team_forms import InviteForm, LeaveForm, RoleForm

# Where the link of a new invitation waits for the one page that shows it.
NEW_LINK = "new_invitation"


@never_cache
@require_safe
@members_only
def members(request: MemberRequest) -> HttpResponse:
    """Who is here, who is invited, who has left."""
    return show(request)


def show(request: MemberRequest, status: int = 200, form: InviteForm | None = None) -> HttpResponse:
    """The page; an owner also invites here, and sees the link that was just made, once."""
    member = request.member
    looks_after = may(member, May.LOOK_AFTER)
    values = {
        "colleagues": present_members(member.workspace),
        "gone": who_left(member.workspace),
        "invitations": invitations_to_show(member.workspace) if looks_after else [],
        "form": form or InviteForm(initial={"language": member.workspace.language}),
        "new_link": request.session.pop(NEW_LINK, None) if looks_after else None,
    }
    return render(request, "workspaces/members.html", values, status=status)


@require_POST
@owners_only
def invite_member(request: MemberRequest) -> HttpResponse:
    """Invite somebody by a link."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show(request, status=422, form=form)
    invitation, secret = invite(member=request.member, **form.cleaned_data)
    return _tell_link(request, invitation, secret)


@require_POST
@owners_only
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    """A new link for another week."""
    invitation = get_invitation(request.member, pk)
    try:
        secret = renew_invitation(invitation=invitation, member=request.member)
    except NotOpen:
        messages.error(request, _("This invitation was accepted or withdrawn meanwhile."))
        return redirect("members")
    return _tell_link(request, invitation, secret)


@require_POST
@owners_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    withdraw_invitation(invitation=get_invitation(request.member, pk), member=request.member)
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("members")


def get_invitation(member: Member, pk: int) -> Invitation:
    """An invitation of the member's workspace. Raises `Http404`."""
    return get_object_or_404(Invitation, workspace=member.workspace, pk=pk)


def get_member(member: Member, pk: int) -> Member:
    """A member of the same workspace who is here. Raises `Http404`."""
    found = member.workspace.members.present().select_related("user", "workspace")
    return get_object_or_404(found, pk=pk)


def _tell_link(request: MemberRequest, invitation: Invitation, secret: str) -> HttpResponse:
    base = settings.RESONANZ_PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    link = base + reverse("invitation", args=[secret])
    # All are asked: one that brings it by mail does not keep another from doing more.
    brought = [bring(invitation, link) for bring in INVITED]
    request.session[NEW_LINK] = {
        "name": invitation.name,
        "link": link,
        "email": invitation.email if any(brought) else "",
    }
    return redirect(reverse("members") + "#new-link")


@require_safe
@members_only
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """One member: for owners her role, and for herself and owners the way out."""
    return show_member(request, get_member(request.member, pk))


def show_member(request: MemberRequest, found: Member, status: int = 200) -> HttpResponse:
    """The page of one member."""
    is_self = found.pk == request.member.pk
    may_end = is_self or may(request.member, May.LOOK_AFTER)
    colleague = next(one for one in present_members(found.workspace) if one.member.pk == found.pk)
    values: dict[str, Any] = {
        "colleague": colleague,
        "found": found,
        "is_self": is_self,
        "role_form": RoleForm(initial={"role": found.role}),
        "leave_form": LeaveForm(member=found) if may_end else None,
    }
    return render(request, "workspaces/member.html", values, status=status)


@require_POST
@owners_only
def set_role(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    found, form = get_member(request.member, pk), RoleForm(request.POST)
    if not form.is_valid():
        return show_member(request, found, status=422)
    try:
        change_role(member=found, role=form.cleaned_data["role"], by=request.member)
    except LastOwner:
        messages.error(request, _last_owner())
        return redirect("members-member", pk)
    messages.success(
        request,
        _("%(name)s: %(role)s.") % {"name": found.name, "role": found.get_role_display()},
    )
    if found.pk == request.member.pk and not may(found, May.READ):
        return redirect("conversations")
    return redirect("members-member", pk)


@require_POST
@guests_too
def end_membership(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave, or let a member leave; what is open is handed over."""
    found = get_member(request.member, pk)
    is_self = found.pk == request.member.pk
    if not is_self and not may(request.member, May.LOOK_AFTER):
        raise Http404
    form = LeaveForm(request.POST, member=found)
    if not form.is_valid():
        return show_member(request, found, status=422)
    try:
        leave(member=found, by=request.member, successor=form.cleaned_data["successor"])
    except LastOwner:
        messages.error(request, _last_owner())
        return redirect("members-member", pk) if may(found, May.READ) else redirect("settings")
    if is_self:
        return _gone(request)
    messages.success(
        request,
        _("%(name)s has left. What she wrote keeps her name.") % {"name": found.name},
    )
    return redirect("members")


def _gone(request: HttpRequest) -> HttpResponse:
    """She is somewhere else now, or signed out where this was her last workspace."""
    if Member.objects.present().filter(user=request.user.pk).exists():
        return redirect("workspaces")
    logout(request)
    return redirect("account_login")


def _last_owner() -> str:
    return _(
        "Nobody else looks after this workspace. Make somebody else an owner first;"
        " nothing was changed."
    )

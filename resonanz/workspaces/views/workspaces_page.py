"""The workspaces of a login: which there are, going from one to the other, founding another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.actions import open_workspace
from resonanz.workspaces.forms import WorkspaceForm
from resonanz.workspaces.middleware import CHOSEN
from resonanz.workspaces.models import User, Voice
from resonanz.workspaces.queries import memberships, voices_of
from resonanz.workspaces.roles import May, may


@require_safe
@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    """Every workspace one is a member of. Also for whoever is in none any more."""
    mine = memberships(_user(request))
    values: dict[str, Any] = {
        "memberships": mine,
        "current": getattr(request, "member", None),
        "may_found": any(may(one, May.LOOK_AFTER) for one in mine),
    }
    return render(request, "workspaces/workspaces.html", values)


@require_POST
@login_required
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on in another workspace. `pk` is the workspace's; a foreign one is not there."""
    mine = {one.workspace_id: one for one in memberships(_user(request))}
    if pk not in mine:
        raise Http404
    request.session[CHOSEN] = pk
    return redirect("today")


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def found(request: MemberRequest) -> HttpResponse:
    """Found another workspace. Owners of any workspace may: they run the installation."""
    initial = {"time_zone": request.member.workspace.time_zone}
    form = WorkspaceForm(request.POST or None, initial=initial, prefix="workspace")
    if request.method != "POST":
        return render(request, "workspaces/found.html", {"form": form})
    if not form.is_valid():
        return render(request, "workspaces/found.html", {"form": form}, status=422)
    voice = next(iter(voices_of(request.member)), None)
    owner = open_workspace(
        user=request.member.user,
        language=request.member.language,
        member_name=request.member.name,
        signature=voice.signature if voice else "",
        capacity=voice.capacity if voice else Voice.Capacity.ORGANISATION.value,
        **form.cleaned_data,
    )
    request.session[CHOSEN] = owner.workspace_id
    messages.success(request, _("This is %(name)s.") % {"name": owner.workspace.name})
    return redirect("welcome")


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user

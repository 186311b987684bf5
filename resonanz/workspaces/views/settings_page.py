"""The settings: the workspace, one's own name and look, one's own voice."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resonanz.workspaces.access import MemberRequest, guests_too, owners_only, speakers_only
from resonanz.workspaces.actions import add_voice, change_member, change_workspace, set_hidden_words
from resonanz.workspaces.forms import MemberForm, VoiceForm, WorkspaceForm
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import MORE_SETTINGS
from resonanz.workspaces.queries import voices_of
from resonanz.workspaces.team_forms import HiddenWordsForm
from resonanz.workspaces.views.languages import keep_language


@require_safe
@guests_too
def settings_page(request: MemberRequest) -> HttpResponse:
    """All of it on one page."""
    return show(request)


def show(request: MemberRequest, status: int = 200, **bound: Any) -> HttpResponse:
    """The page, with one form as it was sent where something was wrong with it."""
    member = request.member
    is_owner = member.role == Member.Role.OWNER
    voices = voices_of(member)
    values = {
        "is_owner": is_owner,
        "workspace_form": WorkspaceForm.of(member.workspace) if is_owner else None,
        "hidden_form": HiddenWordsForm.of(member.workspace) if is_owner else None,
        "member_form": MemberForm.of(member),
        "voice_form": VoiceForm.of(voices[0] if voices else None, member),
        "doors": [door() for door in MORE_SETTINGS],
        "home": settings.RESONANZ_HOME if is_owner else "",
        "email": member.user.email,
        **bound,
    }
    return render(request, "workspaces/settings.html", values, status=status)


@require_POST
@owners_only
def save_workspace(request: MemberRequest) -> HttpResponse:
    """Keep what the workspace is called, where it is, and its domains."""
    form = WorkspaceForm.of(request.member.workspace, request.POST)
    if not form.is_valid():
        return show(request, status=422, workspace_form=form)
    change_workspace(workspace=request.member.workspace, member=request.member, **form.cleaned_data)
    messages.success(request, _("The workspace is saved."))
    return redirect("settings")


@require_POST
@owners_only
def save_hidden_words(request: MemberRequest) -> HttpResponse:
    """Keep the words that hide a text."""
    workspace = request.member.workspace
    form = HiddenWordsForm.of(workspace, request.POST)
    if not form.is_valid():
        return show(request, status=422, hidden_form=form)
    set_hidden_words(workspace=workspace, member=request.member, words=form.cleaned_data["words"])
    messages.success(request, _("The words are saved."))
    return redirect("settings")


@require_POST
@guests_too
def save_member(request: MemberRequest) -> HttpResponse:
    """Keep a member's name, language and look."""
    form = MemberForm.of(request.member, request.POST)
    if not form.is_valid():
        return show(request, status=422, member_form=form)
    change_member(member=request.member, **form.cleaned_data)
    with translation.override(request.member.language):
        messages.success(request, _("Your name and the look of your pages are saved."))
    return keep_language(redirect("settings"), request.member.language)


@require_POST
@speakers_only
def save_voice(request: MemberRequest) -> HttpResponse:
    """Keep a member's own voice."""
    voices = voices_of(request.member)
    form = VoiceForm.of(voices[0] if voices else None, request.member, request.POST)
    if not form.is_valid():
        return show(request, status=422, voice_form=form)
    add_voice(member=request.member, **form.cleaned_data)
    messages.success(request, _("Your voice is saved."))
    return redirect("settings")

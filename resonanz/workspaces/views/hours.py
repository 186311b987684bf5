"""My hours: when I work, when it is quiet, when I am away, and “not me today”."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.absences import come_back, go_away, not_me_today, set_hours
from resonanz.workspaces.access import MemberRequest, arrangers_only, guests_too
from resonanz.workspaces.models import Absence
from resonanz.workspaces.queries import coming_absences, local_day
from resonanz.workspaces.roles import May, may
from resonanz.workspaces.team_forms import AbsenceForm, HoursForm, StandInForm


@require_safe
@guests_too
def hours(request: MemberRequest) -> HttpResponse:
    """All of it on one page."""
    return show(request)


def show(request: MemberRequest, status: int = 200, **bound: Any) -> HttpResponse:
    """The page, with one form as it was sent where something was wrong with it."""
    member, today = request.member, local_day(request.member.workspace)
    coming = coming_absences(member.workspace, today)
    values = {
        "hours_form": HoursForm.of(member),
        "absence_form": AbsenceForm(member=member, initial={"from_day": today}),
        "absences": [one for one in coming if one.member_id == member.pk],
        "others": [one for one in coming if one.member_id != member.pk and may(member, May.READ)],
        "today": today,
        **bound,
    }
    return render(request, "workspaces/hours.html", values, status=status)


@require_POST
@guests_too
def save_hours(request: MemberRequest) -> HttpResponse:
    """Keep when she works."""
    form = HoursForm.of(request.member, request.POST)
    if not form.is_valid():
        return show(request, status=422, hours_form=form)
    set_hours(member=request.member, **form.cleaned_data)
    messages.success(request, _("Your hours are saved."))
    return redirect("settings-hours")


@require_POST
@guests_too
def add_absence(request: MemberRequest) -> HttpResponse:
    """Note an absence."""
    form = AbsenceForm(request.POST, member=request.member)
    if not form.is_valid():
        return show(request, status=422, absence_form=form)
    go_away(member=request.member, **form.cleaned_data)
    messages.success(request, _("The absence is noted; the others see it."))
    return redirect("settings-hours")


@require_POST
@guests_too
def end_absence(request: MemberRequest, pk: int) -> HttpResponse:
    """She is back, or does not go after all. Owners can say it for her."""
    own = Absence.objects.filter(member__workspace=request.member.workspace)
    found = get_object_or_404(own.select_related("member__workspace"), pk=pk)
    if found.member_id != request.member.pk and not may(request.member, May.LOOK_AFTER):
        raise Http404
    come_back(absence=found, by=request.member)
    messages.success(request, _("The absence is over."))
    if request.POST.get("next") == "today":
        return redirect("today")
    return redirect("settings-hours")


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def hand_over_today(request: MemberRequest) -> HttpResponse:
    """Not me today: what waits with her is looked after by somebody else until tomorrow."""
    is_told = request.method == "POST"
    form = StandInForm(request.POST if is_told else None, member=request.member)
    if not is_told or not form.is_valid():
        status = 422 if is_told else 200
        return render(request, "workspaces/not_me.html", {"form": form}, status=status)
    absence = not_me_today(member=request.member, stand_in=form.cleaned_data["stand_in"])
    stand_in = absence.stand_in
    sentence = (
        _("%(name)s looks after what waits with you today. Tomorrow it is yours again.")
        % {"name": stand_in.name}
        if stand_in
        else _("What waits with you is shown to everybody today. Tomorrow it is yours again.")
    )
    say_with_undo(
        request,
        sentence,
        label=_("Take it back"),
        url=reverse("settings-absence-end", args=[absence.pk]),
        next="today",
    )
    return redirect("today")

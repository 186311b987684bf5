"""The pages of a programme: choosing a time, the list, its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resonanz.house.today.programme import (
    LENGTHS,
    MORE_MINUTES,
    add_minutes,
    begin_programme,
    items_of,
    leave_out,
    left_for_another_day,
    minutes_left,
    programme_of_today,
    put_back,
    stop_programme,
)
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, members_only


@require_GET
@members_only
def programme(request: MemberRequest) -> HttpResponse:
    """Today's programme: its lines as they stand, its end, or the question how long."""
    found = programme_of_today(request.member)
    context = {"lengths": LENGTHS, "usual": request.member.minutes}
    if found is None:
        return render(request, "house/programme_begin.html", context)
    context |= {"programme": found, "upto": found.minutes + MORE_MINUTES, "more": MORE_MINUTES}
    items = [] if found.ended_at else items_of(request.member, found)
    to_do = [item for item in items if not item.is_done]
    if not to_do:
        context["left"] = left_for_another_day(request.member)
        context["is_stopped"] = found.ended_at is not None
        return render(request, "house/programme_end.html", context)
    context |= {
        "items": items,
        "done": len(items) - len(to_do),
        "minutes_left": minutes_left(found),
        "minutes_open": sum(item.minutes for item in to_do),
    }
    return render(request, "house/programme.html", context)


@require_POST
@members_only
def begin(request: MemberRequest) -> HttpResponse:
    """Make a programme, or go on with the one that runs."""
    told = request.POST.get("minutes", "")
    begin_programme(member=request.member, minutes=int(told) if told in map(str, LENGTHS) else 0)
    return redirect("today-programme")


@require_POST
@members_only
def more(request: MemberRequest) -> HttpResponse:
    """Ten more minutes."""
    upto = request.POST.get("upto", "")
    found = programme_of_today(request.member)
    if found is None:
        return redirect("today-programme")
    longer = add_minutes(programme=found, upto=int(upto) if upto.isdecimal() else 0)
    if len(longer.items) == len(found.items) and longer.minutes != found.minutes:
        messages.info(request, _("There is nothing more to do. Ten minutes for a walk, then."))
    return redirect("today-programme")


@require_POST
@members_only
def stop(request: MemberRequest) -> HttpResponse:
    """Enough."""
    found = programme_of_today(request.member)
    if found is not None:
        stop_programme(programme=found)
    return redirect("today-programme")


@require_POST
@members_only
def left_out(request: MemberRequest) -> HttpResponse:
    """Leave a line out for another day, or take it in again ("put" says which)."""
    found = programme_of_today(request.member)
    name, _sign, key = (request.POST.get("item") or request.POST.get("put", "")).partition(":")
    if found is None:
        return redirect("today-programme")
    if "put" in request.POST:
        put_back(programme=found, name=name, key=key[:40])
        return redirect("today-programme")
    if leave_out(programme=found, name=name, key=key):
        say_with_undo(
            request,
            _("Left for another day. It stays on Today."),
            label=_("Take it back"),
            url=reverse("today-programme-leave-out"),
            put=f"{name}:{key}",
        )
    return redirect("today-programme")

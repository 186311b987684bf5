"""The Today page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from resonanz.channels.queries import is_connected
from resonanz.conversations.pulse import Pulse
from resonanz.house.today.greeting import headline, hello
from resonanz.house.today.programme import LENGTHS
from resonanz.workspaces.absence_today import absence_today
from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.places import WELCOME, sections_of
from resonanz.workspaces.roles import May, may


@require_GET
@guests_too
def today(request: MemberRequest) -> HttpResponse:
    """Who waits for us, whom we owe a word, what we promised, whom we have met.

    A guest goes on to the conversations she is asked about: they are all that she sees,
    and whose turn it is outside has nothing to do with whether she is asked.
    """
    if not may(request.member, May.READ):
        return redirect(f"{reverse('conversations')}?turn=all")
    workspace, pulse = request.member.workspace, Pulse.of_inbox(request.path)
    sections = sections_of(request.member)
    doors = []
    if not sections and may(request.member, May.LOOK_AFTER) and not is_connected(workspace):
        doors = [door() for door in WELCOME]
    return render(
        request,
        "house/today.html",
        {
            "pulse": pulse,
            "hello": hello(request.member.name, timezone.localtime()),
            "headline": headline(sections),
            "sections": sections,
            "doors": doors,
            "absence": absence_today(request.member),
            "lengths": LENGTHS,
            "usual": request.member.minutes,
        },
    )

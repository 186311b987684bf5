"""The Today page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from resonanz.channels.queries import is_connected
from resonanz.house.today.greeting import headline, hello
from resonanz.workspaces.access import MemberRequest, members_only
from resonanz.workspaces.places import TODAY, WELCOME


@require_GET
@members_only
def today(request: MemberRequest) -> HttpResponse:
    """Who waits for us, whom we owe a word, what we promised, whom we have met."""
    sections = [section for panel in TODAY if (section := panel(request.member)).rows]
    doors = []
    if not sections and not is_connected(request.member.workspace):
        doors = [door() for door in WELCOME]
    return render(
        request,
        "house/today.html",
        {
            "hello": hello(request.member.name, timezone.localtime()),
            "headline": headline(sections),
            "sections": sections,
            "doors": doors,
        },
    )

"""Two things that happen to every request of a member: she is seen, and sent to a second step."""

import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resonanz.workspaces.models import Member, User
from resonanz.workspaces.second_step import has_second_step

SEEN_AT = "seen_at"
# A page must not cost a write; that somebody was here ten minutes ago is exact enough.
SEEN_EVERY_SECONDS = 600
# What an open page asks by itself says nothing about who sits in front of it: it does not make
# a session last longer. The header comes with a page that is fetched for what is new in it.
UNNOTICED, LIVE_UPDATE = "/pulse/", "Live-Update"
OPEN_WITHOUT = (
    "/security/",
    "/sign-in/",
    "/sign-out/",
    "/password/",
    "/language/",
    "/static/",
    "/letters/stop/",
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionSeenMiddleware:
    """Remembers, every ten minutes at most, when and from where a session was used."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it and go on."""
        is_member = getattr(request, "member", None) is not None
        if is_member and not is_by_itself(request):
            note_place_if_due(request)
        return self.get_response(request)


def was_seen_long_ago(request: HttpRequest) -> bool:
    """Whether this session was noted as used longer than ten minutes ago, or never."""
    seen: float = request.session.get(SEEN_AT, 0)
    return time.time() - seen >= SEEN_EVERY_SECONDS


def is_by_itself(request: HttpRequest) -> bool:
    """Whether an open page asks this without anybody having done anything."""
    if request.path.endswith(UNNOTICED):
        return True
    return request.method == "GET" and LIVE_UPDATE in request.headers


def note_seen(request: HttpRequest) -> None:
    """Let the next ten minutes cost no write."""
    request.session[SEEN_AT] = int(time.time())


def note_place_if_due(request: HttpRequest) -> None:
    """Remember that this session was used now, from here; every ten minutes at most."""
    if was_seen_long_ago(request):
        note_seen(request)
        UserSession.objects.create_from_request(request)


class SecondStepMiddleware:
    """Leads a member without a second step to setting one up, where her workspace wants it.

    A sign-in by the provider counts: there the organisation itself says how one proves who one
    is. What she was sending is not thrown away by a redirect; the answer says what to do.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let her go on, or lead her."""
        if not must_set_up(request) or request.path.startswith(OPEN_WITHOUT):
            return self.get_response(request)
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": "/security/"})
        if request.method in ("GET", "HEAD"):
            return redirect("mfa_index")
        return render(request, "workspaces/second_step_first.html", status=403)


def must_set_up(request: HttpRequest) -> bool:
    """Whether this member has to set a second step up before anything else."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not member.workspace.needs_second_step:
        return False
    return not came_by_provider(request) and not has_second_step(member.user)


def came_by_provider(request: HttpRequest) -> bool:
    """Whether this session began at the organisation's own provider."""
    if not isinstance(request.user, User):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)

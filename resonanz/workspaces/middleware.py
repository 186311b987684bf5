"""Puts the member and her workspace on the request, and her language on the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from resonanz.workspaces.models import Member, User
from resonanz.workspaces.queries import memberships

CHOSEN = "workspace"


class MemberMiddleware:
    """Sets `request.member`: the membership chosen in the session, or the first, or None.

    A signed-in member reads her pages in her own language and sees times in the workspace's
    time zone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the member and go on."""
        member = chosen_membership(request)
        request.member = member  # type: ignore[attr-defined]
        if member is None:
            return self.get_response(request)
        with (
            translation.override(member.language),
            timezone.override(member.workspace.time_zone),
        ):
            request.LANGUAGE_CODE = member.language
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", member.language)
        return answer


def chosen_membership(request: HttpRequest) -> Member | None:
    """The membership this request is made in."""
    if not isinstance(request.user, User) or request.path.startswith("/static/"):
        return None
    mine = memberships(request.user)
    chosen = request.session.get(CHOSEN)
    return next((one for one in mine if one.workspace_id == chosen), mine[0] if mine else None)

"""Who may see what here. A stranger is answered as if there were nothing.

Every view that belongs to a workspace is wrapped in `members_only`: whoever is not signed in is
sent to the door, whoever is no member gets 404, and before the first visit everybody is sent to
the set-up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import is_set_up

Rest = ParamSpec("Rest")


class MemberRequest(HttpRequest):
    """A request that a member makes; what `members_only` hands to a view."""

    member: Member
    htmx: Any


View = Callable[Concatenate[MemberRequest, Rest], HttpResponse]


def members_only(view: View[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let only members of a workspace in. The view finds hers at `request.member`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return (
                redirect("setup") if not is_set_up() else redirect_to_login(request.get_full_path())
            )
        if getattr(request, "member", None) is None:
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    guarded.members_only = True  # type: ignore[attr-defined]
    # `wraps` hides from the type checker that this is a plain function.
    return cast("Callable[Concatenate[HttpRequest, Rest], HttpResponse]", guarded)


def owners_only(view: View[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let only owners in; a colleague gets 404."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.member.role != Member.Role.OWNER:
            raise Http404
        return view(request, *args, **kwargs)

    return members_only(cast("View[Rest]", guarded))

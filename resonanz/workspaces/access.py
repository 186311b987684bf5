"""Who may see what here. A stranger is answered as if there were nothing.

Every view that belongs to a workspace is wrapped in one of these: whoever is not signed in is
sent to the door, whoever is no member or lacks the right gets 404, and before the first visit
everybody is sent to the set-up. `roles.py` says which role has which right.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from resonanz.workspaces.kept_writing import to_the_door
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import is_set_up
from resonanz.workspaces.roles import May, may

Rest = ParamSpec("Rest")


class MemberRequest(HttpRequest):
    """A request that a member makes; what these decorators hand to a view."""

    member: Member
    htmx: Any


View = Callable[Concatenate[MemberRequest, Rest], HttpResponseBase]


Guarded = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def needs(right: May | None) -> Callable[[View[Rest]], Guarded[Rest]]:
    """Let only members with a right in; None lets every member in, guests too.

    The view finds the member at `request.member`.
    """

    def guard(view: View[Rest]) -> Guarded[Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_the_door(request) if is_set_up() else redirect("setup")
            member: Member | None = getattr(request, "member", None)
            if member is None or (right is not None and not may(member, right)):
                raise Http404
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.members_only = True  # type: ignore[attr-defined]
        guarded.right = right  # type: ignore[attr-defined]
        # `wraps` hides from the type checker that this is a plain function.
        return cast("Guarded[Rest]", guarded)

    return guard


def members_only(view: View[Rest]) -> Guarded[Rest]:
    """Let those in who may read everything; guests get 404."""
    return needs(May.READ)(view)


def guests_too(view: View[Rest]) -> Guarded[Rest]:
    """Let every member in. The view itself shows a guest only what she is asked about."""
    return needs(None)(view)


def preparers_only(view: View[Rest]) -> Guarded[Rest]:
    """Let those in who may write drafts."""
    return needs(May.PREPARE)(view)


def arrangers_only(view: View[Rest]) -> Guarded[Rest]:
    """Let those in who may assign, snooze and call done."""
    return needs(May.ARRANGE)(view)


def speakers_only(view: View[Rest]) -> Guarded[Rest]:
    """Let those in who may do what others will see."""
    return needs(May.SPEAK)(view)


def owners_only(view: View[Rest]) -> Guarded[Rest]:
    """Let those in who look after the workspace."""
    return needs(May.LOOK_AFTER)(view)

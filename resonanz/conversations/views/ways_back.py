"""Where a form leads when it is done: back to the page of this house on which it stood."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from resonanz.workspaces.access import MemberRequest


def way_back(request: MemberRequest, otherwise: str) -> HttpResponseRedirect:
    """Go back to the page of this house that the form named, or to another one."""
    told = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(told if is_ours else otherwise)

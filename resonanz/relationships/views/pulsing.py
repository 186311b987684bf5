"""What an open page of the neighbourhood asks every few seconds. 204: nothing is new."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from resonanz.conversations.pulse import KNOWN, number_in
from resonanz.relationships.queries import MOST_HEARD, heard_since, latest_heard
from resonanz.workspaces.access import MemberRequest, members_only


@require_GET
@members_only
def neighbourhood(request: MemberRequest) -> HttpResponse:
    """How much has been heard since the page was made. A page that was just made knows nothing."""
    workspace = request.member.workspace
    known = number_in(request.GET.get("known", ""))
    if known is None:
        return HttpResponse(status=204, headers={KNOWN: str(latest_heard())})
    count, latest = heard_since(workspace, known)
    if not count:
        return HttpResponse(status=204, headers={KNOWN: str(known)})
    return JsonResponse({"known": str(latest), "sentence": _sentence(count), "is_rail_new": False})


def _sentence(count: int) -> str:
    if count >= MOST_HEARD:
        return _("Many new posts.")
    return ngettext("One new post.", "%(count)s new posts.", count) % {"count": count}

"""Showing our copies."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from resonanz.pictures.actions import fetch_again, wanted
from resonanz.pictures.addresses import url_in
from resonanz.pictures.files import path_of
from resonanz.pictures.models import PictureCopy
from resonanz.workspaces.access import MemberRequest, guests_too

A_WEEK_SECONDS = 7 * 24 * 3600
AN_HOUR_SECONDS = 3600


@require_GET
@guests_too
def copy(request: MemberRequest, token: str) -> HttpResponse:
    """Our copy of a picture; while it is being fetched there is nothing, and a page asks again."""
    url = url_in(token)
    if url is None:
        raise Http404
    found = wanted(workspace=request.member.workspace, url=url)
    if found.state == PictureCopy.State.REFUSED:
        return _nothing(f"private, max-age={AN_HOUR_SECONDS}")
    path = path_of(found)
    if found.state != PictureCopy.State.KEPT or not path.exists():
        fetch_again(copy=found)
        return _nothing("no-store")
    # Made by us and no larger than a screen: not worth a stream.
    answer = HttpResponse(path.read_bytes(), content_type="image/webp")
    answer["Cache-Control"] = f"private, max-age={A_WEEK_SECONDS}, immutable"
    return answer


def _nothing(cache: str) -> HttpResponse:
    return HttpResponse(status=404, content_type="text/plain", headers={"Cache-Control": cache})

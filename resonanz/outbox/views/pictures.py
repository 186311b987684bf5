"""Our own pictures: shown to members, put back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resonanz.outbox.access import get_upload
from resonanz.outbox.actions import restore_upload
from resonanz.outbox.views.lists import back_to
from resonanz.outbox.views.places import page_of
from resonanz.pictures.own import path_of
from resonanz.workspaces.access import MemberRequest, members_only, preparers_only

A_YEAR_SECONDS = 365 * 24 * 3600


@require_safe
@members_only
def picture(request: MemberRequest, pk: int) -> HttpResponse:
    """A picture of ours, as we made it anew, with the type that we gave it."""
    upload = get_upload(request.member, pk)
    path = path_of(upload.sha256)
    if not path.exists():
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type=upload.content_type)
    answer["Cache-Control"] = f"private, max-age={A_YEAR_SECONDS}, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@preparers_only
def restore_picture(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a picture back that was taken out."""
    upload = get_upload(request.member, pk)
    if not restore_upload(upload=upload):
        messages.info(request, _("The text is on its way already, without this picture."))
    return back_to(request, lambda: page_of(upload.draft))

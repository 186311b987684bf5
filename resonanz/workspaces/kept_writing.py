"""What somebody was writing when her session had ended: kept until she has signed in again.

The fields of the form lie in the visitor's new session, on the server, for an hour. Nothing is
done with them by itself: after signing in she sees them and sends them on.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

KEY = "kept_writing"
KEPT_FOR = timedelta(hours=1)
MOST_CHARACTERS = 200_000
NOT_KEPT = {"csrfmiddlewaretoken"}


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the door, and keep what she was writing.

    What a script sends on its own while somebody types is answered with 401: the page stays,
    and says that she is signed out.
    """
    if request.headers.get("HX-Request") and request.method == "POST":
        return HttpResponse(status=401)
    if not _keep(request):
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(reverse("kept-writing"))


def _keep(request: HttpRequest) -> bool:
    """Keep a text that was posted. The CSRF token has been checked before any view runs."""
    if request.method != "POST" or not request.POST.get("text", "").strip():
        return False
    fields = [
        [name, str(value)]
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT
    ]
    if sum(len(value) for _name, value in fields) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {
        "path": request.path,
        "fields": fields,
        "had_files": bool(request.FILES),
        "at": timezone.now().timestamp(),
    }
    return True


def kept_writing(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept for this browser: `path`, `fields` (name, value), `had_files`. Or None."""
    kept = request.session.get(KEY)
    if not kept or timezone.now().timestamp() - kept["at"] > KEPT_FOR.total_seconds():
        return None
    return dict(kept)

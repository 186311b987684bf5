"""The page behind the link at the foot of a letter. It needs no sign-in, and stops one kind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from resonanz.letters.actions import set_wishes
from resonanz.letters.stopping import read_token

KINDS = {
    "wants_digest": _("the morning digest"),
    "wants_alarms": _("alarms"),
    "wants_news": _("word of what is for you: notes, what is given to you, what waits"),
}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link stops; stop it by a button, or by one click of a mail program.

    RFC 8058 (read 2026-11-22): the click brings no cookie and no token of ours, and may not be
    led elsewhere. The link itself is the right to do it, and the same button takes it back.
    """
    found = read_token(token)
    if found is None:
        return render(request, "letters/no_stop.html", status=404)
    member, wish = found
    if request.method == "POST":
        set_wishes(member=member, **{wish: request.POST.get("again") == "yes"})
    with translation.override(member.language):
        request.LANGUAGE_CODE = member.language
        values = {
            "kind": KINDS[wish],
            "is_on": getattr(member, wish),
            "is_done": request.method == "POST",
            "reader": member,
        }
        return render(request, "letters/stop.html", values)

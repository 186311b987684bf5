"""After signing in again: what was being written is shown, and sent on by a human."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.kept_writing import kept_writing

# These say what is to be done with a text; she says it anew.
BUTTONS = {"send", "keep", "attach", "parts", "remove", "earlier", "put_in"}


@require_safe
@guests_too
def kept(request: MemberRequest) -> HttpResponse:
    """The text, and a button that brings it back into the box as a draft."""
    found = kept_writing(request)
    if found is None:
        return redirect("/")
    fields = [(name, value) for name, value in found["fields"] if name not in BUTTONS]
    if dict(fields).get("writer") not in (None, str(request.member.pk)):
        # Somebody else has signed in at this browser.
        return redirect("/")
    context = {
        "action": found["path"],
        "fields": fields,
        "text": dict(fields).get("text", ""),
        "had_files": found["had_files"],
    }
    return render(request, "workspaces/kept.html", context)

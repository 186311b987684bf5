"""After signing in again: what was being written is shown, and sent on by a human."""

from django.http import HttpResponse
from django.shortcuts import render
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
    fields = (
        [(name, text) for name, text in found["fields"] if name not in BUTTONS] if found else []
    )
    # Otherwise somebody else has signed in at this browser.
    is_hers = dict(fields).get("writer") in (None, str(request.member.pk))
    if found is None or not is_hers:
        return render(request, "workspaces/kept.html", {"action": ""})
    context = {
        "action": found["path"],
        "fields": fields,
        "text": dict(fields).get("text", ""),
        "had_files": found["had_files"],
    }
    return render(request, "workspaces/kept.html", context)

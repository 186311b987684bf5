"""The audit trail as a page, and as a file to take along."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from resonanz.plumbing.keyset import read_mark
from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.trail import (
    AT_ONCE,
    Sought,
    all_rows,
    as_csv,
    as_json,
    trail_page,
    who_acted,
)
from resonanz.workspaces.trail_words import KINDS, sentence_of

FORMATS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


@require_safe
@owners_only
def trail(request: MemberRequest) -> HttpResponse:
    """Who did what, the latest first."""
    workspace, told = request.member.workspace, request.GET
    sought = _sought(told.get("member", ""), told.get("kind", ""), told.get("day", ""))
    sheet = trail_page(workspace, sought, read_mark(told.get("before", "")))
    values = {
        "rows": [{"entry": entry, "sentence": sentence_of(entry)} for entry in sheet.rows],
        "members": who_acted(workspace),
        "kinds": [{"name": name, "label": kind.label} for name, kind in KINDS.items()],
        "sought": sought,
        "older_url": _older(sought, sheet.onward),
    }
    return render(request, "workspaces/trail.html", values)


def _sought(member: str, kind: str, day: str) -> Sought:
    """What the address asks for; what makes no sense there is left out."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    is_number = member.isdecimal() and len(member) < 19
    return Sought(
        member=int(member) if is_number else None, kind=kind if kind in KINDS else "", day=on
    )


def _older(sought: Sought, onward: str) -> str:
    if not onward:
        return ""
    told: dict[str, Any] = {"member": sought.member, "kind": sought.kind, "day": sought.day}
    kept = {name: str(value) for name, value in told.items() if value}
    return f"{reverse('trail')}?{urlencode({**kept, 'before': onward})}"


@require_POST
@owners_only
def export(request: MemberRequest, form: str) -> StreamingHttpResponse:
    """All of it as a file, written while it is read. That it was taken stands in it as well."""
    if form not in FORMATS:
        raise Http404
    workspace = request.member.workspace
    note_in_trail(
        workspace=workspace, member=request.member, verb="trail exported", subject=form.upper()
    )
    write, content_type = FORMATS[form]
    lines = write(all_rows(workspace))
    # A server that speaks ASGI would gather a plain iterator whole before it sends anything.
    streamed = in_portions(lines) if isinstance(request, ASGIRequest) else lines
    answer = StreamingHttpResponse(streamed, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="resonanz-trail.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


async def in_portions(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same, a few hundred lines at a time, for a server that waits for nobody."""

    def next_portion() -> str:
        return "".join(islice(lines, AT_ONCE))

    while portion := await sync_to_async(next_portion)():
        yield portion

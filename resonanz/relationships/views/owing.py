"""Whom we owe a word of thanks, and whom we have just met."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resonanz.plumbing.keyset import read_mark
from resonanz.plumbing.undo import say_with_undo
from resonanz.relationships.access import get_person
from resonanz.relationships.actions import NoWayThere, reopen_debts, settle_debts, thank_for
from resonanz.relationships.queries import (
    ON_A_PAGE,
    new_faces,
    oldest_kindness,
    owed_people,
)
from resonanz.workspaces.access import MemberRequest, arrangers_only, members_only, preparers_only
from resonanz.workspaces.queries import voices_to_write_for


@require_GET
@members_only
def owed(request: MemberRequest) -> HttpResponse:
    """Everybody who was kind to us and heard nothing back, the longest first."""
    after = read_mark(request.GET.get("after", ""))
    workspace = request.member.workspace
    found = owed_people(workspace, most=ON_A_PAGE, after=after)
    older_url = f"?after={found.rows[-1].mark}" if found.total > len(found.rows) else ""
    return render(
        request,
        "relationships/owed.html",
        {
            "people": found.rows,
            "older_url": older_url,
        },
    )


@require_GET
@members_only
def faces(request: MemberRequest) -> HttpResponse:
    """Everybody we met in the last fortnight, the latest first."""
    after = read_mark(request.GET.get("after", ""))
    met = new_faces(request.member.workspace, most=ON_A_PAGE, after=after)
    older_url = f"?after={met.rows[-1].mark}" if met.total > len(met.rows) else ""
    return render(request, "relationships/faces.html", {"faces": met.rows, "older_url": older_url})


@require_POST
@preparers_only
def thank(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a word of thanks for the kindness that waits longest, and go where it is written."""
    person = get_person(request.member, pk)
    kindness = oldest_kindness(person)
    if kindness is None:
        return redirect("people-person", person.pk)
    voice = next(iter(voices_to_write_for(request.member)), None)
    try:
        draft = thank_for(act=kindness, member=request.member, voice=voice)
    except NoWayThere:
        messages.error(
            request,
            _("No connected channel can answer there. You can answer where it was said."),
        )
        return _back(request)
    if draft.answering and kindness.post:
        thread = reverse("conversations-thread", args=[kindness.post.conversation_id])
        return redirect(f"{thread}#reply")
    return redirect("outbox-draft", draft.pk)


@require_POST
@arrangers_only
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """A human says that nothing is owed here any more."""
    person = get_person(request.member, pk)
    settle_debts(person=person)
    say_with_undo(
        request,
        _("We are quits with %(name)s.") % {"name": person.name},
        label=_("Take that back"),
        url=reverse("today-owed-unsettle", args=[person.pk]),
        back=request.POST.get("back", ""),
    )
    return _back(request)


@require_POST
@arrangers_only
def unsettle(request: MemberRequest, pk: int) -> HttpResponse:
    """Take that back."""
    person = get_person(request.member, pk)
    reopen_debts(person=person)
    messages.success(request, _("%(name)s still waits for a word.") % {"name": person.name})
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    """To the page of ours where the button stood."""
    told = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(told, allowed_hosts=None) and told.startswith("/"):
        return redirect(told)
    return redirect("today-owed")

"""What we are writing and what is on its way; trying again and taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resonanz.outbox.access import get_on_its_way, get_publication
from resonanz.outbox.actions import take_back, take_back_text, try_again
from resonanz.outbox.models import Delivery, Draft, OnItsWay
from resonanz.outbox.queries import (
    amendments_in,
    answered_by_uid,
    deliveries_in,
    drafts_to_agree,
    gestures_in,
    moderations_in,
    open_drafts,
    shieldings_in,
)
from resonanz.outbox.rows import (
    WayRow,
    amendment_row,
    beside_deliveries,
    draft_row,
    gesture_row,
    moderation_row,
    shielding_row,
    way_row,
)
from resonanz.outbox.views.places import page_of
from resonanz.plumbing.keyset import read_mark
from resonanz.plumbing.sheets import sheet_of
from resonanz.workspaces.access import MemberRequest, members_only, speakers_only
from resonanz.workspaces.models import Member, Workspace

A_PAGE = 30
SEGMENTS = ("drafts", "to-agree", "on-its-way", "sent", "refused")


@require_GET
@members_only
def outbox(request: MemberRequest) -> HttpResponse:
    """Drafts, what is on its way, what was sent, what was refused: one of them at a time."""
    asked = request.GET.get("show", "")
    segment = asked if asked in SEGMENTS else "drafts"
    mark = read_mark(request.GET.get("before", ""))
    workspace = request.member.workspace
    if segment == "to-agree":
        page = _drafts(drafts_to_agree(request.member), workspace, mark)
    elif segment == "drafts":
        page = _drafts(open_drafts(workspace), workspace, mark)
    else:
        page = _ways(request.member, segment, mark)
    here = f"{reverse('outbox')}?show={segment}"
    onward = page.pop("onward")
    context = page | {
        "segment": segment,
        "segments": _segments(segment),
        "older_url": f"{here}&before={onward}" if onward else "",
        "here": request.get_full_path(),
    }
    return render(request, "outbox/outbox.html", context)


def _segments(current: str) -> list[dict[str, Any]]:
    labels = {
        "drafts": _("Drafts"),
        "to-agree": _("To agree"),
        "on-its-way": _("On their way"),
        "sent": _("Sent"),
        "refused": _("Not sent"),
    }
    return [
        {"label": label, "url": f"{reverse('outbox')}?show={name}", "current": name == current}
        for name, label in labels.items()
    ]


def _drafts(drafts: "QuerySet[Draft]", workspace: Workspace, mark: Any) -> dict[str, Any]:
    sheet = sheet_of(drafts, "updated_at", mark, size=A_PAGE)
    answered = answered_by_uid(workspace, [draft.answering_uid for draft in sheet.rows])
    return {"drafts": [draft_row(row, answered) for row in sheet.rows], "onward": sheet.onward}


def _ways(member: Member, segment: str, mark: Any) -> dict[str, Any]:
    workspace = member.workspace
    sheet = sheet_of(deliveries_in(workspace, segment), "created_at", mark, size=A_PAGE)
    moderations = [] if mark else moderations_in(workspace, segment)
    uids = [row.publication.answering_uid for row in sheet.rows]
    answered = answered_by_uid(workspace, [*uids, *(row.target_uid for row in moderations)])
    told = [moderation_row(row, answered) for row in moderations]
    beside = beside_deliveries(sheet.rows)
    return {
        "ways": [way_row(row, answered, member, beside.get(row.pk, ())) for row in sheet.rows],
        "gestures": [] if mark else [*_beside(workspace, segment), *told],
        "onward": sheet.onward,
    }


def _beside(workspace: Workspace, segment: str) -> list[WayRow]:
    """Gestures, shields and changes of what stands there, while under way or refused."""
    return [
        *(amendment_row(row) for row in amendments_in(workspace, segment)),
        *(shielding_row(row) for row in shieldings_in(workspace, segment)),
        *(gesture_row(row) for row in gestures_in(workspace, segment)),
    ]


@require_POST
@speakers_only
def again(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Try something that is stuck again."""
    row = get_on_its_way(request.member, kind, pk)
    if row.state == OnItsWay.State.SENT:
        messages.info(request, _("It stands there already."))
    else:
        try_again(row=row, member=request.member)
        messages.success(request, _("It is being tried again."))
    return back_to(request, lambda: f"{reverse('outbox')}?show=on-its-way")


@require_POST
@speakers_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a text back that has not gone out; it becomes a draft again."""
    delivery = get_on_its_way(request.member, "delivery", pk)
    draft = (
        take_back(delivery=delivery, member=request.member)
        if isinstance(delivery, Delivery)
        else None
    )
    if draft is None:
        messages.warning(
            request,
            _("It cannot be taken back: it has gone out, or is perhaps going out right now."),
        )
        return back_to(request, lambda: f"{reverse('outbox')}?show=on-its-way")
    return _taken_back(request, draft)


@require_POST
@speakers_only
def withdraw_text(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back whatever of a text has not gone out; its words are in the box again."""
    publication = get_publication(request.member, pk)
    draft = take_back_text(publication=publication, member=request.member)
    if draft is not None:
        return _taken_back(request, draft)
    messages.warning(
        request, _("It cannot be taken back: it has gone out, or is perhaps going out right now.")
    )
    return back_to(request, lambda: f"{reverse('outbox')}?show=on-its-way")


def _taken_back(request: MemberRequest, draft: Draft) -> HttpResponse:
    messages.success(request, _("It was taken back. The text is a draft again."))
    return redirect(page_of(draft))


def back_to(request: MemberRequest, otherwise: Callable[[], str]) -> HttpResponse:
    """Go back to the page of this house that the form named, or to another one."""
    told = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure()):
        return redirect(told)
    return redirect(otherwise())

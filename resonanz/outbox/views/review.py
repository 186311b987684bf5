"""A second person: looking at a text exactly as it will stand, agreeing, giving it back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resonanz.outbox.access import get_draft
from resonanz.outbox.actions import (
    CannotSend,
    NotForYou,
    WrittenMeanwhile,
    agree_and_send,
    give_back,
    write_on,
)
from resonanz.outbox.actions.reviewing import may_agree
from resonanz.outbox.models import Draft
from resonanz.outbox.queries import answered_by_uid
from resonanz.outbox.sending import seconds_left, show, why_not
from resonanz.outbox.views.places import page_of
from resonanz.outbox.views.saying import say_it_goes_out
from resonanz.workspaces.access import MemberRequest, preparers_only, speakers_only


def review_page(request: MemberRequest, draft: Draft, **more: Any) -> HttpResponse:
    """The text as it will stand, and what this member may do about it."""
    quoted_uid = str(draft.quoting.get("uid", ""))
    answered = answered_by_uid(request.member.workspace, [draft.answering_uid, quoted_uid])
    is_prepared = draft.voice is not None and draft.author_id != draft.voice.member_id
    context = {
        "draft": draft,
        "answered": answered.get(draft.answering_uid),
        "quoted": answered.get(quoted_uid),
        "shown": [show(draft, channel) for channel in draft.channels.all()],
        "may_agree": may_agree(draft, request.member),
        "may_write_on": draft.author_id == request.member.pk or is_prepared,
        "is_prepared": is_prepared,
    }
    return render(request, "outbox/review.html", context | more)


@require_POST
@speakers_only
def agree(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree to the text that was looked at; it goes out."""
    draft = get_draft(request.member, pk)
    try:
        publication = agree_and_send(
            draft=draft, member=request.member, asked_at=_asked_at(request)
        )
    except WrittenMeanwhile:
        messages.warning(
            request, _("The text was changed or taken back meanwhile. Nothing has gone out.")
        )
        return redirect("outbox-draft", pk=pk)
    except NotForYou:
        messages.warning(request, _("Another person has to agree to this text."))
        return redirect("outbox-draft", pk=pk)
    except CannotSend as cannot:
        return review_page(request, draft, problems=why_not(cannot))
    say_it_goes_out(request, publication, seconds_left(publication))
    return redirect(f"{reverse('outbox')}?show=to-agree")


def _asked_at(request: MemberRequest) -> datetime:
    try:
        found = parse_datetime(request.POST.get("asked_at", ""))
    except ValueError:
        found = None
    if found is None:
        raise WrittenMeanwhile
    return found


@require_POST
@speakers_only
def send_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a text back to who wrote it, with a note."""
    draft = get_draft(request.member, pk)
    try:
        give_back(draft=draft, member=request.member, note=request.POST.get("note", "")[:2000])
    except NotForYou:
        messages.warning(request, _("Another person has to agree to this text."))
        return redirect("outbox-draft", pk=pk)
    messages.success(request, _("The text was given back."))
    return redirect(f"{reverse('outbox')}?show=to-agree")


@require_POST
@preparers_only
def go_on_writing(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a text back from the second person, to write on."""
    draft = write_on(draft=get_draft(request.member, pk))
    return redirect(page_of(draft))

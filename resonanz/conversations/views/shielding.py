"""Keeping somebody at a distance: mute, block, report, and letting near again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resonanz.conversations.access import get_identity
from resonanz.conversations.shield_form import ReportForm
from resonanz.conversations.shielding import (
    Ways,
    end_shield,
    posts_to_report,
    report_account,
    shield_us,
    shields_of,
    ways_to_shield,
)
from resonanz.conversations.shown import face_of
from resonanz.outbox.rows import shielding_row
from resonanz.people.models import Identity
from resonanz.switchboard.shapes import ShieldKind
from resonanz.workspaces.access import MemberRequest, speakers_only


@require_http_methods(["GET", "HEAD", "POST"])
@speakers_only
def shield(request: MemberRequest, pk: int) -> HttpResponse:
    """One account: what keeping it away means, in a sentence each, and the buttons for it."""
    identity = get_identity(request.member, pk)
    ways = ways_to_shield(identity)
    form = _report_form(request, identity, ways)
    if request.method != "POST":
        return _page(request, identity, ways, form)
    told = request.POST.get("do", "")
    if told == "report":
        if not form.is_valid():
            return _page(request, identity, ways, form, status=422)
        _report(request, identity, form)
    else:
        _shield_or_end(request, identity, told, ways)
    return redirect(reverse("conversations-shield", args=[pk]))


def _report_form(request: MemberRequest, identity: Identity, ways: Ways) -> ReportForm:
    is_told = request.method == "POST" and request.POST.get("do") == "report"
    return ReportForm(
        request.POST if is_told else None,
        channels=ways.report,
        posts=list(posts_to_report(identity)),
        chosen=request.GET.get("post", ""),
    )


def _shield_or_end(request: MemberRequest, identity: Identity, told: str, ways: Ways) -> None:
    what, _sign, kind = told.partition(":")
    if kind not in list(ShieldKind) or what not in ("on", "off"):
        raise Http404
    chosen, name = ShieldKind(kind), identity.name or identity.handle
    if what == "off":
        end_shield(identity=identity, kind=chosen, member=request.member)
        messages.success(request, _("%(name)s is heard as before.") % {"name": name})
        return
    able = ways.mute if chosen is ShieldKind.MUTE else ways.block
    there = able if "there" in request.POST else []
    shield_us(identity=identity, kind=chosen, member=request.member, channels=there)
    words = _("%(name)s is muted.") if chosen is ShieldKind.MUTE else _("%(name)s is blocked.")
    messages.success(request, words % {"name": name})


def _report(request: MemberRequest, identity: Identity, form: ReportForm) -> None:
    report_account(
        identity=identity,
        member=request.member,
        channel=form.chosen_channel,
        reason=form.cleaned_data["reason"],
        posts=form.chosen_posts,
        is_forwarded=form.cleaned_data["is_forwarded"],
    )
    messages.success(request, _("The report is on its way."))


def _page(
    request: MemberRequest, identity: Identity, ways: Ways, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "identity": identity,
        "name": identity.name or identity.handle,
        "face": face_of(identity),
        "person_url": reverse("people-person", args=[identity.person_id]),
        "mute_there": ", ".join(channel.handle for channel in ways.mute),
        "block_there": ", ".join(channel.handle for channel in ways.block),
        "report_form": form if ways.report else None,
        "ways": [shielding_row(row) for row in shields_of(identity)],
        "here": reverse("conversations-shield", args=[identity.pk]),
    }
    return render(request, "conversations/shield.html", context, status=status)

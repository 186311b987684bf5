"""What stands there already: changing it, deleting it, letting a change be."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.outbox.access import get_amendment, get_moderation, get_standing
from resonanz.outbox.actions import (
    CannotAmend,
    delete_afterwards,
    edit_afterwards,
    let_moderation_be,
    undo_amendment,
)
from resonanz.outbox.actions.amending import may_amend
from resonanz.outbox.forms import ChangeForm
from resonanz.outbox.models import Amendment, Delivery
from resonanz.outbox.queries import answered_by_uid, latest_words
from resonanz.outbox.sending import counter_of, show_change
from resonanz.outbox.views.lists import back_to
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, speakers_only


@require_http_methods(["GET", "POST"])
@speakers_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """A post of ours with other words, or gone."""
    delivery = get_standing(request.member, pk)
    kinds = Amendment.Kind
    can_edit = may_amend(delivery, request.member, kinds.EDIT)
    can_delete = may_amend(delivery, request.member, kinds.DELETE)
    if not can_edit and not can_delete:
        raise Http404
    text, warning = latest_words(delivery)
    initial = {"text": text, "warning": warning}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and can_edit and form.is_valid():
        shown = show_change(delivery, **form.columns())
        if request.htmx:
            counter = counter_of(shown, problems=shown.problems) | {"for": "id_text"}
            return render(request, "plumbing/pieces/counter.html", counter)
        if not shown.problems:
            return _changed(request, delivery, form)
        return _page(request, delivery, form, can_delete, problems=shown.problems)
    return _page(request, delivery, form if can_edit else None, can_delete)


def _page(
    request: MemberRequest,
    delivery: Delivery,
    form: ChangeForm | None,
    can_delete: bool,
    **more: Any,
) -> HttpResponse:
    text, warning = latest_words(delivery)
    uid = delivery.publication.answering_uid
    context = {
        "delivery": delivery,
        "form": form,
        "can_delete": can_delete,
        "answered": answered_by_uid(request.member.workspace, [uid]).get(uid),
        "counter": counter_of(show_change(delivery, text=text, warning=warning)),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "outbox/change.html", context | more)


def _changed(request: MemberRequest, delivery: Delivery, form: ChangeForm) -> HttpResponse:
    try:
        amendment = edit_afterwards(delivery=delivery, member=request.member, **form.columns())
    except CannotAmend as cannot:
        raise Http404 from cannot
    _say(request, _("It is being changed."), amendment)
    return back_to(request, lambda: f"{reverse('outbox')}?show=sent")


@require_POST
@speakers_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a post of ours back at its network."""
    delivery = get_standing(request.member, pk)
    try:
        amendment = delete_afterwards(delivery=delivery, member=request.member)
    except CannotAmend as cannot:
        raise Http404 from cannot
    _say(request, _("It is being deleted."), amendment)
    return back_to(request, lambda: f"{reverse('outbox')}?show=sent")


def _say(request: MemberRequest, sentence: str, amendment: Amendment) -> None:
    say_with_undo(
        request,
        sentence,
        label=_("Let it be"),
        url=reverse("outbox-let-be", args=[amendment.pk]),
    )


@require_POST
@speakers_only
def let_be(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a change be that has not gone out."""
    amendment = get_amendment(request.member, pk)
    if not may_amend(amendment.delivery, request.member, Amendment.Kind(amendment.kind)):
        raise Http404
    if undo_amendment(amendment=amendment):
        messages.success(request, _("It stays as it was."))
    else:
        messages.warning(request, _("It has gone out already, or is perhaps going out right now."))
    return back_to(request, lambda: f"{reverse('outbox')}?show=sent")


@require_POST
@speakers_only
def let_comment_be(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a comment stand as it stands at its network, where another standing was refused."""
    if let_moderation_be(moderation=get_moderation(request.member, pk)):
        messages.success(request, _("It stays as it was."))
    else:
        messages.warning(request, _("It has gone out already, or is perhaps going out right now."))
    return back_to(request, lambda: f"{reverse('outbox')}?show=refused")

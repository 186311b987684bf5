"""Putting two conversations together, and parting them again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.conversations.access import get_conversation, get_joining
from resonanz.conversations.joinable import joinable, what_happens
from resonanz.conversations.joining_by_hand import CannotJoin, CannotPart, join_by_hand, part
from resonanz.conversations.models import Conversation
from resonanz.conversations.rows import row_of, words_above
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only

WORDS_CHARACTERS = 1000


@require_http_methods(["GET", "POST"])
@arrangers_only
def join(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the other conversation, read what will happen, and put the two together."""
    conversation = get_conversation(request.member, pk)
    if request.method == "POST":
        return _put_together(request, conversation)
    told = request.GET.get("with", "")
    other = get_conversation(request.member, row_id(told)) if told else None
    if other is not None and other.pk == conversation.pk:
        raise Http404
    words = request.GET.get("q", "").replace("\0", "")[:WORDS_CHARACTERS]
    hider = request.member.workspace.hider
    found = [] if other else joinable(request.member, conversation, words)
    context = {
        "opened": conversation,
        "above": words_above(conversation, hider),
        "thread_url": _url(conversation),
        "words": words,
        "found": [(one.pk, row_of(one, hider=hider)) for one in found],
        "other": other,
        "other_row": row_of(other, hider=hider) if other else None,
        "sentences": what_happens(conversation, other) if other else [],
    }
    return render(request, "conversations/join.html", context)


def _put_together(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    try:
        other = get_conversation(request.member, row_id(request.POST.get("with", "")))
        joining = join_by_hand(conversation=conversation, other=other, member=request.member)
    except (Http404, CannotJoin):
        messages.info(request, _("The other conversation is not there on its own any more."))
        return redirect(_url(conversation))
    say_with_undo(
        request,
        _("The two conversations are one now."),
        label=_("Take it back"),
        url=reverse("conversations-part", args=[joining.pk]),
    )
    return redirect(_url(conversation))


@require_POST
@arrangers_only
def part_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Take apart what was put together; a second time changes nothing."""
    joining = get_joining(request.member, pk)
    stays = joining.conversation
    try:
        back = part(joining=joining, member=request.member)
    except CannotPart:
        messages.warning(
            request,
            _(
                "They cannot be told apart any more: what was put together answers one another by"
                " now, or nothing is left of one of them."
            ),
        )
        return redirect(_url(stays))
    say_with_undo(
        request,
        _("They are two conversations again. The other one is with %(name)s.")
        % {"name": back.with_whom or _("ourselves")},
        label=_("Put them together again"),
        url=reverse("conversations-join", args=[stays.pk]),
        **{"with": str(back.pk)},
    )
    return redirect(_url(stays))


def _url(conversation: Conversation) -> str:
    return reverse("conversations-thread", args=[conversation.pk])

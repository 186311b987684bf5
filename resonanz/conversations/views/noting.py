"""Notes to colleagues: written in a talk, changed on a page of their own, removed and put back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.conversations.access import get_conversation, get_own_note
from resonanz.conversations.forms import NoteForm
from resonanz.conversations.models import Note
from resonanz.conversations.notes import change_note, remove_note, write_note
from resonanz.conversations.views.thread import thread_page
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, needs
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May


@require_POST
@needs(May.NOTE)
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a note in a conversation."""
    conversation = get_conversation(request.member, pk)
    form = NoteForm(request.POST, colleagues=_colleagues(request))
    if not form.is_valid():
        return thread_page(request, conversation, note_form=form)
    written = write_note(
        conversation=conversation,
        author=request.member,
        text=form.cleaned_data["text"],
        named=form.named(),
    )
    messages.success(request, _("The note is kept. Only colleagues read it."))
    return redirect(_url_of(written))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.NOTE)
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a note of one's own."""
    found = get_own_note(request.member, pk)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, colleagues=_colleagues(request), initial={"text": found.text})
    if data is not None and form.is_valid():
        change_note(note=found, text=form.cleaned_data["text"], named=form.named())
        messages.success(request, _("The note is changed."))
        return redirect(_url_of(found))
    context = {
        "note_form": form,
        "note_action": reverse("conversations-note", args=[pk]),
        "back_url": _url_of(found),
    }
    return render(request, "conversations/note.html", context, status=422 if data else 200)


@require_POST
@needs(May.NOTE)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note of one's own away, or put it back."""
    found = get_own_note(request.member, pk)
    is_removed = request.POST.get("removed", "yes") == "yes"
    remove_note(note=found, is_removed=is_removed)
    if not is_removed:
        messages.success(request, _("The note is back."))
        return redirect(_url_of(found))
    say_with_undo(
        request,
        _("The note is removed."),
        label=_("Take it back"),
        url=reverse("conversations-note-remove", args=[pk]),
        removed="no",
    )
    return redirect("conversations-thread", pk=found.conversation_id)


def _colleagues(request: MemberRequest) -> list[Member]:
    return list(request.member.workspace.members.present().order_by("name", "pk"))


def _url_of(found: Note) -> str:
    return reverse("conversations-thread", args=[found.conversation_id]) + f"#note-{found.pk}"

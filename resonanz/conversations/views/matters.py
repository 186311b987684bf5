"""Matters: the list, one of them, and linking a conversation to one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from resonanz.conversations.access import get_conversation, get_matter, get_matter_link
from resonanz.conversations.matter_form import MatterForm, OutcomeForm, StepForm
from resonanz.conversations.matter_lists import (
    ME,
    NOBODY,
    ChosenMatters,
    find_open_matters,
    links_of,
    list_matters,
    step_sentence,
    steps_of,
)
from resonanz.conversations.matters import (
    change_matter,
    link_matter,
    note_on_matter,
    open_matter,
    reopen_matter,
    say_told,
    settle_matter,
    unlink_matter,
)
from resonanz.conversations.models import Matter
from resonanz.conversations.rows import words_above
from resonanz.conversations.views.ways_back import way_back
from resonanz.plumbing.keyset import read_mark
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only, guests_too, needs
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may

WORDS_CHARACTERS = 200


@require_GET
@guests_too
def matters(request: MemberRequest) -> HttpResponse:
    """What people told us and colleagues look after; a guest sees her own."""
    chosen = ChosenMatters.of(request.GET)
    sheet = list_matters(request.member, chosen, read_mark(request.GET.get("before", "")))
    here = reverse("matters")
    context = {
        "rows": sheet.rows,
        "chosen": chosen,
        "segments": _segments(chosen),
        "filters": _filters(chosen, request.member),
        "is_narrowed": chosen != ChosenMatters(is_settled=chosen.is_settled),
        "older_url": here + chosen.query(before=sheet.onward) if sheet.onward else "",
    }
    return render(request, "conversations/matters.html", context)


def _segments(chosen: ChosenMatters) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse("matters") + query,
            "current": is_settled is chosen.is_settled,
        }
        for label, is_settled, query in (
            (_("Still open"), False, ChosenMatters(False, chosen.who, chosen.kind).query()),
            (_("Settled"), True, ChosenMatters(True, chosen.who, chosen.kind).query()),
        )
    ]


@dataclass(frozen=True)
class Select:
    """One question of the filter: its name in the address, and what can be chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str


def _filters(chosen: ChosenMatters, member: Member) -> list[Select]:
    kinds = [("", _("of any kind")), *((kind.value, str(kind.label)) for kind in Matter.Kind)]
    found = [Select("kind", _("Whose field it is"), kinds, chosen.kind)]
    if may(member, May.READ):
        people = [(str(one.pk), one.name) for one in _colleagues(member) if one.pk != member.pk]
        who = [("", _("whoever looks after it")), (ME, _("me")), (NOBODY, _("nobody yet"))]
        found.append(Select("who", _("Who looks after it"), [*who, *people], chosen.who))
    return found


def _colleagues(member: Member) -> list[Member]:
    return list(member.workspace.members.present().order_by("name", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def here(request: MemberRequest, pk: int) -> HttpResponse:
    """Of which matter a conversation speaks: an open one, or a new one."""
    conversation = get_conversation(request.member, pk)
    words = request.GET.get("q", "")[:WORDS_CHARACTERS]
    data = request.POST if request.method == "POST" else None
    form = MatterForm(data, colleagues=_colleagues(request.member), initial={"title": words})
    if data is not None and form.is_valid():
        link = open_matter(conversation=conversation, by=request.member, **form.told())
        _say_linked(request, link.matter, pk)
        return _to_talk(pk)
    context = {
        "opened": conversation,
        "above": words_above(conversation, request.member.workspace.hider),
        "words": words,
        "found": find_open_matters(request.member, words, conversation),
        "form": form,
        "thread_url": reverse("conversations-thread", args=[pk]),
    }
    return render(request, "conversations/matter_here.html", context, status=422 if data else 200)


@require_POST
@arrangers_only
def link(request: MemberRequest, pk: int, matter: int) -> HttpResponse:
    """Link a conversation to a matter, or take that back."""
    conversation = get_conversation(request.member, pk)
    found = get_matter(request.member, matter)
    if request.POST.get("linked", "yes") == "yes":
        link_matter(matter=found, conversation=conversation, by=request.member)
        _say_linked(request, found, pk)
        return _to_talk(pk)
    unlink_matter(matter=found, conversation=conversation)
    say_with_undo(
        request,
        _("The conversation belongs to “%(title)s” no more.") % {"title": found.title},
        label=_("Take it back"),
        url=reverse("conversations-matter-link", args=[pk, matter]),
        linked="yes",
    )
    return way_back(request, reverse("conversations-thread", args=[pk]))


def _say_linked(request: MemberRequest, found: Matter, pk: int) -> None:
    say_with_undo(
        request,
        _("The conversation belongs to the matter “%(title)s” now.") % {"title": found.title},
        label=_("Take it back"),
        url=reverse("conversations-matter-link", args=[pk, found.pk]),
        linked="no",
    )


def _to_talk(pk: int) -> HttpResponse:
    return redirect(reverse("conversations-thread", args=[pk]) + "#matters")


@require_POST
@arrangers_only
def told(request: MemberRequest, pk: int, matter: int) -> HttpResponse:
    """Those in a conversation heard elsewhere what became of it; or did not after all."""
    found = get_matter_link(request.member, matter, pk)
    is_told = request.POST.get("told", "yes") == "yes"
    say_told(link=found, by=request.member, is_told=is_told)
    if is_told:
        say_with_undo(
            request,
            _("Noted: they have been told."),
            label=_("Take it back"),
            url=reverse("conversations-matter-told", args=[pk, matter]),
            told="no",
        )
    return way_back(request, reverse("conversations-thread", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@guests_too
def matter(request: MemberRequest, pk: int) -> HttpResponse:
    """One matter: whose it is, who spoke of it, how it stands, what became of it.

    What is posted here is a note of whoever may see it.
    """
    found = get_matter(request.member, pk)
    form = StepForm(request.POST) if request.method == "POST" else StepForm()
    if form.is_bound and form.is_valid():
        note_on_matter(matter=found, text=form.cleaned_data["text"], by=request.member)
        messages.success(request, _("The note is kept. Only colleagues read it."))
        return redirect("matters-matter", pk)
    return _page(request, found, note_form=form)


def _page(request: MemberRequest, found: Matter, **forms: Any) -> HttpResponse:
    is_wrong = any(form.is_bound for form in forms.values())
    context = {
        "matter": found,
        "links": links_of(request.member, found),
        "steps": [{"step": step, "sentence": step_sentence(step)} for step in steps_of(found)],
        "note_form": StepForm(),
        "outcome_form": OutcomeForm(initial={"outcome": found.outcome}),
        "list_url": reverse("matters"),
    }
    return render(
        request, "conversations/matter.html", context | forms, status=422 if is_wrong else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another name, another field, somebody else."""
    found = get_matter(request.member, pk)
    kept = {"title": found.title, "kind": found.kind, "colleague": str(found.colleague_id or "")}
    data = request.POST if request.method == "POST" else None
    form = MatterForm(data, colleagues=_colleagues(request.member), initial=kept)
    if data is not None and form.is_valid():
        change_matter(matter=found, by=request.member, **form.told())
        messages.success(request, _("The matter is changed."))
        return redirect("matters-matter", pk)
    context = {"matter": found, "form": form}
    return render(request, "conversations/matter_change.html", context, status=422 if data else 200)


@require_POST
@needs(May.NOTE)
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what became of it; whoever looks after it may, a guest too."""
    found, form = get_matter(request.member, pk), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, outcome_form=form)
    settle_matter(matter=found, outcome=form.cleaned_data["outcome"], by=request.member)
    say_with_undo(
        request,
        _("It is settled. Whoever spoke of it stands on Today, to be told."),
        label=_("Take it back"),
        url=reverse("matters-reopen", args=[pk]),
    )
    return redirect("matters-matter", pk)


@require_POST
@needs(May.NOTE)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """It is not settled after all."""
    reopen_matter(matter=get_matter(request.member, pk), by=request.member)
    messages.success(request, _("The matter is open again. Nobody is to be told for now."))
    return redirect("matters-matter", pk)

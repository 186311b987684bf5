"""Noting a talk by hand: one page, also for what a browser or a phone brings along."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.conversations.access import find_conversation
from resonanz.conversations.by_hand.bookmarklet import bookmarklet
from resonanz.conversations.by_hand.bringing import bring
from resonanz.conversations.by_hand.brought import Brought
from resonanz.conversations.by_hand.forms import TalkForm, fresh, initial_of, initial_place
from resonanz.conversations.by_hand.known import known_at, search_at
from resonanz.conversations.by_hand.noting import note_talk, noted_already
from resonanz.conversations.by_hand.whom import (
    last_place,
    people_called,
    people_in,
    person_told,
    somebody,
)
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.views.noted_rows import chips, thread_of
from resonanz.people.models import Person
from resonanz.plumbing.text import web_address
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only
from resonanz.workspaces.queries import voices_to_note

LOOKED_FOR_AGAIN_AFTER = "2s"


@dataclass(frozen=True)
class Start:
    """What a note begins with: an open conversation, a person, and what was brought along."""

    below: Conversation | None
    offered: list[Person]
    brought: Brought

    @classmethod
    def of(cls, request: MemberRequest) -> "Start":
        """Read from the address, or from the form that was sent."""
        told = request.POST if request.method == "POST" else request.GET
        below = find_conversation(request.member, told.get("talk", ""))
        person = person_told(request.member.workspace, told.get("person", ""))
        offered = [person] if person else (people_in(below) if below else [])
        brought = Brought() if request.method == "POST" else Brought.of(request.GET)
        return cls(below, offered, brought)


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def note(request: MemberRequest) -> HttpResponse:
    """Note what somebody said, where, when, and what we answered."""
    start = Start.of(request)
    if request.method != "POST":
        return _page(request, start, _blank(request, start))
    if "keep" in request.POST:
        return _page(request, start, _kept(request))
    form = _form(request, start, request.POST)
    is_valid = form.is_valid()
    sent_before = _sent_before(request, form)
    if sent_before is not None:
        return redirect(thread_of(sent_before))
    if not is_valid:
        return _page(request, start, form, status=422)
    said = note_talk(
        member=request.member,
        whom=form.whom,
        words=form.said,
        once=form.cleaned_data["once"],
        reply=form.reply,
        below=start.below,
        turn=form.cleaned_data["turn"],
    )
    _say_noted(request, said)
    return redirect(thread_of(said))


def _sent_before(request: MemberRequest, form: TalkForm) -> Post | None:
    """What this form has become, if its button was pressed twice: by now we know whoever spoke."""
    once, text = form.cleaned_data.get("once"), form.cleaned_data.get("text")
    return noted_already(request.member, once, text) if once and text else None


def _say_noted(request: MemberRequest, said: Post) -> None:
    say_with_undo(
        request,
        _("It is noted."),
        label=_("Take it back"),
        url=reverse("conversations-by-hand-remove", args=[said.pk]),
        whole="1",
    )


def _form(request: MemberRequest, start: Start, data: Any = None, **initial: Any) -> TalkForm:
    return TalkForm(
        data,
        workspace=request.member.workspace,
        voices=voices_to_note(request.member),
        offered=start.offered,
        initial=initial,
    )


def _blank(request: MemberRequest, start: Start) -> TalkForm:
    """A form with what was brought; the place is where one noted something last."""
    member = request.member
    person = start.offered[0].pk if start.offered else ""
    last = "" if start.brought.url else last_place(member.workspace, member.pk)
    place = initial_place(last, start.brought.url)
    begun = fresh(person=person, **place, **start.brought.initial)
    return _form(request, start, **begun)


def _kept(request: MemberRequest) -> TalkForm:
    """A form with what was being written when the session had ended."""
    told = request.POST.dict()
    start = Start.of(request)
    offered = people_called(request.member.workspace, str(told.get("name", "")))
    known = {one.pk: one for one in [*start.offered, *offered]}
    kept = Start(start.below, list(known.values()), start.brought)
    return _form(request, kept, **initial_of(told))


def _page(
    request: MemberRequest, start: Start, form: TalkForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "chips": chips(form),
        "people": [somebody(one) for one in form.offered],
        "below": start.below,
        "brought": start.brought,
        "here": request.get_full_path(),
        "is_more_open": _is_more_open(form),
        **_known(request, start.brought),
    }
    return render(request, "conversations/by_hand/note.html", context, status=status)


def _is_more_open(form: TalkForm) -> bool:
    """Whether the questions that few need are open: something stands there, or is wrong."""
    names = ("said_at", "url", "title")
    return any(form[name].errors or form[name].value() for name in names)


def _known(request: MemberRequest, brought: Brought) -> dict[str, Any]:
    """Whether we have what stands at the address, or could look for it."""
    if not brought.url:
        return {}
    workspace = request.member.workspace
    known = known_at(workspace, brought.url)
    search = None if known else search_at(workspace, brought.url)
    again = LOOKED_FOR_AGAIN_AFTER if search and search.is_looking else ""
    return {"known": known, "search": search, "look_again": again}


@require_safe
@arrangers_only
def people(request: MemberRequest) -> HttpResponse:
    """The people whose names begin with what is being typed, as choices of the form."""
    name = request.GET.get("name", "")
    found = people_called(request.member.workspace, name)
    context = {"people": [somebody(one) for one in found], "typed": name.strip()}
    return render(request, "conversations/by_hand/whom.html", context)


@require_POST
@arrangers_only
def look(request: MemberRequest) -> HttpResponse:
    """Let our accounts look for what stands at an address."""
    brought = Brought.of(request.POST)
    if web_address(brought.url):
        bring(url=brought.url, member=request.member)
    return redirect(f"{reverse('conversations-by-hand')}?{urlencode(brought.initial)}")


@require_safe
@arrangers_only
def tools(request: MemberRequest) -> HttpResponse:
    """How one brings something here from a browser, and from a phone."""
    address = request.build_absolute_uri(reverse("conversations-by-hand"))
    context = {"bookmarklet": bookmarklet(address)}
    return render(request, "conversations/by_hand/tools.html", context)

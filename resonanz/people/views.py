"""The pages of this room: everybody we know, and one person as a letter of introduction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resonanz.channels.queries import network_of
from resonanz.people.access import get_joining, get_person
from resonanz.people.actions import rename_person, write_note
from resonanz.people.by_hand import place_name
from resonanz.people.forms import NameForm, NoteForm
from resonanz.people.joining import (
    CannotJoin,
    Moved,
    join_persons,
    joinings_of,
    moves_of,
    part_persons,
)
from resonanz.people.models import Identity, Person
from resonanz.people.places import ON_PERSON
from resonanz.people.queries import list_people
from resonanz.people.sentences import following_sentences, how_we_met, move_sentence, why_kept
from resonanz.people.wishes import wish_sentences
from resonanz.pictures.addresses import shown_at
from resonanz.plumbing.keyset import read_mark
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.text import excerpt
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only, members_only

SEGMENTS = ("in-touch", "everybody")
SEARCH_CHARACTERS = 100
BIO_CHARACTERS = 160


@dataclass(frozen=True)
class Row:
    """A person in the list."""

    person: Person
    url: str
    seed: str
    words: str
    where: str
    picture: str = ""


def row_of(person: Person) -> Row:
    """A person with what she says about herself. Her accounts have to be prefetched."""
    accounts = list(person.identities.all())
    bio = next((account.bio for account in accounts if account.bio), "")
    return Row(
        person=person,
        url=reverse("people-person", args=[person.pk]),
        seed=accounts[0].uid if accounts else str(person.pk),
        words=excerpt(bio, BIO_CHARACTERS),
        where=", ".join(map(_where, accounts[:3])),
        picture=_face(accounts),
    )


def _where(account: Identity) -> str:
    """What is beside a name; whom we noted ourselves has no handle but the name."""
    return place_name(account.network) or account.handle


def _face(accounts: Sequence[Identity]) -> str:
    """The address of our copy of a person's picture, from the first account that shows one."""
    return shown_at(next((one.avatar_url for one in accounts if one.avatar_url), ""))


@require_GET
@members_only
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who spoke to us, the latest first; everybody we know; or those of a name."""
    words = request.GET.get("q", "").strip()[:SEARCH_CHARACTERS]
    asked = request.GET.get("show", "")
    segment = asked if asked in SEGMENTS else SEGMENTS[0]
    mark = read_mark(request.GET.get("before", ""))
    sheet = list_people(request.member.workspace, segment, mark, words=words)
    told = {"q": words} if words else {"show": segment}
    older = f"{reverse('people')}?{urlencode(told | {'before': sheet.onward})}"
    context = {
        "rows": [row_of(person) for person in sheet.rows],
        "segment": segment,
        "segments": [] if words else _segments(segment),
        "words": words,
        "older_url": older if sheet.onward else "",
    }
    return render(request, "people/people.html", context)


def _segments(current: str) -> list[dict[str, Any]]:
    labels = {"in-touch": _("Spoke with us"), "everybody": _("Everybody we know")}
    return [
        {"label": label, "url": f"{reverse('people')}?show={name}", "current": name == current}
        for name, label in labels.items()
    ]


@dataclass(frozen=True)
class Account:
    """An account of a person, with how we know it and why we keep it."""

    identity: Identity
    network: str
    met: str
    kept: str
    wishes: list[str]
    following: list[str]


@dataclass(frozen=True)
class MoveShown:
    """That an account has moved, and whom it may be joined with (None where we do not know)."""

    sentence: str
    other: Person | None = None


@require_GET
@members_only
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person, as a letter of introduction."""
    found = get_person(request.member, pk)
    if found.pk != pk:
        return redirect("people-person", pk=found.pk)
    return _person_page(request, found)


def _person_page(
    request: MemberRequest,
    found: Person,
    *,
    note_form: NoteForm | None = None,
    name_form: NameForm | None = None,
) -> HttpResponse:
    accounts = [_account(identity) for identity in found.identities.all()]
    told = [passage for panel in ON_PERSON if (passage := panel(found)) is not None]
    passages = [
        (passage.title, render_to_string(passage.template, passage.values, request))
        for passage in told
    ]
    context = {
        "person": found,
        "seed": accounts[0].identity.uid if accounts else str(found.pk),
        "accounts": accounts,
        "face": _face([one.identity for one in accounts]),
        "first": min(accounts, key=lambda one: one.identity.met_at, default=None),
        "bios": [one.identity for one in accounts if one.identity.bio],
        "wishes": [sentence for one in accounts for sentence in one.wishes],
        "moves": [_move(one, found) for one in moves_of(found, list(found.identities.all()))],
        "joinings": joinings_of(found),
        "passages": passages,
        "is_us": any(one.identity.is_ours for one in accounts),
        "note_form": note_form or NoteForm(initial={"note": found.note}),
        "name_form": name_form or NameForm(initial={"name": found.name}),
    }
    return render(request, "people/person.html", context)


def _account(identity: Identity) -> Account:
    network = network_of(identity.network)
    return Account(
        identity=identity,
        network=_(network.name) if network else place_name(identity.network) or identity.network,
        met=how_we_met(identity),
        kept=why_kept(identity),
        wishes=[] if identity.is_ours else wish_sentences(identity),
        following=following_sentences(identity),
    )


def _move(told: Moved, person: Person) -> MoveShown:
    other = told.other
    is_another = other is not None and other.pk != person.pk
    return MoveShown(move_sentence(told), other if is_another else None)


@require_POST
@arrangers_only
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what we want to remember about a person."""
    found = get_person(request.member, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, note_form=form)
    write_note(person=found, note=form.cleaned_data["note"])
    messages.success(request, _("The note is kept."))
    return redirect(reverse("people-person", args=[pk]) + "#note")


@require_POST
@arrangers_only
def rename(request: MemberRequest, pk: int) -> HttpResponse:
    """Call a person as we call her."""
    found = get_person(request.member, pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, name_form=form)
    rename_person(person=found, name=form.cleaned_data["name"])
    messages.success(request, _("The name is kept."))
    return redirect("people-person", pk=pk)


@require_POST
@arrangers_only
def join(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a person is another one, too: all accounts on one page from now on."""
    found = get_person(request.member, pk)
    other = get_person(request.member, row_id(request.POST.get("other", "")))
    try:
        joining = join_persons(person=found, other=other, member=request.member)
    except CannotJoin:
        messages.info(request, _("They are one person already, or one of them is ourselves."))
        return redirect("people-person", pk=pk)
    say_with_undo(
        request,
        _("They are one person now."),
        label=_("Part them again"),
        url=reverse("people-part", args=[joining.pk]),
    )
    return redirect("people-person", pk=pk)


@require_POST
@arrangers_only
def part(request: MemberRequest, pk: int) -> HttpResponse:
    """Two persons who were joined are two again."""
    joining = get_joining(request.member, pk)
    part_persons(joining=joining, member=request.member)
    messages.success(request, _("They are two persons again."))
    return redirect("people-person", pk=joining.person_id)

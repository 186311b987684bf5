"""Notes of a member to her colleagues: written, changed, removed; and whom they name.

A note never leaves the house. `@Name` names a colleague: by her whole name or by its first word,
in capitals or not. What is no colleague's name (a handle, an address) stays plain text.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from resonanz.conversations.changes import mark_changed
from resonanz.conversations.models import Conversation, Note, NoteMention
from resonanz.conversations.places import NOTED, Noted
from resonanz.conversations.search.entries import index_notes
from resonanz.workspaces.models import Member

AT = re.compile(r"(?<![\w@/.])@(?=\w)")
SENT_TWICE = timedelta(minutes=1)
FIRST_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Named:
    """Who is named in a text. `unclear` holds, by what was typed, those who could be meant."""

    members: list[Member]
    unclear: dict[str, list[Member]]


def named_in(text: str, colleagues: Sequence[Member], meant: Collection[int] = ()) -> Named:
    """The colleagues that a text names with @.

    The longest name that stands there counts. Where a name fits several, those whose ids are in
    `meant` are taken; if none of them is, it is unclear.
    """
    found: dict[int, Member] = {}
    unclear: dict[str, list[Member]] = {}
    for at in AT.finditer(text):
        typed, fitting = _fitting(text[at.end() :], colleagues)
        chosen = [one for one in fitting if one.pk in meant] if len(fitting) > 1 else fitting
        if fitting and not chosen:
            unclear[typed] = fitting
        found |= {one.pk: one for one in chosen}
    return Named(list(found.values()), unclear)


def _fitting(rest: str, colleagues: Sequence[Member]) -> tuple[str, list[Member]]:
    """What was typed behind an @, and the colleagues it fits."""
    whole = _longest(rest, {one.pk: one.name for one in colleagues})
    if not whole:
        first = FIRST_WORD.match(rest)
        word = first[0] if first and not rest[first.end() :].startswith("@") else ""
        whole = _longest(word, {one.pk: one.name.partition(" ")[0] for one in colleagues})
    fitting = [one for one in colleagues if one.pk in whole]
    return (rest[: max(whole.values())] if whole else ""), fitting


def _longest(rest: str, names: Mapping[int, str]) -> dict[int, int]:
    """Ids of the longest names with which a text begins, with their lengths in characters."""
    begun = {
        pk: len(name)
        for pk, name in names.items()
        if name
        and rest[: len(name)].casefold() == name.casefold()
        and not re.match(r"[\w@]|-\w", rest[len(name) :])
    }
    longest = max(begun.values(), default=0)
    return {pk: length for pk, length in begun.items() if length == longest}


@transaction.atomic
def write_note(
    *, conversation: Conversation, author: Member, text: str, named: Collection[Member]
) -> Note:
    """Write a note in a conversation; whoever is named finds it on Today.

    The same words twice within a minute are one note that was sent twice.
    """
    same = conversation.notes.filter(
        author=author, text=text.strip(), removed_at=None, at__gte=timezone.now() - SENT_TWICE
    ).first()
    if same is not None:
        return same
    note = Note.objects.create(conversation=conversation, author=author, text=text.strip())
    _name(note, named)
    index_notes([note])
    mark_changed(conversation.pk)
    return note


@transaction.atomic
def change_note(*, note: Note, text: str, named: Collection[Member]) -> Note:
    """Write a note anew. Who is named newly is told; who is named no more is not asked any more."""
    note.text, note.edited_at = text.strip(), timezone.now()
    note.save(update_fields=["text", "edited_at"])
    note.note_mentions.exclude(member__in=[one.pk for one in named]).delete()
    _name(note, named)
    index_notes([note])
    mark_changed(note.conversation_id)
    return note


@transaction.atomic
def remove_note(*, note: Note, is_removed: bool = True) -> Note:
    """Take a note away, or put it back."""
    note.removed_at = timezone.now() if is_removed else None
    note.save(update_fields=["removed_at"])
    index_notes([note])
    mark_changed(note.conversation_id)
    return note


def _name(note: Note, named: Collection[Member]) -> None:
    """Write down whom a note names, herself excepted, and tell the rooms that bring word."""
    known = set(note.note_mentions.values_list("member", flat=True))
    new = [one for one in named if one.pk not in known and one.pk != note.author_id]
    NoteMention.objects.bulk_create([NoteMention(note=note, member=one) for one in new])
    if new:
        for panel in NOTED:
            panel(Noted(note, new))


def note_seen(*, conversation: Conversation, member: Member) -> None:
    """A member has the conversation open: what names her there is seen."""
    NoteMention.objects.filter(note__conversation=conversation, member=member, seen_at=None).update(
        seen_at=timezone.now()
    )

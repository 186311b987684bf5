"""Rows of this room's lists, made ready for their templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.queries import network_of
from resonanz.outbox.compose import text_of
from resonanz.outbox.models import Delivery, Draft, Gesture, OnItsWay, Publication
from resonanz.outbox.places import Answered
from resonanz.outbox.sentences import details_of, way_sentence
from resonanz.plumbing.text import excerpt

WORDS_CHARACTERS = 240


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list."""

    draft: Draft
    url: str
    name: str
    what: str
    words: str
    where: str


def draft_row(draft: Draft, answered: Mapping[str, Answered]) -> DraftRow:
    """A draft with what it answers and where it is to go. Channels have to be prefetched."""
    author = draft.voice.name if draft.voice else (draft.author.name if draft.author else "")
    target = answered.get(draft.answering_uid)
    return DraftRow(
        draft=draft,
        url=reverse("outbox-draft", args=[draft.pk]),
        name=author,
        what=_what(draft, target, is_thanks=draft.is_thanks),
        words=excerpt(draft.text, WORDS_CHARACTERS),
        where=", ".join(channel.handle for channel in draft.channels.all()),
    )


def _what(text: Draft | Publication, target: Answered | None, *, is_thanks: bool = False) -> str:
    if target is not None:
        words = _("thanks %(name)s") if is_thanks else _("answers %(name)s")
        return words % {"name": target.name}
    return _("an answer") if text.answering_uid else _("a word of our own")


@dataclass(frozen=True)
class WayRow:
    """Something on its way in a list, with what a human may do about it."""

    kind: str
    pk: int
    name: str
    what: str
    words: str
    where: str
    state: str
    sentence: str
    details: str
    url: str
    moment: object
    can_try: bool
    can_take_back: bool
    language: str = ""
    answered: Answered | None = field(default=None)


def way_row(row: Delivery, answered: Mapping[str, Answered]) -> WayRow:
    """A text on its way to one channel."""
    publication = row.publication
    target = answered.get(publication.answering_uid)
    return WayRow(
        kind="delivery",
        pk=row.pk,
        name=publication.voice.name,
        what=_what(publication, target),
        words=excerpt(text_of(row), WORDS_CHARACTERS),
        where=_place(row),
        state=row.state,
        sentence=way_sentence(row),
        details=details_of(row),
        url=row.url,
        moment=row.sent_at or row.created_at,
        can_try=_can_try(row),
        can_take_back=row.state in (OnItsWay.State.WAITING, OnItsWay.State.REFUSED),
        language=publication.language,
        answered=target,
    )


def gesture_row(row: Gesture) -> WayRow:
    """A share, a like or a follow on its way."""
    return WayRow(
        kind="gesture",
        pk=row.pk,
        name=row.channel.handle,
        what=gesture_words(row.kind),
        words="",
        where=_place(row),
        state=row.state,
        sentence=way_sentence(row),
        details=details_of(row),
        url="",
        moment=row.created_at,
        can_try=_can_try(row),
        can_take_back=False,
    )


def gesture_words(kind: str) -> str:
    """What a gesture does, as a phrase after the name."""
    words = {"favourite": _("likes a post"), "boost": _("shares a post"), "follow": _("follows")}
    return words.get(kind, kind)


def _place(row: Delivery | Gesture) -> str:
    found = network_of(row.channel.network)
    return f"{row.channel.handle} · {_(found.name) if found else row.channel.network}"


def _can_try(row: Delivery | Gesture) -> bool:
    return row.state == OnItsWay.State.REFUSED or bool(
        row.trouble_code and row.state in OnItsWay.State.still_to_do() and row.channel.state == "ok"
    )

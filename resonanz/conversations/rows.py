"""Rows of the inbox, made ready for their template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.channels.queries import network_of
from resonanz.conversations.models import Conversation, Promise
from resonanz.conversations.shown import NOTHING_HIDDEN, hidden_words
from resonanz.people.by_hand import place_name
from resonanz.pictures.addresses import shown_at
from resonanz.plumbing.content_warnings import opening_words
from resonanz.plumbing.moments import on_day
from resonanz.plumbing.text import excerpt
from resonanz.understanding.hiding import Hider

WORDS_CHARACTERS = 200


@dataclass(frozen=True)
class Row:
    """A conversation in a list: with whom, the first words, since when somebody waits."""

    pk: int
    url: str
    name: str
    face: str
    seed: str
    words: str
    what: str
    where: str
    turn: str
    since: datetime | None
    moment: datetime
    is_current: bool = False
    picture: str = ""
    hidden: str = ""


def row_of(
    conversation: Conversation,
    *,
    query: str = "",
    current: int | None = None,
    say_where: bool = True,
    names: Mapping[int, str] = MappingProxyType({}),
    hider: Hider = NOTHING_HIDDEN,
) -> Row:
    """A row; `query` is carried along so that the list stays as it was.

    `names` are those of the members by id, where the list says who has it. Faces are shown where
    the conversations were asked for `with_faces`.
    """
    name = conversation.with_whom or _("We ourselves")
    waits = conversation.turn == Conversation.Turn.OURS
    return Row(
        pk=conversation.pk,
        url=reverse("conversations-thread", args=[conversation.pk]) + query,
        name=name,
        face=name.split(", ")[0],
        seed=conversation.with_uid or name,
        words=excerpt(opening_words(conversation.opening), WORDS_CHARACTERS) or _("Without words"),
        what=_("privately") if conversation.is_direct else "",
        where=" · ".join(_whereabouts(conversation, names, say_where=say_where)),
        turn=conversation.turn,
        since=conversation.waiting_since if waits else None,
        moment=conversation.last_post_at,
        is_current=conversation.pk == current,
        picture=shown_at(getattr(conversation, "face_url", None) or ""),
        hidden=_why_hidden(conversation, hider),
    )


def words_above(conversation: Conversation, hider: Hider) -> str:
    """The first words, to stand above a page about the conversation; "" where they are folded."""
    return "" if _why_hidden(conversation, hider) else opening_words(conversation.opening)


def _why_hidden(conversation: Conversation, hider: Hider) -> str:
    """Why the first words are folded; "" when they are not."""
    if getattr(conversation, "is_kept_away", False):
        return _("Said by somebody we keep at a distance: show")
    return hidden_words() if hider.hides(conversation.opening) else ""


def _whereabouts(
    conversation: Conversation, names: Mapping[int, str], *, say_where: bool
) -> Iterator[str]:
    """In which network, with whom of us, and until when it is put aside."""
    if say_where:
        yield network_name(conversation.network)
    holder = names.get(conversation.assignee_id or 0)
    if holder:
        yield _("with %(name)s") % {"name": holder}
    if conversation.is_snoozed and conversation.wakes_at:
        day = timezone.localtime(conversation.wakes_at).date()
        yield _("put aside until %(date)s") % {"date": on_day(day, get_language() or "en")}
    elif conversation.is_snoozed:
        yield _("put aside until they write")


def network_name(slug: str) -> str:
    """The name of a network or of a place, or the slug of a network whose folder is gone."""
    found = network_of(slug)
    return _(found.name) if found else place_name(slug) or slug


@dataclass(frozen=True)
class PromiseRow:
    """A promise in a list."""

    promise: Promise
    url: str
    due: str
    is_overdue: bool
    is_today: bool


def promise_row(promise: Promise, *, today: date) -> PromiseRow:
    """A promise with the conversation it was made in. `today` is a date."""
    return PromiseRow(
        promise=promise,
        url=reverse("conversations-thread", args=[promise.conversation_id]) + "#promises",
        due=on_day(promise.due_on, get_language() or "en"),
        is_overdue=promise.kept_at is None and promise.due_on < today,
        is_today=promise.due_on == today,
    )

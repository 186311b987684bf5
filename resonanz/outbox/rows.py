"""Rows of this room's lists, made ready for their templates."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.queries import network_of
from resonanz.outbox.actions.amending import may_amend
from resonanz.outbox.compose import text_of
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    Moderation,
    OnItsWay,
    Publication,
    Shielding,
)
from resonanz.outbox.places import BESIDE_DELIVERY, Answered
from resonanz.outbox.sentences import details_of, way_sentence
from resonanz.plumbing.text import excerpt
from resonanz.workspaces.models import Member

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
        words=excerpt(draft.title or draft.text, WORDS_CHARACTERS),
        where=", ".join(channel.handle for channel in draft.channels.all()),
    )


def _what(text: Draft | Publication, target: Answered | None, *, is_thanks: bool = False) -> str:
    if text.is_article if isinstance(text, Draft) else text.title:
        words = _("an article in answer to %(name)s") if target else _("an article")
        return words % {"name": target.name if target else ""}
    if text.quoting:
        return _("quotes what was said")
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
    change_url: str = ""
    let_be_url: str = ""
    beside: tuple[str, ...] = ()


def beside_deliveries(rows: Collection[Delivery]) -> dict[int, list[str]]:
    """What rooms above say beside texts that stand somewhere, by the delivery's id."""
    found: dict[int, list[str]] = {}
    for panel in BESIDE_DELIVERY:
        for pk, sentences in panel(rows).items():
            found.setdefault(pk, []).extend(sentences)
    return found


def way_row(
    row: Delivery,
    answered: Mapping[str, Answered],
    member: Member | None = None,
    beside: Iterable[str] = (),
) -> WayRow:
    """A text on its way to one channel, with what `member` may change of what stands there."""
    publication = row.publication
    target = answered.get(publication.answering_uid)
    return WayRow(
        kind="delivery",
        pk=row.pk,
        name=publication.voice.name,
        what=_what(publication, target),
        words=excerpt(publication.title or text_of(row), WORDS_CHARACTERS),
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
        change_url=change_url(row, member) if member else "",
        beside=tuple(beside),
    )


def change_url(row: Delivery, member: Member) -> str:
    """Where this member changes or deletes what stands there; empty where she may not."""
    if not any(may_amend(row, member, kind) for kind in Amendment.Kind):
        return ""
    return reverse("outbox-change", args=[row.pk])


def amendment_row(row: Amendment) -> WayRow:
    """A change of what stands there, on its way."""
    is_edit = row.kind == Amendment.Kind.EDIT
    return WayRow(
        kind="amendment",
        pk=row.pk,
        name=row.member.name if row.member else row.channel.handle,
        what=_("changes what stands there") if is_edit else _("deletes what stands there"),
        words=excerpt(row.text or text_of(row.delivery), WORDS_CHARACTERS),
        where=_place(row),
        state=row.state,
        sentence=way_sentence(row),
        details=details_of(row),
        url=row.delivery.url,
        moment=row.created_at,
        can_try=_can_try(row),
        can_take_back=False,
        let_be_url=reverse("outbox-let-be", args=[row.pk])
        if row.state in (OnItsWay.State.WAITING, OnItsWay.State.REFUSED)
        else "",
    )


def gesture_row(row: Gesture) -> WayRow:
    """A share, a like or a follow on its way."""
    return WayRow(
        kind="gesture",
        pk=row.pk,
        name=row.channel.handle,
        what=gesture_words(row.kind) if row.is_wanted else undone_words(row.kind),
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


def shielding_row(row: Shielding) -> WayRow:
    """A mute, a block or a report on its way, or its end."""
    return WayRow(
        kind="shielding",
        pk=row.pk,
        name=row.member.name if row.member else row.channel.handle,
        what=_shield_words(row) % {"name": row.identity.name or row.identity.handle},
        words=excerpt(row.reason, WORDS_CHARACTERS),
        where=_place(row),
        state=row.state,
        sentence=way_sentence(row),
        details=details_of(row),
        url="",
        moment=row.created_at,
        can_try=_can_try(row),
        can_take_back=False,
    )


def moderation_row(row: Moderation, answered: Mapping[str, Answered]) -> WayRow:
    """Another standing of a comment, on its way."""
    target = answered.get(row.target_uid)
    can_let_be = row.state in (OnItsWay.State.WAITING, OnItsWay.State.REFUSED)
    return WayRow(
        kind="moderation",
        pk=row.pk,
        name=row.member.name if row.member else row.channel.handle,
        what=moderation_words(row.wanted),
        words=excerpt(target.words, WORDS_CHARACTERS) if target else "",
        where=_place(row),
        state=row.state,
        sentence=way_sentence(row),
        details=details_of(row),
        url="",
        moment=row.created_at,
        can_try=_can_try(row),
        can_take_back=False,
        language=target.language if target else "",
        answered=target,
        let_be_url=reverse("outbox-moderation-let-be", args=[row.pk]) if can_let_be else "",
    )


def moderation_words(standing: str) -> str:
    """What is done with a comment, as a phrase after the name."""
    words = {
        "published": _("approves a comment"),
        "held": _("holds a comment back"),
        "spam": _("calls a comment spam"),
        "trash": _("throws a comment away"),
    }
    return words.get(standing, standing)


def _shield_words(row: Shielding) -> str:
    if row.kind == Shielding.Kind.REPORT:
        return _("reports %(name)s")
    if row.kind == Shielding.Kind.MUTE:
        return _("mutes %(name)s") if row.is_wanted else _("mutes %(name)s no longer")
    return _("blocks %(name)s") if row.is_wanted else _("blocks %(name)s no longer")


def gesture_words(kind: str) -> str:
    """What a gesture does, as a phrase after the name."""
    words = {"favourite": _("likes a post"), "boost": _("shares a post"), "follow": _("follows")}
    return words.get(kind, kind)


def undone_words(kind: str) -> str:
    """What is done when a gesture is taken back, as a phrase after the name."""
    words = {
        "favourite": _("likes a post no longer"),
        "boost": _("shares a post no longer"),
        "follow": _("follows no longer"),
    }
    return words.get(kind, kind)


Way = Delivery | Gesture | Amendment | Shielding | Moderation


def _place(row: Way) -> str:
    found = network_of(row.channel.network)
    return f"{row.channel.handle} · {_(found.name) if found else row.channel.network}"


def _can_try(row: Way) -> bool:
    return row.state == OnItsWay.State.REFUSED or bool(
        row.trouble_code and row.state in OnItsWay.State.still_to_do() and row.channel.state == "ok"
    )

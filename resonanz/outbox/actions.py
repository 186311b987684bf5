"""Every write of this room that a human causes: drafts, approval, gestures, trying again."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.compose import Preview, preview, signed
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.outbox.models import Delivery, Draft, Gesture, OnItsWay, Publication
from resonanz.switchboard.shapes import Answering, Audience, ReactionKind
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member, Voice, Workspace


class CannotSend(Exception):
    """The draft cannot be sent as it is. `previews` say why, per channel; nothing was lost."""

    def __init__(self, previews: list[Preview]) -> None:
        """Keep the previews."""
        super().__init__("The draft cannot be sent as it is.")
        self.previews = previews


class NotYourVoice(Exception):
    """A member may speak only with her own voice."""


@transaction.atomic
def start_draft(
    *,
    workspace: Workspace,
    author: Member,
    voice: Voice | None,
    channels: Iterable[Channel],
    answering: Answering | None = None,
    text: str = "",
    warning: str = "",
    language: str = "",
    is_thanks: bool = False,
) -> Draft:
    """A new draft; for an answer, the author's open draft to the same post if there is one.

    An answer begins with the audience of what it answers.
    """
    answering_uid = answering.uid if answering else ""
    if answering:
        known = Draft.objects.open().filter(author=author, answering_uid=answering_uid).first()
        if known is not None:
            return known
    draft = Draft.objects.create(
        workspace=workspace,
        author=author,
        voice=voice,
        text=text,
        warning=warning,
        language=language or workspace.language,
        audience=(answering.audience if answering else Audience.PUBLIC).value,
        answering=msgspec.to_builtins(answering) if answering else {},
        answering_uid=answering_uid,
        is_thanks=is_thanks,
    )
    draft.channels.set(channels)
    return draft


def save_draft(
    *,
    draft: Draft,
    text: str,
    warning: str | None = None,
    language: str | None = None,
    audience: str | None = None,
    voice: Voice | None = None,
    channels: Iterable[Channel] | None = None,
) -> Draft:
    """Keep what was written. None leaves a column as it is. A sent draft is left alone.

    The audience of an answer is never wider than what it answers: a wider one is narrowed.
    """
    given: dict[str, Any] = {"warning": warning, "language": language, "voice": voice}
    for column, value in given.items():
        if value is not None:
            setattr(draft, column, value)
    draft.text, draft.updated_at = text, timezone.now()
    if audience is not None:
        draft.audience = _not_wider(Audience(audience), draft).value
    with transaction.atomic():
        if not Draft.objects.open().select_for_update().filter(pk=draft.pk).exists():
            return draft
        draft.save(update_fields=["text", "warning", "language", "audience", "voice", "updated_at"])
        if channels is not None and not draft.answering:
            draft.channels.set(channels)
    return draft


def _not_wider(wanted: Audience, draft: Draft) -> Audience:
    if not draft.answering:
        return wanted
    answered = Audience(draft.answering.get("audience", Audience.PUBLIC.value))
    return answered if wanted.is_wider_than(answered) else wanted


def discard_draft(*, draft: Draft) -> None:
    """Throw a draft away; a draft that is on its way is left alone."""
    Draft.objects.open().filter(pk=draft.pk).update(
        state=Draft.State.DISCARDED, updated_at=timezone.now()
    )


def restore_draft(*, draft: Draft) -> None:
    """Take a draft that was thrown away back."""
    Draft.objects.filter(pk=draft.pk, state=Draft.State.DISCARDED).update(
        state=Draft.State.OPEN, updated_at=timezone.now()
    )


def check_sendable(draft: Draft) -> list[Preview]:
    """The previews of all channels. Raises `CannotSend` if one has a problem or none is chosen."""
    previews = [preview(draft, channel) for channel in draft.channels.all()]
    if not previews or any(found.problems for found in previews):
        raise CannotSend(previews)
    return previews


def approve_and_send(*, draft: Draft, member: Member) -> Publication:
    """A human says yes: freeze the text and put it on its way to every channel.

    A second click finds the publication of the first. Raises `CannotSend`, `NotYourVoice`.
    """
    if hasattr(draft, "publication"):
        return draft.publication
    if draft.voice is not None and (
        draft.voice.member_id != member.pk or draft.voice.left_at is not None
    ):
        raise NotYourVoice
    previews = check_sendable(draft)
    voice = draft.voice
    if voice is None:
        raise CannotSend(previews)
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.state != Draft.State.OPEN:
            return locked.publication
        publication = _publish(locked, voice, member)
        for found in previews:
            delivery = Delivery.objects.create(publication=publication, channel=found.channel)
            transaction.on_commit(partial(deliver.enqueue, delivery.pk))
        note_in_trail(
            workspace=draft.workspace,
            member=member,
            verb="text approved",
            subject=f"publication {publication.pk}",
        )
    return publication


def _publish(draft: Draft, voice: Voice, member: Member) -> Publication:
    publication = Publication.objects.create(
        draft=draft,
        workspace_id=draft.workspace_id,
        voice=voice,
        approved_by=member,
        text=signed(draft.text, voice),
        warning=draft.warning,
        language=draft.language,
        audience=draft.audience,
        answering=draft.answering,
        answering_uid=draft.answering_uid,
    )
    draft.state, draft.updated_at = Draft.State.SENT, timezone.now()
    draft.save(update_fields=["state", "updated_at"])
    return publication


@transaction.atomic
def gesture(
    *,
    channel: Channel,
    voice: Voice,
    kind: ReactionKind,
    target_uid: str,
    target_local_id: str,
) -> Gesture:
    """Boost, favourite or follow. A second click finds the gesture of the first."""
    found, _ = Gesture.objects.get_or_create(
        channel=channel,
        kind=kind.value,
        target_uid=target_uid,
        defaults={
            "workspace": channel.workspace,
            "voice": voice,
            "target_local_id": target_local_id,
        },
    )
    transaction.on_commit(partial(make_gesture.enqueue, found.pk))
    return found


@transaction.atomic
def try_again(*, row: Delivery | Gesture, member: Member) -> None:
    """Put something that is stuck on its way again, now. What was sent or withdrawn stays."""
    now = timezone.now()
    type(row).objects.filter(pk=row.pk).exclude(
        state__in=[OnItsWay.State.SENT, OnItsWay.State.WITHDRAWN]
    ).update(state=OnItsWay.State.WAITING, due_at=now, leased_until=now, nudged_at=now, attempts=0)
    job = deliver if isinstance(row, Delivery) else make_gesture
    transaction.on_commit(partial(job.enqueue, row.pk))
    note_in_trail(
        workspace=row.channel.workspace,
        member=member,
        verb="tried again",
        subject=f"{type(row).__name__.lower()} {row.pk}",
    )


@transaction.atomic
def take_back(*, delivery: Delivery, member: Member) -> Draft | None:
    """Withdraw what was refused or has not gone out, and give its text back as a draft.

    Gives None when it was sent meanwhile, or when an attempt is under way or unsure.
    """
    now = timezone.now()
    took = Delivery.objects.filter(
        pk=delivery.pk,
        state__in=[OnItsWay.State.REFUSED, OnItsWay.State.WAITING],
        leased_until__lte=now,
    ).update(state=OnItsWay.State.WITHDRAWN)
    if not took:
        return None
    old = delivery.publication.draft
    draft = Draft.objects.create(
        workspace_id=old.workspace_id,
        author=member,
        voice=old.voice,
        text=old.text,
        warning=old.warning,
        language=old.language,
        audience=old.audience,
        answering=old.answering,
        answering_uid=old.answering_uid,
        is_thanks=old.is_thanks,
    )
    draft.channels.set([delivery.channel])
    return draft

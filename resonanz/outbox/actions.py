"""Every write of this room that a human causes: drafts, approval, gestures, trying again."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.compose import Preview, preview, signed
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.outbox.models import Delivery, Draft, Gesture, OnItsWay, Publication
from resonanz.outbox.returning import draft_again
from resonanz.switchboard.shapes import Answering, Audience, ReactionKind
from resonanz.workspaces.actions import end_alarm, note_in_trail
from resonanz.workspaces.models import Member, Voice, Workspace
from resonanz.workspaces.roles import May, may


class CannotSend(Exception):
    """The draft cannot be sent as it is. `previews` say why, per channel; nothing was lost."""

    def __init__(self, previews: list[Preview]) -> None:
        """Keep the previews."""
        super().__init__("The draft cannot be sent as it is.")
        self.previews = previews


class NotYourVoice(Exception):
    """A member may speak only with her own voice."""


class ThrownAway(Exception):
    """The draft was thrown away in another window; it has to be taken back before it is sent."""


class WrittenElsewhere(Exception):
    """Another window wrote the draft meanwhile. `theirs` is what stands there now."""

    def __init__(self, theirs: Draft) -> None:
        """Keep the newer draft."""
        super().__init__("The draft was written in another window meanwhile.")
        self.theirs = theirs


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
    edited_in: str = "",
) -> Draft:
    """A new draft; for an answer, the author's open draft to the same post if there is one.

    An answer begins with the audience of what it answers. `edited_in` names the page in which
    it is written: the same page finds its draft again, whatever became of it.
    """
    answering_uid = answering.uid if answering else ""
    known = written_in(author, edited_in, answering_uid) or _open_answer(author, answering_uid)
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
        edited_in=edited_in,
    )
    draft.channels.set(channels)
    return draft


def written_in(author: Member, page: str, answering_uid: str) -> Draft | None:
    """The draft that was last written in that open page, in whatever state it is."""
    if not page:
        return None
    found = Draft.objects.filter(author=author, edited_in=page, answering_uid=answering_uid)
    return found.order_by("-pk").first()


def _open_answer(author: Member, answering_uid: str) -> Draft | None:
    if not answering_uid:
        return None
    return Draft.objects.open().filter(author=author, answering_uid=answering_uid).first()


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    text: str,
    warning: str | None = None,
    language: str | None = None,
    audience: str | None = None,
    voice: Voice | None = None,
    channels: Iterable[Channel] | None = None,
    answering: Answering | None = None,
    is_thanks: bool | None = None,
    edited_in: str = "",
    seen_at: datetime | None = None,
) -> Draft:
    """Keep what was written. None leaves a column as it is. A sent draft is left alone.

    The audience of an answer is never wider than what it answers: a wider one is narrowed.
    `answering` moves an answer to another channel that knows the same post.

    With `seen_at` (the `updated_at` that the page knows) a newer text from another page than
    `edited_in` is not overwritten: raises `WrittenElsewhere`.
    """
    locked = Draft.objects.open().select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        draft.refresh_from_db()
        return draft
    if seen_at is not None and locked.updated_at > seen_at and locked.edited_in != edited_in:
        raise WrittenElsewhere(locked)
    given: dict[str, Any] = {
        "warning": warning,
        "language": language,
        "voice": voice,
        "is_thanks": is_thanks,
        "answering": msgspec.to_builtins(answering) if answering else None,
    }
    for column, value in given.items():
        if value is not None:
            setattr(locked, column, value)
    locked.text, locked.updated_at, locked.edited_in = text, timezone.now(), edited_in
    locked.audience = _not_wider(Audience(audience or locked.audience), locked).value
    locked.save()
    if channels is not None and (answering is not None or not locked.answering):
        locked.channels.set(channels)
    return locked


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


@transaction.atomic
def restore_draft(*, draft: Draft) -> Draft:
    """Take a draft that was thrown away back.

    Gives the draft that is open now: another one, when she has begun to answer anew meanwhile.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    begun = _open_answer(locked.author, locked.answering_uid) if locked.author else None
    if locked.state != Draft.State.DISCARDED or begun is not None:
        return begun or locked
    locked.state, locked.updated_at = Draft.State.OPEN, timezone.now()
    locked.save(update_fields=["state", "updated_at"])
    return locked


def check_sendable(draft: Draft) -> list[Preview]:
    """The previews of all channels. Raises `CannotSend` if one has a problem or none is chosen."""
    previews = [preview(draft, channel) for channel in draft.channels.all()]
    if not previews or any(found.problems for found in previews):
        raise CannotSend(previews)
    return previews


def approve_and_send(*, draft: Draft, member: Member) -> Publication:
    """A human says yes: freeze the text and put it on its way to every channel.

    A second click finds the publication of the first, and so does a second window in which the
    same answer to the same post was written. What is checked is what is sent: the row
    is locked first. Raises `CannotSend`, `NotYourVoice`, `ThrownAway`.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.state == Draft.State.SENT:
            return locked.publication
        if locked.state == Draft.State.DISCARDED:
            raise ThrownAway
        if not may(member, May.SPEAK):
            raise NotYourVoice
        voice = locked.voice
        if voice is not None and (voice.member_id != member.pk or voice.left_at is not None):
            raise NotYourVoice
        previews = check_sendable(locked)
        if voice is None:
            raise CannotSend(previews)
        said = _said_already(locked, voice)
        if said is not None:
            locked.state = Draft.State.DISCARDED
            locked.save(update_fields=["state"])
            return said
        publication = _publish(locked, voice, member)
        for found in previews:
            delivery = Delivery.objects.create(publication=publication, channel=found.channel)
            transaction.on_commit(partial(deliver.enqueue, delivery.pk))
        note_in_trail(
            workspace=locked.workspace,
            member=member,
            verb="text approved",
            subject=f"publication {publication.pk}",
        )
    return publication


def _said_already(draft: Draft, voice: Voice) -> Publication | None:
    if not draft.answering_uid:
        return None
    on_its_way = [*OnItsWay.State.still_to_do(), OnItsWay.State.SENT.value]
    same = Publication.objects.filter(
        workspace_id=draft.workspace_id,
        answering_uid=draft.answering_uid,
        voice=voice,
        text=signed(draft.text, voice),
        deliveries__state__in=on_its_way,
    )
    return same.first()


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
    """Boost, favourite or follow. A second click finds the gesture of the first.

    One that was refused is tried again, since a human asks for it again.
    """
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
    if found.state == OnItsWay.State.REFUSED:
        _put_on_its_way(found)
    if found.state != OnItsWay.State.SENT:
        transaction.on_commit(partial(make_gesture.enqueue, found.pk))
    return found


@transaction.atomic
def try_again(*, row: Delivery | Gesture, member: Member) -> None:
    """Put something that is stuck on its way again, now.

    What was sent or withdrawn stays, and so does what a worker is busy with at this moment: a
    second worker beside it would say the same twice.
    """
    _put_on_its_way(row)
    job = deliver if isinstance(row, Delivery) else make_gesture
    transaction.on_commit(partial(job.enqueue, row.pk))
    note_in_trail(
        workspace=row.channel.workspace,
        member=member,
        verb="tried again",
        subject=f"{type(row).__name__.lower()} {row.pk}",
    )


def _put_on_its_way(row: Delivery | Gesture) -> None:
    now = timezone.now()
    changed = (
        type(row)
        .objects.filter(pk=row.pk, leased_until__lte=now)
        .exclude(state__in=[OnItsWay.State.SENT, OnItsWay.State.WITHDRAWN])
        .update(due_at=now, nudged_at=now, attempts=0)
    )
    # What is unsure stays so until it was looked for: it cannot be taken back in between.
    type(row).objects.filter(pk=row.pk, state=OnItsWay.State.REFUSED).update(
        state=OnItsWay.State.WAITING
    )
    if changed:
        end_alarm(workspace=row.channel.workspace, matter=row.matter)


@transaction.atomic
def take_back(*, delivery: Delivery, member: Member) -> Draft | None:
    """Withdraw what was refused or has not gone out, and give its text back as a draft.

    Gives None when it was sent meanwhile, when an attempt is under way or unsure, or when one
    broke off without a note (then it may stand there already). If she has begun another answer
    to the same post meanwhile, the text is put in front of that one.
    """
    unheard = Q(first_tried_at__isnull=True) | ~Q(trouble_code="")
    took = Delivery.objects.filter(
        Q(state=OnItsWay.State.REFUSED) | (Q(state=OnItsWay.State.WAITING) & unheard),
        pk=delivery.pk,
        leased_until__lte=timezone.now(),
    ).update(state=OnItsWay.State.WITHDRAWN)
    if not took:
        return None
    end_alarm(workspace=delivery.channel.workspace, matter=delivery.matter)
    old = delivery.publication.draft
    begun = _open_answer(member, old.answering_uid)
    if begun is not None:
        begun.text = f"{old.text}\n\n{begun.text}".strip()
        begun.updated_at, begun.edited_in = timezone.now(), ""
        begun.save(update_fields=["text", "updated_at", "edited_in"])
        return begun
    return draft_again(old=old, author=member, channels=[delivery.channel])

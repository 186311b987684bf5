"""A human says yes: the text is frozen and put on its way to every channel."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.compose import Preview, parts_of, preview, whole_text
from resonanz.outbox.jobs import deliver
from resonanz.outbox.models import Delivery, Draft, OnItsWay, Publication
from resonanz.people.wishes import those_who_block_us
from resonanz.workspaces.actions import note_in_trail
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


class NeedsAgreement(Exception):
    """The workspace wants a second person to agree before this goes out."""


class ThrownAway(Exception):
    """The draft was thrown away in another window; it has to be taken back before it is sent."""


def take_back_until(workspace: Workspace) -> datetime:
    """When something that is sent now goes out; before, it can be taken back."""
    seconds = workspace.take_back_seconds * settings.RESONANZ_PACE
    return timezone.now() + timedelta(seconds=seconds)


def check_sendable(draft: Draft) -> list[Preview]:
    """The previews of all channels. Raises `CannotSend` if one has a problem or none is chosen."""
    previews = [_unless_blocked(preview(draft, channel), draft) for channel in draft.channels.all()]
    if not previews or any(found.problems for found in previews):
        raise CannotSend(previews)
    return previews


def _unless_blocked(found: Preview, draft: Draft) -> Preview:
    """Nothing goes to somebody who has blocked us since the text was begun."""
    names = [str(name["uid"]) for name in draft.answering.get("names", ())]
    if not those_who_block_us(draft.workspace_id, found.channel.network, names):
        return found
    return replace(found, problems=(*found.problems, "blocked"))


def approve_and_send(*, draft: Draft, member: Member) -> Publication:
    """A human says yes: freeze the text and put it on its way to every channel.

    It goes out when the seconds are over in which it can be taken back. A second click finds
    the publication of the first, and so does a second window in which the same answer to the
    same post was written. What is checked is what is sent: the row is locked first. Raises
    `CannotSend`, `NotYourVoice`, `NeedsAgreement`, `ThrownAway`.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.state == Draft.State.SENT:
            return locked.publication
        if locked.state == Draft.State.DISCARDED:
            raise ThrownAway
        voice = locked.voice
        if not may(member, May.SPEAK) or (voice is not None and not _is_hers(voice, member)):
            raise NotYourVoice
        if locked.workspace.needs_second_person:
            raise NeedsAgreement
        return publish(locked, member)


def _is_hers(voice: Voice, member: Member) -> bool:
    return voice.member_id == member.pk and voice.left_at is None


def publish(locked: Draft, member: Member, *, seconded_by: Member | None = None) -> Publication:
    """Put a locked draft on its way, approved by the human whose voice it is.

    Runs in the transaction that locked it. Raises `CannotSend`.
    """
    previews = check_sendable(locked)
    voice = locked.voice
    if voice is None:
        raise CannotSend(previews)
    said = _said_already(locked, voice)
    if said is not None:
        locked.state = Draft.State.DISCARDED
        locked.save(update_fields=["state"])
        return said
    publication = _freeze(locked, voice, member, seconded_by)
    due_at = take_back_until(locked.workspace)
    for found in previews:
        _put_on_its_way(publication, found, due_at)
    note_in_trail(
        workspace=locked.workspace,
        member=seconded_by or member,
        verb="text agreed to" if seconded_by else "text approved",
        subject=f"publication {publication.pk}",
    )
    return publication


def _put_on_its_way(publication: Publication, found: Preview, due_at: datetime) -> None:
    """One delivery for each part. The first is nudged at once when nothing holds it back."""
    channel: Channel = found.channel
    before: Delivery | None = None
    for position in range(len(found.parts) or 1):
        delivery = Delivery.objects.create(
            publication=publication,
            channel=channel,
            position=position,
            after=before,
            due_at=due_at,
        )
        if before is None and due_at <= timezone.now():
            transaction.on_commit(partial(deliver.enqueue, delivery.pk))
        before = delivery


def _said_already(draft: Draft, voice: Voice) -> Publication | None:
    if not draft.answering_uid:
        return None
    on_its_way = [*OnItsWay.State.still_to_do(), OnItsWay.State.SENT.value]
    same = Publication.objects.filter(
        workspace_id=draft.workspace_id,
        answering_uid=draft.answering_uid,
        voice=voice,
        title=draft.title.strip() if draft.is_article else "",
        text=whole_text(draft),
        deliveries__state__in=on_its_way,
    )
    return same.first()


def _freeze(draft: Draft, voice: Voice, member: Member, seconded_by: Member | None) -> Publication:
    publication = Publication.objects.create(
        draft=draft,
        workspace_id=draft.workspace_id,
        voice=voice,
        approved_by=member,
        seconded_by=seconded_by,
        text=whole_text(draft),
        parts=parts_of(draft),
        warning=draft.warning,
        language=draft.language,
        audience=draft.audience,
        answering=draft.answering,
        answering_uid=draft.answering_uid,
        title=draft.title.strip() if draft.is_article else "",
        stays_draft=draft.is_article and draft.stays_draft,
        quoting=draft.quoting,
    )
    draft.state, draft.updated_at = Draft.State.SENT, timezone.now()
    draft.asked_at = None
    draft.save(update_fields=["state", "updated_at", "asked_at"])
    return publication

"""A second person: asking for agreement, agreeing, giving back.

Whose voice it is approves the text. Where a text was prepared by somebody else (an agency, a
colleague), she herself agrees, and then it is her word. Where the workspace wants a second
person, another member who may speak agrees to what she wrote.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from resonanz.outbox.actions.approving import (
    CannotSend,
    NotYourVoice,
    ThrownAway,
    check_sendable,
    publish,
)
from resonanz.outbox.models import Draft, Publication
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may


class NotForYou(Exception):
    """Another member has to agree: nobody seconds her own text, or lends another's voice."""


class WrittenMeanwhile(Exception):
    """The text is not what was looked at any more; it has to be asked about again."""


def needs_agreement(draft: Draft, member: Member) -> bool:
    """Whether this member has to ask somebody before the draft goes out."""
    voice = draft.voice
    if voice is not None and voice.member_id != member.pk:
        return True
    return draft.workspace.needs_second_person or not may(member, May.SPEAK)


def may_agree(draft: Draft, member: Member) -> bool:
    """Whether this member is one who can agree to the draft.

    A prepared text waits for the human whose voice it is; a text of hers for anybody else.
    """
    voice = draft.voice
    if voice is None or voice.left_at is not None or not may(member, May.SPEAK):
        return False
    if draft.author_id == voice.member_id:
        return member.pk != voice.member_id
    return member.pk == voice.member_id


@transaction.atomic
def ask_for_agreement(*, draft: Draft, member: Member, reviewer: Member | None = None) -> Draft:
    """Put a draft before a second person. Asking twice is asking once.

    Raises `CannotSend` when it could not go out as it is, `NotYourVoice` when nobody stands
    behind the voice, and `ThrownAway`.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.state == Draft.State.DISCARDED:
        raise ThrownAway
    if locked.state != Draft.State.OPEN:
        return locked
    previews = check_sendable(locked)
    voice = locked.voice
    if voice is None:
        raise CannotSend(previews)
    if voice.left_at is not None or voice.member is None or not may(voice.member, May.SPEAK):
        raise NotYourVoice
    locked.state, locked.asked_at, locked.review_note = Draft.State.REVIEW, timezone.now(), ""
    locked.author = member
    locked.reviewer = reviewer or (voice.member if voice.member_id != member.pk else None)
    locked.save()
    note_in_trail(
        workspace=locked.workspace,
        member=member,
        verb="agreement asked for",
        subject=f"draft {locked.pk}",
    )
    return locked


def agree_and_send(*, draft: Draft, member: Member, asked_at: datetime) -> Publication:
    """The second person agrees to what she saw (asked at that moment): it goes out, once.

    Raises `NotForYou`, `WrittenMeanwhile`, `CannotSend`.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.state == Draft.State.SENT:
            return locked.publication
        if locked.state != Draft.State.REVIEW or locked.asked_at != asked_at:
            raise WrittenMeanwhile
        speaker = locked.voice.member if locked.voice else None
        if speaker is None or not may_agree(locked, member) or not may(speaker, May.SPEAK):
            raise NotForYou
        seconded_by = member if member.pk != speaker.pk else None
        return publish(locked, speaker, seconded_by=seconded_by)


@transaction.atomic
def give_back(*, draft: Draft, member: Member, note: str) -> Draft:
    """Give a text back to who wrote it, with a note. Raises `NotForYou`.

    What went out or was taken back meanwhile is left as it is.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.state != Draft.State.REVIEW:
        return locked
    if not may_agree(locked, member):
        raise NotForYou
    locked.state, locked.asked_at = Draft.State.OPEN, None
    locked.reviewer, locked.review_note = member, note.strip()
    locked.updated_at = timezone.now()
    locked.save()
    note_in_trail(
        workspace=locked.workspace,
        member=member,
        verb="text given back",
        subject=f"draft {draft.pk}",
    )
    return locked


@transaction.atomic
def write_on(*, draft: Draft) -> Draft:
    """Take a text back from the second person, to write on. Only where it still waits."""
    Draft.objects.filter(pk=draft.pk, state=Draft.State.REVIEW).update(
        state=Draft.State.OPEN, asked_at=None, updated_at=timezone.now()
    )
    draft.refresh_from_db()
    return draft

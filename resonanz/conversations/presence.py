"""Who of us has a talk open, and who is writing in it: seen before two answers go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz.conversations.models import Presence
from resonanz.workspaces.json_rows import json_of, moment_of
from resonanz.workspaces.models import Member

# A page asks every four seconds; noting it each time would be a write each time.
SEEN_EVERY = timedelta(seconds=15)
WROTE_EVERY = timedelta(seconds=10)
# Who has not been noted for this long has closed the page, or looks at another one.
HERE_FOR = timedelta(seconds=40)
WRITES_FOR = timedelta(seconds=60)
# Within this time a colleague who wrote is asked about before something goes out.
WROTE_LATELY = timedelta(minutes=2)
KEPT_FOR = timedelta(days=1)
NAMES_SHOWN = 3


@dataclass(frozen=True)
class Here:
    """A member at a talk: since when she is known to have it open, and when she wrote last."""

    member: int
    name: str
    seen_at: datetime
    wrote_at: datetime | None


def here_of(told: Any) -> list[Here]:
    """Members at a talk, from JSON rows with these columns."""
    found = []
    for one in json_of(told) or ():
        seen_at = moment_of(one["seen_at"])
        if seen_at is not None:
            found.append(Here(one["member"], one["name"], seen_at, moment_of(one["wrote_at"])))
    return sorted(found, key=lambda one: (one.name.casefold(), one.member))


def note_presence(
    conversation_id: int, member: Member, here: Sequence[Here], *, is_writing: bool
) -> None:
    """Note that a member is at a talk, and writes, unless that is known already."""
    now = timezone.now()
    own = next((one for one in here if one.member == member.pk), None)
    is_known = own is not None and now - own.seen_at < SEEN_EVERY
    wrote_at = own.wrote_at if own else None
    if is_writing and (wrote_at is None or now - wrote_at >= WROTE_EVERY):
        wrote_at, is_known = now, False
    if is_known:
        return
    columns = {"seen_at": now} | ({"wrote_at": wrote_at} if wrote_at == now else {})
    Presence.objects.bulk_create(
        [Presence(conversation_id=conversation_id, member=member, **columns)],
        update_conflicts=True,
        unique_fields=["conversation", "member"],
        update_fields=list(columns),
    )


def note_writing(*, conversation_id: int, member: Member) -> None:
    """Note that a member has just typed in a talk. Asks first, writes every ten seconds."""
    found = Presence.objects.filter(conversation=conversation_id, member=member)
    here = [
        Here(member.pk, member.name, seen_at, wrote_at)
        for seen_at, wrote_at in found.values_list("seen_at", "wrote_at")
    ]
    note_presence(conversation_id, member, here, is_writing=True)


def note_written(*, conversation_id: int, member: Member) -> None:
    """Note that a member has done with writing: it is sent."""
    found = Presence.objects.filter(conversation=conversation_id, member=member)
    found.exclude(wrote_at=None).update(wrote_at=None)


def colleague_writing(*, conversation_id: int, member: Member) -> Presence | None:
    """The colleague who wrote here last, if that was within two minutes."""
    since = timezone.now() - WROTE_LATELY
    found = Presence.objects.filter(
        conversation=conversation_id, wrote_at__gt=since, member__left_at=None
    )
    others = found.exclude(member=member).select_related("member")
    return others.order_by("-wrote_at").first()


def sentences_of(here: Sequence[Here], reader: Member) -> list[str]:
    """Who else is at a talk, one sentence a person, writers first."""
    now = timezone.now()
    others = [one for one in here if one.member != reader.pk]
    writing = [one for one in others if one.wrote_at and now - one.wrote_at < WRITES_FOR]
    reading = [one for one in others if one not in writing and now - one.seen_at < HERE_FOR]
    told = [_("%(name)s is writing here.") % {"name": one.name} for one in writing]
    told += [_("%(name)s reads this, too.") % {"name": one.name} for one in reading]
    if len(told) <= NAMES_SHOWN:
        return told
    return [*told[:NAMES_SHOWN], _("Others of us have this open, too.")]


def forget_presences() -> None:
    """Who had what open is forgotten after a day."""
    Presence.objects.filter(seen_at__lt=timezone.now() - KEPT_FOR).filter(
        Q(wrote_at=None) | Q(wrote_at__lt=timezone.now() - KEPT_FOR)
    ).delete()

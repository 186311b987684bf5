"""Every write of this room but what comes of sending, which is in outcome.py."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from resonanz.letters.jobs import send_letter
from resonanz.letters.models import Letter
from resonanz.letters.places import MAIL, PUSH, Source, Tidings, matter_of
from resonanz.letters.wishes import reachable_by_push, wants, ways_to
from resonanz.workspaces.hours import next_moment
from resonanz.workspaces.models import Member, Workspace


def write_letters(*, source: Source, tidings: Sequence[Tidings], now: datetime) -> int:
    """Write down what has not been told yet, each due in its reader's hours. Gives how many.

    Safe to run twice and by two at once: the same matter is one row for each member and way.
    """
    wanted = [one for one in tidings if wants(one.member, source.kind)]
    if not wanted:
        return 0
    by_push = reachable_by_push({one.member.pk for one in wanted})
    known = _known(source, wanted)
    letters = [
        _letter(source, one, way, now, has_browser=one.member.pk in by_push)
        for one in wanted
        for way in ways_to(one.member, source, has_browser=one.member.pk in by_push)
        if (one.member.pk, way, matter_of(source, one.about)) not in known
    ]
    return len(Letter.objects.bulk_create(letters, ignore_conflicts=True))


def _known(source: Source, tidings: Sequence[Tidings]) -> set[tuple[int | None, str, str]]:
    found = Letter.objects.filter(
        member__in={one.member.pk for one in tidings},
        matter__in={matter_of(source, one.about) for one in tidings},
    )
    return set(found.values_list("member", "way", "matter"))


def _letter(
    source: Source, one: Tidings, way: Letter.Way, now: datetime, *, has_browser: bool
) -> Letter:
    waits = source.mail_waits if way is MAIL and has_browser and PUSH in source.ways else None
    earliest = now + waits if waits else now
    return Letter(
        workspace=one.member.workspace,
        member=one.member,
        kind=source.kind,
        way=way,
        language=one.member.language,
        matter=matter_of(source, one.about),
        facts=one.facts,
        created_at=now,
        due_at=next_moment(one.member, earliest) if source.keeps_hours else earliest,
    )


@transaction.atomic
def write_to_address(
    *,
    source: Source,
    about: str,
    to: str,
    language: str,
    facts: dict[str, object],
    workspace: Workspace | None,
) -> Letter:
    """Write a letter to somebody who may be no member; it goes at once."""
    letter = Letter.objects.create(
        workspace=workspace,
        kind=source.kind,
        way=MAIL,
        to=to,
        language=language,
        matter=matter_of(source, about),
        facts=facts,
    )
    transaction.on_commit(partial(send_letter.enqueue, letter.pk))
    return letter


@transaction.atomic
def write_trial(*, source: Source, member: Member, way: Letter.Way) -> Letter:
    """A letter that says only that it arrived. Two clicks within a second are one."""
    letter, is_new = Letter.objects.get_or_create(
        member=member,
        way=way,
        matter=matter_of(source, f"{timezone.now():%Y%m%d%H%M%S}"),
        defaults={
            "workspace": member.workspace,
            "kind": source.kind,
            "language": member.language,
        },
    )
    if is_new:
        transaction.on_commit(partial(send_letter.enqueue, letter.pk))
    return letter


def set_wishes(*, member: Member, **wishes: bool) -> None:
    """Change what reaches her: wants_digest, wants_alarms, wants_news."""
    for name, value in wishes.items():
        setattr(member, name, value)
    member.save(update_fields=sorted(wishes))

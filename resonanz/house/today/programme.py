"""A programme: made once for a stretch of time, fixed, and over when it is done or time is up.

What it leaves out stays on Today as it was. A programme belongs to its day: at the workspace's
midnight it is over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from resonanz.house.today.mixing import Offer, mix
from resonanz.workspaces.errands import ERRANDS, Errand, Task
from resonanz.workspaces.models import Member, Programme
from resonanz.workspaces.queries import local_day

LENGTHS = (10, 20, 40, 60)
MORE_MINUTES = 10
COUNTED_UP_TO = 100
# More than fits into the longest programme of the shortest things.
OFFERED = 40


@dataclass(frozen=True)
class Item:
    """One line of a programme: what it is, and how it stands; without a task it is gone."""

    name: str
    key: str
    minutes: int
    task: Task | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.task is None or self.task.is_done


def programme_of_today(member: Member) -> Programme | None:
    """The latest programme of a member that began today, running or over."""
    zone = ZoneInfo(member.workspace.time_zone)
    midnight = datetime.combine(local_day(member.workspace), time.min, zone)
    return member.programmes.filter(started_at__gte=midnight).order_by("-started_at").first()


@transaction.atomic
def begin_programme(*, member: Member, minutes: int) -> Programme:
    """Make a programme and remember the time. One that runs already is gone on with.

    Its length is one of LENGTHS; anything else is what the member chose last.
    """
    found = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    running = programme_of_today(member)
    if running is not None and running.ended_at is None and not is_all_done(member, running):
        return running
    chosen = minutes if minutes in LENGTHS else found.minutes
    if found.minutes != chosen:
        found.minutes = chosen
        found.save(update_fields=["minutes"])
    return Programme.objects.create(
        member=member, minutes=chosen, items=mix(offers(member), chosen)
    )


@transaction.atomic
def add_minutes(*, programme: Programme, upto: int) -> Programme:
    """Ten more minutes, with what fits into them. `upto` is how long it is to be then.

    Sent twice it is longer once.
    """
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    if upto != found.minutes + MORE_MINUTES:
        return found
    known = {(name, key) for name, key in found.items}
    found.items = [*found.items, *mix(offers(found.member, known), MORE_MINUTES)]
    found.minutes, found.ended_at = upto, None
    found.save(update_fields=["items", "minutes", "ended_at"])
    return found


def stop_programme(*, programme: Programme) -> Programme:
    """It is enough for today, or for now."""
    Programme.objects.filter(pk=programme.pk, ended_at=None).update(ended_at=timezone.now())
    programme.refresh_from_db()
    return programme


@transaction.atomic
def leave_out(*, programme: Programme, name: str, key: str) -> bool:
    """Take a line out; it stays on Today. Gives whether it was there."""
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    kept = [item for item in found.items if item != [name, key]]
    was_there = len(kept) < len(found.items)
    found.items = kept
    found.save(update_fields=["items"])
    return was_there


@transaction.atomic
def put_back(*, programme: Programme, name: str, key: str) -> None:
    """Take a line in again, at its end."""
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    known = any(errand.name == name for errand in ERRANDS)
    if known and [name, key] not in found.items:
        found.items = [*found.items, [name, key]]
        found.save(update_fields=["items"])


def offers(member: Member, known: Collection[tuple[str, str]] = ()) -> list[Offer]:
    """What there is to do for a member, without what she has been offered already."""
    return [
        Offer(
            name=errand.name,
            minutes=errand.minutes,
            keys=[key for key in errand.due(member, OFFERED) if (errand.name, key) not in known],
            share=errand.share,
            is_giving=errand.is_giving,
        )
        for errand in ERRANDS
    ]


def items_of(member: Member, programme: Programme) -> list[Item]:
    """The lines of a programme as they stand now. One query for each kind of thing in it."""
    keys: dict[str, list[str]] = {}
    for name, key in programme.items:
        keys.setdefault(name, []).append(key)
    errands = {errand.name: errand for errand in ERRANDS if errand.name in keys}
    tasks = {name: errand.look(member, keys[name]) for name, errand in errands.items()}
    return [
        Item(name, key, errands[name].minutes, tasks[name].get(key))
        for name, key in programme.items
        if name in errands
    ]


def is_all_done(member: Member, programme: Programme) -> bool:
    """Whether nothing of a programme is left to do."""
    return all(item.is_done for item in items_of(member, programme))


def left_for_another_day(member: Member) -> list[str]:
    """What waits, in one sentence for each kind; kinds without anything are left out."""
    return [sentence for errand in ERRANDS if (sentence := _left(errand, member))]


def _left(errand: Errand, member: Member) -> str:
    if errand.waits is None:
        return ""
    many = len(errand.due(member, COUNTED_UP_TO + 1))
    told = f"{COUNTED_UP_TO}+" if many > COUNTED_UP_TO else str(many)
    return errand.waits(told) if many else ""


def minutes_left(programme: Programme) -> int:
    """How many minutes are left by the clock, 0 when they are over."""
    until = programme.started_at + timedelta(minutes=programme.minutes)
    return max(0, round((until - timezone.now()) / timedelta(minutes=1)))

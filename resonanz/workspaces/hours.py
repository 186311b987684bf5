"""When a member may be told something: her working hours, her quiet hours, her absence.

Pure: hours in, a moment out. Everything is worked out on the clock of the workspace's time zone
and given as an aware moment, so that the nights on which clocks change are right: a stretch that
begins in an hour that comes twice begins with the first, one that ends in it with the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from resonanz.workspaces.models import Absence, Member

# Longer than any absence with an end is looked through, and then she is told all the same.
DAYS_LOOKED_AT = 400


@dataclass(frozen=True)
class Hours:
    """When somebody works and when it is quiet for her.

    `days` are ISO weekdays (1 is Monday). Times are local to `zone`; None on either side means
    that there is no such limit. Quiet hours may go over midnight. `away` are the days (both
    included; None: without an end) on which she is absent.
    """

    zone: ZoneInfo
    days: frozenset[int] = frozenset(range(1, 8))
    works_from: time | None = None
    works_until: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    away: tuple[tuple[date, date | None], ...] = ()


def hours_of(member: Member, absences: Iterable[Absence]) -> Hours:
    """The hours of a member, with the absences that have not been ended."""
    return Hours(
        zone=ZoneInfo(member.workspace.time_zone),
        days=frozenset(int(day) for day in member.work_days if day in "1234567"),
        works_from=member.works_from,
        works_until=member.works_until,
        quiet_from=member.quiet_from,
        quiet_until=member.quiet_until,
        away=tuple((one.from_day, one.until_day) for one in absences),
    )


def next_moment(member: Member, now: datetime) -> datetime:
    """The first moment from now on (aware) at which a member may be told something.

    `now` itself when she may be told at once. Asks the database once, for her absences.
    """
    absences = Absence.objects.filter(member=member, ended_at=None)
    return next_moment_in(hours_of(member, absences), now)


def next_moment_in(hours: Hours, now: datetime) -> datetime:
    """The first moment from now on that lies in the working hours and in no quiet hour.

    Somebody who never works (no weekday, hours that leave nothing over, an absence without an
    end) is told after `DAYS_LOOKED_AT` days at the latest: nothing is kept back for ever.
    """
    first = now.astimezone(hours.zone).date() - timedelta(days=1)
    for number in range(DAYS_LOOKED_AT + 1):
        for begin, end in _open_on(hours, first + timedelta(days=number)):
            if end > now:
                return max(begin, now)
    return now + timedelta(days=DAYS_LOOKED_AT)


def _open_on(hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The stretches that begin on a day in which she may be told, in order."""
    if day.isoweekday() not in hours.days or _is_away(hours, day):
        return
    begin, end = _stretch(hours.zone, day, hours.works_from, hours.works_until)
    if hours.quiet_from is None or hours.quiet_until is None:
        yield begin, end
        return
    for number in (-1, 0, 1):
        quiet_from, quiet_until = _stretch(
            hours.zone, day + timedelta(days=number), hours.quiet_from, hours.quiet_until
        )
        if quiet_from == quiet_until or quiet_until <= begin:
            continue
        if begin < min(quiet_from, end):
            yield begin, min(quiet_from, end)
        begin = max(begin, quiet_until)
    if begin < end:
        yield begin, end


def _is_away(hours: Hours, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in hours.away)


def _stretch(
    zone: ZoneInfo, day: date, first: time | None, last: time | None
) -> tuple[datetime, datetime]:
    """From one time to the other on a day, over midnight where the second is not the later."""
    begin, until = first or time.min, last or time.min
    over_midnight = last is None or until < begin
    end_day = day + timedelta(days=1) if over_midnight else day
    return _at(zone, day, begin, fold=0), _at(zone, end_day, until, fold=1)


def _at(zone: ZoneInfo, day: date, hour: time, *, fold: int) -> datetime:
    """A local time as a moment. `fold` chooses of two where the clock goes back.

    A time that the clock jumps over is read as if the clock had not jumped yet, which is as far
    behind the jump as it would have been (PEP 495, “the problematic times”, read 2026-11-22).
    """
    local = datetime.combine(day, hour)
    moment = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return moment

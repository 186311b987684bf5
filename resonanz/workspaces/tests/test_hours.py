"""When a member may be told something."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from resonanz.workspaces.hours import DAYS_LOOKED_AT, Hours, next_moment, next_moment_in
from resonanz.workspaces.models import Absence, Member

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"
WEEK = frozenset({1, 2, 3, 4, 5})


def local(zone: str, *told: int, fold: int = 0) -> datetime:
    """A time on the clock of a place."""
    return datetime(*told, tzinfo=ZoneInfo(zone), fold=fold)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE])
@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2026, 3, 3, 12, 0), (2026, 3, 3, 12, 0)),  # Tuesday noon: at once
        ((2026, 3, 3, 8, 59), (2026, 3, 3, 9, 0)),
        ((2026, 3, 3, 17, 0), (2026, 3, 4, 9, 0)),  # the end is no longer working time
        ((2026, 3, 6, 18, 0), (2026, 3, 9, 9, 0)),  # Friday evening: Monday
    ],
)
def test_outside_of_working_hours_it_waits(
    zone: str, now: tuple[int, ...], then: tuple[int, ...]
) -> None:
    """Until the next working day begins, on the clock of the place."""
    hours = Hours(ZoneInfo(zone), days=WEEK, works_from=time(9), works_until=time(17))
    assert next_moment_in(hours, local(zone, *now)) == local(zone, *then)


@pytest.mark.parametrize(
    ("zone", "evening", "morning", "hours_between"),
    [
        (BERLIN, (2026, 3, 28, 22, 0), (2026, 3, 29, 7, 0), 8),  # the clock goes forward
        (BERLIN, (2026, 10, 24, 22, 0), (2026, 10, 25, 7, 0), 10),  # and back
        (NEW_YORK, (2026, 3, 7, 22, 0), (2026, 3, 8, 7, 0), 8),
        (NEW_YORK, (2026, 10, 31, 22, 0), (2026, 11, 1, 7, 0), 10),
        (LORD_HOWE, (2026, 10, 3, 22, 0), (2026, 10, 4, 7, 0), 8.5),  # by half an hour
        (LORD_HOWE, (2026, 4, 4, 22, 0), (2026, 4, 5, 7, 0), 9.5),
    ],
)
def test_quiet_hours_end_by_the_clock_in_nights_on_which_it_changes(
    zone: str, evening: tuple[int, ...], morning: tuple[int, ...], hours_between: float
) -> None:
    """Seven in the morning is seven in the morning; the night is shorter or longer."""
    hours = Hours(ZoneInfo(zone), quiet_from=time(22), quiet_until=time(7))
    now = local(zone, *evening).astimezone(UTC)
    told = next_moment_in(hours, now)
    assert told == local(zone, *morning)
    assert (told - now).total_seconds() == hours_between * 3600


def test_a_time_that_the_clock_jumps_over_comes_after_the_jump() -> None:
    """Half past two does not exist that night; what began before it goes on as long."""
    hours = Hours(ZoneInfo(BERLIN), quiet_from=time(22), quiet_until=time(2, 30))
    told = next_moment_in(hours, local(BERLIN, 2026, 3, 29, 1, 0))
    assert told == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert told.astimezone(ZoneInfo(BERLIN)).time() == time(3, 30)


def test_an_hour_that_comes_twice_is_quiet_both_times() -> None:
    """It is quiet until the second half past two."""
    hours = Hours(ZoneInfo(BERLIN), quiet_from=time(22), quiet_until=time(2, 30))
    told = next_moment_in(hours, local(BERLIN, 2026, 10, 25, 2, 0))
    assert told == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_quiet_hours_at_noon_part_the_day() -> None:
    """Working from nine to five with a quiet hour between gives two stretches."""
    hours = Hours(
        ZoneInfo(BERLIN),
        works_from=time(9),
        works_until=time(17),
        quiet_from=time(12),
        quiet_until=time(13),
    )
    assert next_moment_in(hours, local(BERLIN, 2026, 5, 4, 11, 59)) == local(
        BERLIN, 2026, 5, 4, 11, 59
    )
    assert next_moment_in(hours, local(BERLIN, 2026, 5, 4, 12, 0)) == local(
        BERLIN, 2026, 5, 4, 13, 0
    )


def test_whoever_works_at_night_is_told_at_night() -> None:
    """From ten in the evening until six; the morning belongs to the day it began on."""
    hours = Hours(ZoneInfo(BERLIN), days=frozenset({5}), works_from=time(22), works_until=time(6))
    saturday = local(BERLIN, 2026, 5, 9, 3, 0)
    assert next_moment_in(hours, saturday) == saturday
    assert next_moment_in(hours, local(BERLIN, 2026, 5, 9, 6, 0)) == local(
        BERLIN, 2026, 5, 15, 22, 0
    )


def test_while_she_is_away_it_waits() -> None:
    """Both days are included."""
    hours = Hours(
        ZoneInfo(BERLIN), works_from=time(9), away=((date(2026, 5, 4), date(2026, 5, 6)),)
    )
    assert next_moment_in(hours, local(BERLIN, 2026, 5, 4, 10)) == local(BERLIN, 2026, 5, 7, 9)


def test_nothing_is_kept_back_for_ever() -> None:
    """Not even for somebody who never works."""
    now = local(BERLIN, 2026, 5, 4, 10)
    never = Hours(ZoneInfo(BERLIN), days=frozenset())
    assert (next_moment_in(never, now) - now).days == DAYS_LOOKED_AT


def test_the_hours_of_a_member_are_read_from_her_rows(bob: Member) -> None:
    """Working days, hours, and the absence that has not been ended."""
    bob.work_days, bob.works_from, bob.works_until = "12345", time(9), time(17)
    friday_evening = local(BERLIN, 2026, 3, 6, 18)
    assert next_moment(bob, friday_evening) == local(BERLIN, 2026, 3, 9, 9)
    monday = date(2026, 3, 9)
    Absence.objects.create(member=bob, from_day=monday, until_day=monday)
    assert next_moment(bob, friday_evening) == local(BERLIN, 2026, 3, 10, 9)
    Absence.objects.update(ended_at=friday_evening)
    assert next_moment(bob, friday_evening) == local(BERLIN, 2026, 3, 9, 9)

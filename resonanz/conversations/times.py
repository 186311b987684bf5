"""Until when a conversation is put aside, in the words of the buttons.

The reader's time zone is the workspace's, which is current while a request is answered.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date

from resonanz.workspaces.models import Member

MORNING = time(8, 0)
LATEST = timedelta(days=3 * 366)


class NoSuchTime(Exception):
    """The day is missing, over, or years away; the page asks again."""


def read_time(told: str, day: str, member: Member) -> datetime | None:
    """When "tomorrow", "monday" or "day" (with `day` as YYYY-MM-DD) begins for a member.

    It begins with her working hours, else at eight. "they" is None: only when they write.
    Raises `NoSuchTime`.
    """
    today = timezone.localdate()
    if told == "they":
        return None
    if told == "tomorrow":
        return _morning(today + timedelta(days=1), member)
    if told == "monday":
        return _morning(today + timedelta(days=7 - today.weekday()), member)
    chosen = _read_day(day) if told == "day" else None
    if chosen is None or not today < chosen <= today + LATEST:
        raise NoSuchTime
    return _morning(chosen, member)


def _read_day(told: str) -> date | None:
    try:
        return parse_date(told)
    except ValueError:
        return None


def _morning(day: date, member: Member) -> datetime:
    return timezone.make_aware(datetime.combine(day, member.works_from or MORNING))

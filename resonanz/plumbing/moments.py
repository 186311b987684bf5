"""Times as people say them: relative up to a week, then a date.

Pure functions over aware datetimes. The locale is a Django language code ("de", "en-gb").
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from django.utils.translation import gettext, ngettext

RELATIVE_FOR = timedelta(days=7)
A_MOMENT = timedelta(minutes=1)
NOT_LONG = timedelta(hours=12)
# Plain "en" would be read as American; day before month is understood by everyone.
DEFAULT_TERRITORY = {"en": "en_GB"}


@lru_cache
def locale_of(language: str) -> Locale:
    """The Babel locale of a Django language code."""
    code = language.replace("-", "_")
    return Locale.parse(DEFAULT_TERRITORY.get(code, code))


def in_words(moment: datetime, now: datetime, language: str) -> str:
    """When it was, or will be: "3 hours ago", "yesterday", "in 2 days", "14 November".

    Both times are aware and in the reader's time zone.
    """
    distance = moment - now
    locale = locale_of(language)
    if abs(distance) < A_MOMENT:
        return gettext("just now")
    if distance < -NOT_LONG and (now.date() - moment.date()).days == 1:
        return gettext("yesterday")
    if abs(distance) < RELATIVE_FOR:
        unit = _whole_unit(distance)
        return format_timedelta(unit, add_direction=True, threshold=1, locale=locale)
    if moment.year == now.year:
        return _day_of_this_year(moment.date(), language)
    return on_day(moment.date(), language)


@lru_cache
def _day_of_this_year(day: date, language: str) -> str:
    return format_skeleton("MMMMd", day, locale=locale_of(language))


def in_full(moment: datetime, language: str) -> str:
    """The whole date and time to the minute, in the moment's own time zone."""
    return f"{weekday(moment.date(), language)}, {moment:%H:%M}"


@lru_cache
def on_day(moment: date, language: str) -> str:
    """The day with its year, as it stands in a sentence: "3 May 2025", "3. Mai 2025"."""
    return format_date(moment, "long", locale=locale_of(language))


@lru_cache
def weekday(moment: date, language: str) -> str:
    """The whole day: "Friday, 20 November 2026", "Freitag, 20. November 2026"."""
    return format_date(moment, "full", locale=locale_of(language))


def since_words(moment: datetime, now: datetime, language: str) -> str:
    """How long it has been waiting: "for 3 hours", "seit 3 Tagen", "since 14 November"."""
    waited = now - moment
    if waited >= RELATIVE_FOR:
        return gettext("since %(date)s") % {"date": in_words(moment, now, language)}
    if waited < timedelta(minutes=1):
        return gettext("for a moment")
    minutes = int(waited.total_seconds() // 60)
    if minutes < 60:
        return ngettext("for %(count)d minute", "for %(count)d minutes", minutes) % {
            "count": minutes
        }
    hours = minutes // 60
    if hours < 24:
        return ngettext("for %(count)d hour", "for %(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}


def _whole_unit(distance: timedelta) -> timedelta:
    """Cut down to whole minutes, hours or days, so that no time is ever rounded up."""
    sign = -1 if distance < timedelta(0) else 1
    seconds = int(abs(distance).total_seconds())
    for unit in (86_400, 3_600, 60):
        if seconds >= unit:
            return sign * timedelta(seconds=seconds // unit * unit)
    return sign * timedelta(seconds=seconds)


def span_in_words(span: timedelta, language: str = "en") -> str:
    """How long: "3 hours", "5 Tage"; rounded to one unit."""
    return format_timedelta(span, threshold=1, locale=locale_of(language))

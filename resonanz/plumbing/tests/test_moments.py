"""Times as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from resonanz.plumbing.moments import in_full, in_words, since_words

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def ago(**passed: float) -> datetime:
    return NOW - timedelta(**passed)


@pytest.mark.parametrize(
    ("moment", "german", "english"),
    [
        (ago(seconds=20), "gerade eben", "just now"),
        (ago(minutes=59, seconds=59), "vor 59 Minuten", "59 minutes ago"),
        (ago(hours=3), "vor 3 Stunden", "3 hours ago"),
        (ago(hours=20), "gestern", "yesterday"),
        (ago(days=6, hours=23), "vor 6 Tagen", "6 days ago"),
        (ago(days=7), "15. November", "15 November"),
        (ago(days=400), "18. Oktober 2025", "18 October 2025"),
        (ago(days=-2), "in 2 Tagen", "in 2 days"),
    ],
)
def test_a_time_is_relative_up_to_a_week_and_then_a_date(
    moment: datetime, german: str, english: str
) -> None:
    with translation.override("de"):
        assert in_words(moment, NOW, "de") == german
    with translation.override("en"):
        assert in_words(moment, NOW, "en") == english


@pytest.mark.parametrize(
    ("moment", "german", "english"),
    [
        (ago(seconds=5), "seit einem Augenblick", "for a moment"),
        (ago(minutes=1), "seit 1 Minute", "for 1 minute"),
        (ago(hours=23, minutes=59), "seit 23 Stunden", "for 23 hours"),
        (ago(days=1), "seit 1 Tag", "for 1 day"),
        (ago(days=9), "seit dem 13. November", "since 13 November"),
    ],
)
def test_waiting_is_never_rounded_up(moment: datetime, german: str, english: str) -> None:
    with translation.override("de"):
        assert since_words(moment, NOW, "de") == german
    with translation.override("en"):
        assert since_words(moment, NOW, "en") == english


def test_the_whole_time_says_the_weekday_and_the_minute() -> None:
    assert in_full(NOW, "de") == "Sonntag, 22. November 2026, 18:00"
    assert in_full(NOW, "en") == "Sunday, 22 November 2026, 18:00"

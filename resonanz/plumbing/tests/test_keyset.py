"""Marks in addresses."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from resonanz.plumbing.keyset import Mark, read_mark


def test_a_mark_is_read_as_it_was_written() -> None:
    """To the microsecond, whatever the time zone."""
    east = timezone(timedelta(hours=9))
    mark = Mark(datetime(2026, 11, 22, 9, 30, 1, 123457, tzinfo=east), 42)
    assert read_mark(str(mark)) == Mark(mark.moment.astimezone(UTC), 42)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "x",
        "1_",
        "_1",
        "1_2_3",
        "1_2\n",
        "-1_2",
        "1.5_2",
        "٣_1",
        "9" * 40 + "_1",
        "1_" + "9" * 40,
    ],
)
def test_anything_else_is_no_mark(told: str) -> None:
    """Addresses are written by strangers."""
    assert read_mark(told) is None


def test_the_latest_mark_that_can_be_written_can_be_read() -> None:
    """No number of sixteen digits is beyond the calendar."""
    assert read_mark("9" * 16 + "_1") is not None

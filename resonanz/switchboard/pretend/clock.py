"""A clock that only moves when it is told to, for rehearsals and tests."""

from datetime import datetime, timedelta


class HandClock:
    """Hand it to `Surroundings(clock=...)`, then let hours pass in no time.

    clock = HandClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    clock.advance(minutes=5)
    """

    def __init__(self, start: datetime) -> None:
        """Start at an aware moment."""
        if start.tzinfo is None:
            raise ValueError("A clock needs a moment with a time zone.")
        self.moment = start

    def __call__(self) -> datetime:
        """The moment it is."""
        return self.moment

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """Let time pass, and tell the new moment."""
        self.moment += timedelta(days=days, hours=hours, minutes=minutes)
        return self.moment

"""Times as servers of this API send them. Pure."""

from datetime import UTC, datetime


def moment(text: str | None) -> datetime | None:
    """A time as it is sent, in UTC; None for what is no time."""
    try:
        found = datetime.fromisoformat(text or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

"""Times as WordPress sends them. Pure."""

from datetime import UTC, datetime


def moment(text: str | None) -> datetime | None:
    """A time of a `…_gmt` field, which comes without a zone, in UTC; None for what is no time.

    A draft that was never published has "0000-00-00T00:00:00" or nothing.
    """
    try:
        found = datetime.fromisoformat(text or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

"""Times as this network writes them. Pure."""

from datetime import UTC, datetime


def moment(text: str | None) -> datetime | None:
    """A time as it is sent, in UTC; None for what is no time."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def said_at(created: str | None, indexed: str | None) -> datetime | None:
    """When something was said: as its author claims, but not after it was seen there.

    Authors may write any time; what lies after the server's own is not believed.
    """
    times = [found for found in (moment(created), moment(indexed)) if found]
    return min(times) if times else None


def written(at: datetime) -> str:
    """A time as it goes into a record: in UTC, with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

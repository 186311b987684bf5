"""Ids of rows as forms and addresses tell them: whatever somebody writes there does no harm."""

# The largest id that both databases keep has nineteen digits.
MOST_DIGITS = 18


def row_id(told: str) -> int:
    """The id that was told; 0, which no row has, for anything that is none."""
    is_id = told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS
    return int(told) if is_id else 0

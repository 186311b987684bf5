"""What every shape has in common."""

from typing import dataclass_transform

import msgspec


# Tells type checkers that every shape is frozen and built by keyword, as it is.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every shape: immutable, built by keyword."""


class Secret(Shape):
    """A value that must never be printed, logged or compared by accident."""

    value: str

    def __repr__(self) -> str:
        """Hide the value."""
        return "Secret(…)"

    __str__ = __repr__

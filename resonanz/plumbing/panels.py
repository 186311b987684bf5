"""How something goes up the house without an upward arrow.

A lower room owns a named place and asks who has something for it; an upper room registers what
it shows or does there, in its `apps.py`. Order is the order of the numbers given.

    place = Place[Callable[[Workspace], Section]]("today")        # in the lower room
    place.add(20, promises_due)                                     # in the upper room
    sections = [panel(workspace) for panel in place]                # in the lower room
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Panel = TypeVar("Panel")


class Place(Generic[Panel]):
    """A named place that upper rooms put something into. Thread-safe once the start is over."""

    def __init__(self, name: str) -> None:
        """Name the place; the name is for people who read errors."""
        self.name = name
        self._panels: list[tuple[int, Panel]] = []

    def add(self, order: int, panel: Panel) -> Panel:
        """Put a panel at this place. Adding the same panel twice is an error."""
        if any(known is panel for _, known in self._panels):
            raise ValueError(f"{panel!r} is already at “{self.name}”.")
        self._panels.append((order, panel))
        self._panels.sort(key=lambda entry: entry[0])
        return panel

    def __iter__(self) -> Iterator[Panel]:
        """The panels in order."""
        return iter([panel for _, panel in self._panels])

    def __len__(self) -> int:
        """How many panels there are."""
        return len(self._panels)

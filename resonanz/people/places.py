"""Places of this room that rooms above fill."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from resonanz.people.models import Person
from resonanz.plumbing.panels import Place


@dataclass(frozen=True)
class Passage:
    """One passage of the letter of introduction that a person's page is."""

    title: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)


# A panel gives None when it has nothing to say about this person.
ON_PERSON: Place[Callable[[Person], Passage | None]] = Place("on a person")

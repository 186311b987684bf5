"""The time zones that a person can choose from, by their IANA names."""

from functools import cache
from zoneinfo import available_timezones

DEFAULT = "Europe/Berlin"
AREAS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


@cache
def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a select, grouped by area: [("Europe", [("Europe/Berlin", "Europe/Berlin")])].

    Old aliases outside the areas (US/Pacific, GMT-7) are left out; UTC stands at the end.
    """
    by_area: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        area, separator, _ = name.partition("/")
        if separator and area in AREAS:
            by_area.setdefault(area, []).append((name, name.replace("_", " ")))
    return [*by_area.items(), ("UTC", [("UTC", "UTC")])]

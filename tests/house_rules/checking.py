"""Asking every rule, and leaving out what is excepted for now."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import django
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house_rules import floors, shapes, templates
from tests.house_rules.exceptions import EXCEPTIONS
from tests.house_rules.findings import Finding
from tests.house_rules.findings import sources as all_sources
from tests.house_rules.findings import templates as all_templates


def everything() -> list[Finding]:
    """Every breach in the house, exceptions included. Needs Django's settings."""
    django.setup()
    found = [
        finding
        for source in all_sources()
        for rule in (*shapes.RULES, *floors.RULES)
        for finding in rule(source)
    ]
    rooms = room_of_each_url()
    for path, text in all_templates():
        found += templates.lint(path, text, rooms)
    return found


def room_of_each_url() -> dict[str, str]:
    """The room of every named address: that of its view, "outside" for other people's views."""
    return dict(_rooms_in(get_resolver().url_patterns))


def _rooms_in(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _rooms_in(pattern.url_patterns)
        elif pattern.name:
            module = pattern.callback.__module__.split(".")
            yield pattern.name, module[1] if module[0] == "resonanz" else "outside"


def breaches(found: Iterable[Finding], today: date | None = None) -> list[Finding]:
    """What is left when the exceptions that still hold are taken out."""
    now = today or datetime.now(UTC).date()
    excepted = {name for name, (until, _) in EXCEPTIONS.items() if now <= until}
    return [finding for finding in found if finding.name not in excepted]


def idle_exceptions(found: Iterable[Finding]) -> list[str]:
    """Exceptions that nothing needs any more."""
    return sorted(set(EXCEPTIONS) - {finding.name for finding in found})

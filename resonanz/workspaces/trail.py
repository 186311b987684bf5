"""Reading the audit trail: filters, pages, and the whole of it as a file."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.sheets import Sheet, sheet_of
from resonanz.workspaces.models import Member, TrailEntry, Workspace
from resonanz.workspaces.trail_words import KINDS

A_PAGE = 50
# Rows taken from the database at once while a file is written.
AT_ONCE = 500
COLUMNS = ("at", "member", "verb", "subject")


@dataclass(frozen=True)
class Sought:
    """What of the trail is wanted: by whom, of which kind (a key of `KINDS`), on which day."""

    member: int | None = None
    kind: str = ""
    day: date | None = None


def trail_page(workspace: Workspace, sought: Sought, mark: Mark | None) -> Sheet[TrailEntry]:
    """One page of the trail, the latest first. One query."""
    found = _entries(workspace, sought).select_related("member")
    return sheet_of(found, "at", mark, size=A_PAGE)


def who_acted(workspace: Workspace) -> list[Member]:
    """Everybody who could stand in the trail, also those who left, by name."""
    return list(workspace.members.order_by("name", "pk"))


def _entries(workspace: Workspace, sought: Sought) -> QuerySet[TrailEntry]:
    found = TrailEntry.objects.filter(workspace=workspace)
    if sought.member is not None:
        found = found.filter(member=sought.member)
    if sought.kind in KINDS:
        found = found.filter(verb__in=KINDS[sought.kind].verbs)
    if sought.day is not None:
        zone = ZoneInfo(workspace.time_zone)
        begin = datetime.combine(sought.day, time.min, tzinfo=zone)
        end = datetime.combine(sought.day + timedelta(days=1), time.min, tzinfo=zone)
        found = found.filter(at__gte=begin, at__lt=end)
    return found


def all_rows(workspace: Workspace) -> Iterator[dict[str, str]]:
    """Every entry, the oldest first, read in portions: "at" is ISO 8601 in UTC."""
    last = 0
    while True:
        portion = list(
            TrailEntry.objects.filter(workspace=workspace, pk__gt=last)
            .select_related("member")
            .order_by("pk")[:AT_ONCE]
        )
        for entry in portion:
            yield {
                "at": entry.at.isoformat(),
                "member": entry.member.name if entry.member else "",
                "verb": entry.verb,
                "subject": entry.subject,
            }
        if len(portion) < AT_ONCE:
            return
        last = portion[-1].pk


def as_csv(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """The rows as CSV (RFC 4180), line by line, with a head.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, “CSV
    Injection”, read 2026-11-22).
    """
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([harmless(row[name]) for name in COLUMNS])


def as_json(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """The rows as one JSON array, an object a line."""
    yield "["
    between = "\n"
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def harmless(cell: str) -> str:
    """A cell in which no spreadsheet sees a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


class _Echo:
    """A file that gives back what is written into it, for a CSV writer that streams."""

    def write(self, text: str) -> Any:
        """The line."""
        return text

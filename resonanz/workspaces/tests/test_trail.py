"""The audit trail as a page and as a file."""

import ast
import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.utils import translation

import resonanz
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member, TrailEntry
from resonanz.workspaces.tests.cast import ClientOf
from resonanz.workspaces.trail import AT_ONCE, harmless
from resonanz.workspaces.trail_words import SENTENCES, sentence_of

WRITERS = {"note_in_trail", "note_own_matter", "_note"}
TABLES = {"ADDED", "REMOVED", "IN_TRAIL"}


def verbs_in(source: str) -> Iterator[str]:
    """Every verb that a file writes into the trail."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
            told = [one.value for one in node.keywords if one.arg == "verb"] or node.args[1:2]
            yield from (text for one in told for text in texts_in(one))
        if isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            if "verb" in names or names & TABLES:
                yield from texts_in(node.value)


def texts_in(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can come to; not what it is compared with."""
    if isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from texts_in(value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_verb_in_the_code_has_a_sentence() -> None:
    """In the one table of `trail_words.py`, and German too."""
    files = [
        file for file in Path(resonanz.__file__).parent.rglob("*.py") if "tests" not in file.parts
    ]
    sources = [file.read_text(encoding="utf-8") for file in files]
    used = {
        verb
        for source in sources
        if "note_in_trail" in source or "note_own_matter" in source
        for verb in verbs_in(source)
    }
    assert "channel connected again" in used
    assert "passkey removed" in used
    assert sorted(used - set(SENTENCES)) == []
    with translation.override("de"):
        german = {verb: str(words) for verb, words in SENTENCES.items()}
    with translation.override("en"):
        assert [verb for verb, words in SENTENCES.items() if str(words) == german[verb]] == []


def entry(member: Member, verb: str, subject: str = "", at: datetime | None = None) -> TrailEntry:
    """A line of the trail."""
    note_in_trail(workspace=member.workspace, member=member, verb=verb, subject=subject)
    found = TrailEntry.objects.latest("pk")
    if at is not None:
        TrailEntry.objects.filter(pk=found.pk).update(at=at)
    return found


def test_it_is_read_by_who_by_kind_and_by_day(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """A day is that of the workspace; half past eleven in London is tomorrow in Berlin."""
    entry(alice, "channel paused", "@rye@town.example", datetime(2026, 5, 3, 22, 30, tzinfo=UTC))
    entry(bob, "text approved", "publication 7", datetime(2026, 5, 5, 9, 0, tzinfo=UTC))
    client = client_of(alice)

    def seen(query: str) -> set[str]:
        page = client.get(f"/trail/{query}").content.decode()
        told = {"paused": "Alice paused @rye@town.example.", "approved": "(text 7)"}
        return {name for name, words in told.items() if words in page}

    assert seen("") == {"paused", "approved"}
    assert seen(f"?member={bob.pk}") == {"approved"}
    assert seen("?kind=channels") == {"paused"}
    assert seen("?day=2026-05-04") == {"paused"}
    assert seen("?day=2026-05-03") == set()
    assert seen("?day=nonsense&kind=nonsense&member=x") == {"paused", "approved"}


@pytest.mark.parametrize(
    ("subject", "german"),
    [
        ("publication 7", "Text 7"),
        ("draft 12", "Entwurf 12"),
        ("3 addresses", "3 Adressen"),
        ("my draft 12", "my draft 12"),
        ("draft 12 again", "draft 12 again"),
    ],
)
def test_what_has_only_a_number_is_called_by_its_kind(
    alice: Member, subject: str, german: str
) -> None:
    """In the language of whoever reads; a name that looks like it stays."""
    with translation.override("de"):
        assert f"({german})" in sentence_of(entry(alice, "text approved", subject))


def test_a_verb_of_a_version_that_is_gone_is_still_shown(alice: Member) -> None:
    """As it was written; and what nobody did, the machine did."""
    found = entry(alice, "sourdough fed", "twice")
    assert sentence_of(found) == "Alice: sourdough fed twice"
    found.member, found.verb, found.subject = None, "backup restored", "taken today"
    with translation.override("en"):
        assert sentence_of(found) == "The machine brought a backup back (taken today)."


def test_the_whole_of_it_is_taken_along_and_that_is_noted(
    alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    """More rows than are read at once; those of others are not among them."""
    TrailEntry.objects.bulk_create(
        [
            TrailEntry(workspace=alice.workspace, member=alice, verb="tried again", subject=str(n))
            for n in range(AT_ONCE + 5)
        ]
    )
    entry(charlie, "channel paused", "@secret")
    client = client_of(alice)
    table = b"".join(client.post("/trail/export/csv/")).decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert sum(row["verb"] == "tried again" for row in rows) == AT_ONCE + 5
    assert (rows[-1]["verb"], rows[-1]["subject"]) == ("trail exported", "CSV")
    assert "@secret" not in table
    found = json.loads(b"".join(client.post("/trail/export/json/")))
    assert len(found) == len(rows) + 1
    assert client.post("/trail/export/xml/").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_spreadsheet_sees_a_formula(cell: str) -> None:
    """It begins with an apostrophe instead."""
    assert harmless(cell) == f"'{cell}"
    assert harmless("a=1") == "a=1"


def test_a_server_that_waits_for_nobody_streams_it_too(alice: Member) -> None:
    """In portions, not gathered whole (of which Django would warn)."""

    async def take() -> bytes:
        client = AsyncClient()
        await client.aforce_login(alice.user)
        answer = await client.post("/trail/export/json/")
        return b"".join([part async for part in answer])  # type: ignore[attr-defined]

    told = json.loads(async_to_sync(take)())
    assert told[-1]["verb"] == "trail exported"


def test_pages_go_on_behind_the_last_row(alice: Member, client_of: ClientOf) -> None:
    """Without counting."""
    for number in range(60):
        entry(alice, "tried again", f"number-{number}")
    client = client_of(alice)
    page = client.get("/trail/").content.decode()
    assert "number-59" in page
    assert "(number-5)" not in page
    onward = page.split('href="/trail/?before=')[1].split('"')[0]
    assert "(number-5)" in client.get(f"/trail/?before={onward}").content.decode()

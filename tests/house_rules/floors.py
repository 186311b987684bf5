"""Floors, where import-linter cannot see: parts of Django, signals, text made safe by hand.

The contracts between our own packages stand in `.importlinter`.
"""

import ast
from collections.abc import Iterator

from tests.house_rules.findings import GROUND_FLOOR, Finding, Source

SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")

# Who may call a text safe: the tags of the look, and who shows HTML that was cleaned on its way in.
MAY_MARK_SAFE = (
    "resonanz/plumbing/templatetags/look.py",
    "resonanz/relationships/neighbourhood.py",
    "resonanz/conversations/talk.py",
    # The networks' own drawings, which are part of this program.
    "resonanz/channels/templatetags/networks.py",
)
# Cuts whatever list it is given, and knows no table.
MAY_NAME_QUERYSETS = ("resonanz/plumbing/sheets.py",)


def imported(source: Source) -> Iterator[tuple[str, int]]:
    """Everything a file imports, as full names with their lines."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def models_below(source: Source) -> Iterator[Finding]:
    """Tables on the ground floor: nothing there may know one."""
    is_below = source.parts[0] == "resonanz" and source.parts[1] in GROUND_FLOOR
    if source.is_test or not is_below or "/".join(source.parts).endswith(MAY_NAME_QUERYSETS):
        return
    for name, line in imported(source):
        if name.startswith("django.db.models") or (
            name.startswith("django.contrib") and ".models" in name
        ):
            yield Finding("model-below", source.path, line, name)


def signals(source: Source) -> Iterator[Finding]:
    """Signals: what happens has to be readable where it is caused. Use a place."""
    if source.is_test:
        return
    for name, line in imported(source):
        if name.startswith(SIGNALS):
            yield Finding("signal", source.path, line, name)


def marked_safe(source: Source) -> Iterator[Finding]:
    """Text that is called safe outside the places that are known to be right."""
    if source.is_test or "/".join(source.parts).endswith(MAY_MARK_SAFE):
        return
    for node in ast.walk(source.tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in ("mark_safe", "SafeString"):
            yield Finding("marked-safe", source.path, called.lineno, called.id)


RULES = (models_below, signals, marked_safe)

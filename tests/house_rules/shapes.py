"""Shapes: short functions, short files, small models, imports at the top, errors with names.

The numbers are those of `docs/reference/house-rules.md`, taken from projects pleasant to read.
"""

import ast
from collections.abc import Iterator

from tests.house_rules.findings import Finding, Source

MOST_LINES_OF_A_FUNCTION = 44
MOST_LINES_OF_A_FILE = 420
MOST_METHODS_OF_A_MODEL = 15

# Where an import inside a function has a reason that stays.
LATE_IMPORTS = (
    # Django asks an app to import its own modules only once all apps are there.
    "apps.py",
    # Each process of the house loads only its own half.
    "resonanz/house/command.py",
    "resonanz/house/parts.py",
)
MAY_CATCH_EVERYTHING = (
    # The job runner outlives every error.
    "resonanz/clockwork/worker.py",
    # These look for the very thing: what comes out of somebody's code and should not.
    "resonanz/switchboard/testkit/checks_faults.py",
    "resonanz/switchboard/testkit/checks_secrets.py",
    "bench/feeds_folder.py",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_functions(source: Source) -> Iterator[Finding]:
    """Functions of more than 44 lines, from `def` to the last one."""
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield Finding("long-function", source.path, node.lineno, node.name)


def long_files(source: Source) -> Iterator[Finding]:
    """Files of more than 420 lines."""
    if source.text.count("\n") > MOST_LINES_OF_A_FILE:
        yield Finding("long-file", source.path, 1, source.path.name)


def fat_models(source: Source) -> Iterator[Finding]:
    """Classes in models.py with more than 15 methods."""
    if source.path.name != "models.py" and source.path.parent.name != "models":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, Function)]
            if len(methods) > MOST_METHODS_OF_A_MODEL:
                yield Finding("fat-model", source.path, node.lineno, node.name)


def late_imports(source: Source) -> Iterator[Finding]:
    """Imports inside a function. They hide a circle, or say why."""
    place = "/".join(source.parts)
    if source.is_test or place.endswith(LATE_IMPORTS) or source.parts[0] == "bench":
        return
    for function in ast.walk(source.tree):
        if isinstance(function, Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield Finding("late-import", source.path, node.lineno, function.name)


def caught_everything(source: Source) -> Iterator[Finding]:
    """`except Exception` or wider, which swallows what nobody thought of."""
    if source.is_test or "/".join(source.parts).endswith(MAY_CATCH_EVERYTHING):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _is_everything(node.type):
            yield Finding("catches-everything", source.path, node.lineno, "except")


def _is_everything(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names
    )


RULES = (long_functions, long_files, fat_models, late_imports, caught_everything)

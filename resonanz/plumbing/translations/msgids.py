"""Finding what is to be translated, in Python files and in templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

CONTEXT, SINGULAR, PLURAL = "context", "singular", "plural"

# What the arguments of each function mean, in their order.
FUNCTIONS = {
    name: parts
    for names, parts in (
        (("gettext", "gettext_lazy", "gettext_noop", "_", "N_"), (SINGULAR,)),
        (("ngettext", "ngettext_lazy"), (SINGULAR, PLURAL)),
        (("pgettext", "pgettext_lazy"), (CONTEXT, SINGULAR)),
        (("npgettext", "npgettext_lazy"), (CONTEXT, SINGULAR, PLURAL)),
    )
    for name in names
}

# Networks know no Django: the page translates these parts of the shapes that they give.
SHAPES = {"Field": ("label", "help"), "WayIn": ("label",)}

CALL_IN_TEMPLATE = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")
SKIPPED_FOLDERS = {"tests", "migrations", "locale", "static", "node_modules"}


@dataclass(frozen=True)
class Msgid:
    """A text to translate. `plural` and `context` are "" when there is none."""

    singular: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True)
class Use:
    """A place where a text stands. `msgid` is None for a text that cannot be found again."""

    path: Path
    line: int
    msgid: Msgid | None


def uses_in(package: Path) -> Iterator[Use]:
    """Every use below `package`, file by file. Tests and migrations are not read."""
    for path in sorted(package.rglob("*")):
        if SKIPPED_FOLDERS.isdisjoint(path.relative_to(package).parts[:-1]):
            if path.suffix == ".py":
                yield from uses_in_python(path)
            elif path.suffix in (".html", ".txt", ".svg") and "templates" in path.parts:
                yield from uses_in_template(path)


def uses_in_python(path: Path) -> Iterator[Use]:
    """The uses in one Python file. A file that is no Python yields nothing."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for msgid in msgids_of_call(node):
                yield Use(path, node.lineno, msgid)


def uses_in_template(path: Path) -> Iterator[Use]:
    """The uses in one template: translate, blocktranslate with plural and trimmed, `_("…")`."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in CALL_IN_TEMPLATE.finditer(text):
        call = ast.parse(balanced(text, found.start()), mode="eval").body
        line = text.count("\n", 0, found.start()) + 1
        if isinstance(call, ast.Call):
            for msgid in msgids_of_call(call):
                yield Use(path, line, msgid)


def balanced(text: str, start: int) -> str:
    """The call that begins at `start`, up to its closing bracket outside of quotes."""
    quote, depth, position = "", 0, start
    while position < len(text):
        letter = text[position]
        if letter == "\\":
            position += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                break
        position += 1
    return text[start : position + 1]


def msgids_of_call(call: ast.Call) -> Iterator[Msgid | None]:
    """What a call marks for translation. None stands for an f-string, which nobody can find."""
    name = name_of(call.func)
    if name in FUNCTIONS:
        parts = FUNCTIONS[name]
        arguments = call.args[: len(parts)]
        if any(isinstance(argument, ast.JoinedStr) for argument in arguments):
            yield None
        texts = [constant(argument) for argument in arguments]
        # gettext(variable) translates what was marked elsewhere.
        if len(texts) == len(parts) and all(text is not None for text in texts):
            yield Msgid(**{part: text or "" for part, text in zip(parts, texts, strict=True)})
    for keyword in call.keywords:
        if keyword.arg in SHAPES.get(name, ()) and (text := constant(keyword.value)):
            yield Msgid(text)


def name_of(function: ast.expr) -> str:
    """The last part of a function's name."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def constant(expression: ast.expr) -> str | None:
    """The text of a string constant, or None."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None


def room_of(path: Path, package: Path) -> Path:
    """The folder whose catalogue a file's texts belong to.

    The nearest folder above that has a catalogue; else the network's folder, or the floor's.
    What lies in the package itself belongs to the house.
    """
    for folder in path.parents:
        if folder == package:
            break
        if (folder / "locale").is_dir():
            return folder
    parts = path.relative_to(package).parts
    depth = 2 if parts[0] == "networks" and len(parts) > 2 else 1
    return package.joinpath(*parts[:depth]) if len(parts) > 1 else package / "house"

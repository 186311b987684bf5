"""The rules of the house hold, and each of them can be broken."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.house_rules import floors, shapes, templates
from tests.house_rules.checking import (
    breaches,
    everything,
    idle_exceptions,
    room_of_each_url,
)
from tests.house_rules.exceptions import EXCEPTIONS
from tests.house_rules.findings import PACKAGE, Finding, Source, source

Rule = Callable[[Source], Iterator[Finding]]

LONG = "def long():\n" + "    x = 1\n" * 44
SHORT = "def short():\n" + "    x = 1\n" * 43
METHODS = "class Fat:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(16))


def test_the_house_keeps_its_rules() -> None:
    """Whatever stands here has to be put right, or get a line in exceptions.py with a day."""
    found = everything()
    assert [str(finding) for finding in breaches(found)] == []
    assert idle_exceptions(found) == []


def test_an_exception_ends() -> None:
    """After its day the breach counts again."""
    name, (until, _) = next(iter(EXCEPTIONS.items()))
    rule, path, what = name.split(" ", 2)
    finding = Finding(rule, PACKAGE.parent / path, 1, what)
    assert breaches([finding], today=until) == []
    assert breaches([finding], today=until + timedelta(days=1)) == [finding]


def test_exceptions_say_why_and_not_for_ever() -> None:
    """A sentence, and a day within a year."""
    for until, why in EXCEPTIONS.values():
        assert why.endswith(".")
        assert until < date(2027, 12, 1)


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (shapes.long_functions, "people/queries.py", LONG),
        (shapes.long_files, "people/queries.py", "x = 1\n" * 421),
        (shapes.fat_models, "people/models.py", METHODS),
        (shapes.late_imports, "people/queries.py", "def f():\n    import os\n"),
        (shapes.caught_everything, "people/queries.py", "try: ...\nexcept Exception: ...\n"),
        (shapes.caught_everything, "people/queries.py", "try: ...\nexcept: ...\n"),
        (
            shapes.caught_everything,
            "people/queries.py",
            "try: ...\nexcept (ValueError, BaseException): ...\n",
        ),
        (floors.models_below, "plumbing/text.py", "from django.db import models\n"),
        (floors.models_below, "networks/feeds/limits.py", "import django.db.models\n"),
        (floors.signals, "people/apps.py", "from django.db.models.signals import post_save\n"),
        (floors.signals, "people/apps.py", "from django.dispatch import receiver\n"),
        (floors.marked_safe, "people/views.py", "mark_safe(name)\n"),
        (floors.marked_safe, "people/views.py", "SafeString(name)\n"),
    ],
)
def test_a_breach_is_found(rule: Rule, place: str, text: str) -> None:
    """Each rule sees what it is for."""
    assert len(list(rule(source(PACKAGE / place, text)))) == 1


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (shapes.long_functions, "people/queries.py", SHORT),
        (shapes.long_files, "people/queries.py", "x = 1\n" * 420),
        (shapes.fat_models, "people/queries.py", METHODS),
        (shapes.late_imports, "people/apps.py", "def ready():\n    import os\n"),
        (shapes.late_imports, "people/tests/test_x.py", "def f():\n    import os\n"),
        (shapes.caught_everything, "clockwork/worker.py", "try: ...\nexcept Exception: ...\n"),
        (shapes.caught_everything, "people/queries.py", "try: ...\nexcept ValueError: ...\n"),
        (floors.models_below, "people/models.py", "from django.db import models\n"),
    ],
)
def test_what_is_right_is_left_alone(rule: Rule, place: str, text: str) -> None:
    """On its very border too."""
    assert list(rule(source(PACKAGE / place, text))) == []


URLS = {"today": "house", "people": "people", "settings": "workspaces", "logout": "outside"}


def lint(text: str, room: str = "people") -> list[str]:
    """The rules that a template of a room breaks."""
    path = PACKAGE / room / "templates" / room / "page.html"
    return [finding.rule for finding in templates.lint(path, text, URLS)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<p style="color: red">x</p>', "inline"),
        ("<style>p {}</style>", "inline"),
        ("<script>x()</script>", "inline"),
        ('<button onclick="x()">x</button>', "inline"),
        ('<a href="javascript:x()">x</a>', "inline"),
        ("{{ text|safe }}", "unescaped"),
        ("{% autoescape off %}{{ text }}{% endautoescape %}", "unescaped"),
        ('{% include "plumbing/pieces/act.html" with label=label only %}', "without-token"),
        ("{% block content %}{% endblock %}", "unframed"),
        ("<html></html>", "unframed"),
        ('{% include "relationships/row.html" %}', "strange-part"),
        ('{% piece "relationships/row.html" %}{% endpiece %}', "strange-part"),
        ("{% include chosen %}", "part-by-variable"),
        ('{% url "today" %}', "url-upstairs"),
        ("{% url 'today' %}", "url-upstairs"),
        ('{% url "nowhere" %}', "unknown-url"),
    ],
)
def test_a_template_that_breaks_a_rule_is_found(text: str, rule: str) -> None:
    """One rule each."""
    assert lint(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "plumbing/base.html" %}{% block content %}{% endblock %}',
        '{% include "people/row.html" %}{% include "channels/row.html" %}',
        '{% piece "plumbing/pieces/row.html" %}{% endpiece %}',
        '{% url "people" %}{% url "settings" %}{% url "logout" %}',
        '<p>{% comment %}{% url "today" %} style="x"{% endcomment %}{# {{ x|safe }} #}</p>',
        '<script src="{{ file }}"></script>',
        "<p>{{ person.ongoing }} {{ text|safe_for_work }}</p>",
    ],
)
def test_a_good_template_is_left_alone(text: str) -> None:
    """Also what stands in a comment."""
    assert lint(text) == []


def test_the_house_names_every_page() -> None:
    """It stands above all rooms."""
    assert lint('{% url "today" %}{% url "people" %}', room="house") == []


def test_every_address_knows_its_room() -> None:
    """The lint would be blind otherwise."""
    rooms = room_of_each_url()
    assert rooms["today"] == "house"
    assert rooms["neighbourhood"] == "relationships"
    assert rooms["settings"] == "workspaces"


def test_findings_are_named_without_their_line() -> None:
    """So that an exception survives a line above it."""
    finding = Finding("rule", Path(PACKAGE / "people" / "views.py"), 7, "what")
    assert finding.name == "rule resonanz/people/views.py what"
    assert str(finding) == "resonanz/people/views.py:7: rule: what"

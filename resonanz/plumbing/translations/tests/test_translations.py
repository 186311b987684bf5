"""Texts of a small invented package, through the functions that the commands call."""

import gettext
import os
from pathlib import Path

import pytest

from resonanz.plumbing.translations.catalogues import CatalogueTrouble, compile_catalogues
from resonanz.plumbing.translations.checking import check
from resonanz.plumbing.translations.extracting import extract
from resonanz.plumbing.translations.msgids import Msgid, uses_in

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

GREETING = _("Good " "morning")
COUNT = ngettext("%(count)d guest", "%(count)d guests", 3)
MAY = pgettext("month", "May")
DYNAMIC = _(GREETING)
WAY = WayIn(label="With a token", fields=(Field(name="token", label="Token", help="From there."),))
"""

TEMPLATE = """{% load i18n %}
<p title="{% translate "It's 100% free" %}">{% trans 'May' context 'modal verb' %}</p>
{% blocktranslate trimmed count n=guests with name=host %}
  {{ name }} has
  one guest.
{% plural %}
  {{ name }} has {{ n }} guests.
{% endblocktranslate %}
<b>don't trip over (this) "quote'</b>
{{ kind|default:_("a person") }}
{% blocktranslate %}Two
lines{% endblocktranslate %}
"""

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def entry(msgid: str, msgstr: str, before: str = "") -> str:
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "house" / "party" / "templates").mkdir(parents=True)
    return tmp_path / "house"


def write(package: Path, text: str, po: str, room: str = "party") -> Path:
    (package / room).mkdir(exist_ok=True)
    (package / room / "views.py").write_text(text)
    catalogue = package / room / "locale" / "de" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(PO + po)
    return catalogue


def sentences(package: Path) -> list[str]:
    return [finding.sentence for finding in check(package)]


def test_texts_in_python_are_found(package: Path) -> None:
    """Joined strings, plurals, contexts and the labels of shapes; a variable is no text."""
    (package / "party" / "views.py").write_text(PYTHON)
    assert {use.msgid for use in uses_in(package)} == {
        Msgid("Good morning"),
        Msgid("%(count)d guest", plural="%(count)d guests"),
        Msgid("May", context="month"),
        Msgid("With a token"),
        Msgid("Token"),
        Msgid("From there."),
    }


def test_texts_in_templates_are_found_with_their_lines(package: Path) -> None:
    """Every way to mark a text, with the line on which it begins."""
    (package / "party" / "templates" / "page.html").write_text(TEMPLATE)
    assert {(use.line, use.msgid) for use in uses_in(package)} == {
        (2, Msgid("It's 100%% free")),
        (2, Msgid("May", context="modal verb")),
        (3, Msgid("%(name)s has one guest.", plural="%(name)s has %(n)s guests.")),
        (10, Msgid("a person")),
        (11, Msgid("Two\nlines")),
    }


def test_a_whole_catalogue_has_no_findings(package: Path) -> None:
    write(package, '_("%(name)s came")', entry("%(name)s came", "%(name)s kam"))
    assert sentences(package) == []


@pytest.mark.parametrize(
    "po", ["", entry("Hello", ""), entry("Hello", "Hallo", before="#, fuzzy\n")]
)
def test_a_text_that_nobody_has_translated_for_certain_is_found(package: Path, po: str) -> None:
    """Missing, empty and fuzzy are the same to the reader."""
    write(package, '\n_("Hello")', po)
    assert [str(finding) for finding in check(package)] == [
        f"{package}/party/views.py:2: No de translation of “Hello”."
    ]


def test_a_translation_that_another_room_has_is_enough(package: Path) -> None:
    write(package, '_("Hello")', entry("Hello", "Hallo"))
    write(package, '_("Hello")', "", room="kitchen")
    assert sentences(package) == []


def test_two_rooms_that_disagree_are_found(package: Path) -> None:
    """Otherwise the order of the rooms would decide what stands on the page."""
    write(package, '_("Hello")', entry("Hello", "Hallo"))
    write(package, '_("Hello")', entry("Hello", "Guten Tag"), room="kitchen")
    assert ["translated differently" in sentence for sentence in sentences(package)] == [True]


def test_an_entry_that_nothing_says_is_found(package: Path) -> None:
    catalogue = write(package, "", entry("Hello", "Hallo"))
    assert [str(finding) for finding in check(package)] == [
        f"{catalogue}:6: Nothing says “Hello” any more."
    ]


@pytest.mark.parametrize("german", ["%(nmae)s kam", "Jemand kam", "%(name)s kam %(name)s"])
def test_wrong_placeholders_are_found(package: Path, german: str) -> None:
    write(package, '_("%(name)s came")', entry("%(name)s came", german))
    assert sentences(package) == ["The placeholders of “%(name)s came” differ."]


def test_a_plural_may_leave_the_number_out_of_its_first_form_only(package: Path) -> None:
    code = 'ngettext("%(n)d guest", "%(n)d guests", 2)'
    po = 'msgid "%(n)d guest"\nmsgid_plural "%(n)d guests"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'
    catalogue = write(package, code, po.format("ein Gast", "%(n)d Gäste"))
    assert sentences(package) == []
    catalogue.write_text(PO + po.format("ein Gast", "viele Gäste"))
    assert sentences(package) == ["The placeholders of “%(n)d guest” differ."]
    catalogue.write_text(PO + entry("%(n)d guest", "%(n)d Gast"))
    assert sentences(package) == ["No de plural of “%(n)d guest” in its catalogue."]


def test_an_f_string_is_found(package: Path) -> None:
    write(package, '_(f"Hello {name}")', "")
    assert sentences(package) == ["An f-string cannot be translated; use %(name)s."]


def test_compiling_writes_what_is_missing_or_older_and_nothing_else(package: Path) -> None:
    """The second start finds everything done; a changed catalogue is compiled again."""
    catalogue = write(package, '_("Hello")', entry("Hello", "Hallo"))
    compiled = catalogue.with_suffix(".mo")
    assert compile_catalogues(package) == [compiled]
    assert compile_catalogues(package) == []
    catalogue.write_text(PO + entry("Hello", "Moin"))
    os.utime(compiled, (0, 0))
    assert compile_catalogues(package) == [compiled]
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "Moin"
    assert {path.name for path in catalogue.parent.iterdir()} == {"django.po", "django.mo"}


def test_a_broken_catalogue_is_named_with_its_line(package: Path) -> None:
    catalogue = write(package, "", 'msgid "Hello\n')
    with pytest.raises(CatalogueTrouble, match=rf"{catalogue}:6: "):
        compile_catalogues(package)


def test_extracting_adds_only_what_no_catalogue_has(package: Path) -> None:
    """Each text goes to its own room; what was translated stays as it was; again is nothing."""
    catalogue = write(package, '_("Hello")', entry("Hello", "Hallo"))
    (package / "networks" / "pigeons").mkdir(parents=True)
    (package / "networks" / "pigeons" / "connector.py").write_text(PYTHON)
    (package / "party" / "more.py").write_text('_("Goodbye")')
    pigeons = package / "networks" / "pigeons" / "locale" / "de" / "LC_MESSAGES" / "django.po"
    assert extract(package, room="party") == {catalogue: 1}
    assert extract(package) == {pigeons: 6}
    assert extract(package) == {}
    assert 'msgid "Hello"\nmsgstr "Hallo"' in catalogue.read_text()
    assert 'msgid "Goodbye"\nmsgstr ""' in catalogue.read_text()
    assert 'msgstr[1] ""' in pigeons.read_text()
    assert len(check(package)) == 7

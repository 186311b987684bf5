"""Words are explained on one page and in place, in both languages."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

import resonanz
from resonanz.plumbing.words import GROUPS, WORDS
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

TEMPLATES = sorted(Path(resonanz.__file__).parent.rglob("templates/**/*.html"))
EXPLAINED = re.compile(r'{%\s*explain\s+"([^"]+)"\s*%}')


def test_a_newcomer_finds_a_word(alice: Member, client_of: ClientOf) -> None:
    page = client_of(alice).get("/words/").content.decode()
    assert "Content warning" in page
    assert 'id="word-content-warning"' in page
    found = client_of(alice).get("/words/", {"q": "RETweet"}).content.decode()
    assert "“RETweet” is not among them." in found
    boost = client_of(alice).get("/words/", {"q": "boost"}).content.decode()
    assert "Boost, share" in boost
    assert "Passkey" not in boost


def test_a_german_reader_reads_german(bob: Member, client_of: ClientOf) -> None:
    page = client_of(bob).get("/words/", {"q": "Bildbeschreibung"}).content.decode()
    assert "Bildbeschreibung" in page
    assert "lässt sie sich vorlesen" in page


def test_what_is_looked_for_stays_harmless(alice: Member, client_of: ClientOf) -> None:
    page = client_of(alice).get("/words/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("slug", sorted(WORDS))
def test_every_word_is_explained_in_german_too(slug: str) -> None:
    word = WORDS[slug]
    with translation.override("en"):
        english = str(word.text)
    with translation.override("de"):
        assert str(word.text) != english
        assert len(str(word.text).split()) >= 8


def test_no_word_stands_twice() -> None:
    assert len(WORDS) == sum(len(group.words) for group in GROUPS)


def test_what_is_explained_in_place_is_on_the_list() -> None:
    asked = {
        slug for path in TEMPLATES for slug in EXPLAINED.findall(path.read_text(encoding="utf-8"))
    }
    assert asked <= set(WORDS)


def test_an_explanation_opens_by_keyboard_and_without_scripts() -> None:
    template = engines["django"].from_string('{% load words %}{% explain "boost" %}')
    with translation.override("en"):
        shown = template.render({})
    assert shown.startswith("<details")
    assert "What does “Boost, share” mean?" in shown

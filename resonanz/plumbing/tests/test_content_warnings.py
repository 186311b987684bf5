"""Content warnings made of labels: read in one's own language, and sent as labels again."""

import pytest
from django.template import Context, Template
from django.utils import translation

from resonanz.plumbing.content_warnings import (
    first_words_of,
    labels_in,
    opening_words,
    warning_of_an_answer,
    warning_words,
)
from resonanz.plumbing.label_words import HIDDEN, LABEL_WORDS


def shown(template: str, **values: object) -> str:
    return Template("{% load look %}" + template).render(Context(values))


def test_a_warning_is_said_in_the_readers_language_where_the_words_are_ours() -> None:
    """Labels are message ids, several with a comma between; what an author wrote stays."""
    with translation.override("de"):
        told = shown("{{ one|warned }} · {{ other|warned }}", one="Nudity, Rye", other="Roggen, ")
    assert told == "Nacktheit, Rye · Roggen, "
    with translation.override("en"):
        assert shown("{{ one|warned }}|{{ none|warned }}", one="Nudity", none=None) == "Nudity|"


def test_an_authors_words_are_not_translated_because_a_button_has_the_same() -> None:
    with translation.override("de"):
        assert translation.gettext("Pictures") == "Bilder"
        assert warning_words("Pictures, Nudity") == "Pictures, Nacktheit"
        assert warning_of_an_answer("Pictures") == "Pictures"


def test_every_word_of_a_label_has_a_german_one() -> None:
    with translation.override("de"):
        assert not [word for word in LABEL_WORDS if warning_words(word) == word]


def test_an_answer_carries_a_warning_on_in_the_writers_language() -> None:
    """What moderators decided about the post is not said of the answer."""
    with translation.override("de"):
        assert warning_of_an_answer(f"Graphic pictures, {HIDDEN}, Kuchen") == (
            "Drastische Bilder, Kuchen"
        )
        assert warning_of_an_answer(HIDDEN) == ""
        assert len(warning_of_an_answer(", ".join(["Graphic pictures"] * 18))) == 300


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_warning_that_says_what_labels_say_is_known_in_every_language(language: str) -> None:
    with translation.override(language):
        assert labels_in("Nacktheit,  Graphic pictures") == ("Nudity", "Graphic pictures")
    assert labels_in("Nacktheit, Kuchen") == labels_in(" ") == ()


def test_the_first_words_of_a_talk_are_translated_where_they_are_a_warning() -> None:
    """Beside words of ours those that a service has made up are left out of them."""
    assert first_words_of("Nudity, rude words") == "Nudity"
    assert first_words_of("Kuchen, Zucker") == "Kuchen, Zucker"
    with translation.override("de"):
        assert opening_words("Nudity, Adult content") == "Nacktheit, Inhalte für Erwachsene"
        assert opening_words("Nudity, a painter said") == "Nudity, a painter said"
        assert shown("{{ a|opened }}|{{ b|opened }}", a="Nudity", b=None) == "Nacktheit|"

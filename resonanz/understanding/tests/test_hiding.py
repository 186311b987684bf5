"""Words to hide until asked: whole words, however they are written."""

import pytest

from resonanz.understanding.hiding import Hider


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("blödmann", "Du BLÖDMANN!"),
        ("blödmann", "ein bloedmann eben"),
        ("blödmann", "blo\u0308dmann"),
        ("bloedmann", "Blödmann"),
        ("blödmann", "blodmann"),
        ("strasse", "auf der Straße"),
        ("geh heim", "Geh  \n heim, sofort"),
        ("idiot", "(Idiot)"),
        ("idiot", "id\u200biot"),
        ("c++", "nur c++ kann ich"),
    ],
)
def test_a_word_is_found_however_it_is_written(word: str, text: str) -> None:
    """Case, umlauts, blanks and invisible signs make no difference."""
    assert Hider([word]).hides(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [("arm", "Der Alarm geht."), ("idiot", "idiotisch"), ("heim", "Heimat"), ("bär", "Barsch")],
)
def test_a_part_of_another_word_is_not_found(word: str, text: str) -> None:
    """Only whole words count."""
    assert not Hider([word]).hides(text)


def test_without_words_nothing_is_hidden() -> None:
    """Blank entries are no words."""
    assert not Hider(["", "  "])
    assert not Hider([""]).hides("anything at all")


def test_any_of_several_texts_hides() -> None:
    """A title, a warning and the words are looked through."""
    assert Hider(["spinner"]).hides("", "nothing", "So ein Spinner.")


def test_signs_with_a_meaning_to_patterns_are_plain_signs() -> None:
    """A dot is a dot."""
    assert not Hider(["a.c"]).hides("abc")


@pytest.mark.usefixtures("no_hanging")
def test_a_long_text_takes_bounded_time() -> None:
    """A hundred thousand signs and a hundred words take well under a second."""
    words = Hider([f"wort{number}" for number in range(100)])
    assert not words.hides("wor t1 " * 14_000)

"""Words as they are written become words as they are looked for."""

import pytest

from resonanz.understanding.search_marks import excerpt_of
from resonanz.understanding.search_query import read_query
from resonanz.understanding.search_words import (
    MOST_TOKENS,
    TOKEN_CHARACTERS,
    fold,
    index_words,
)


@pytest.mark.parametrize(
    "word", ["Bäckerei", "Baeckerei", "BACKEREI", "Ba\u0308ckerei", "bäcke\u00adrei"]
)
def test_every_way_to_write_an_umlaut_is_folded_to_one(word: str) -> None:
    assert fold(word) == "backerei"


@pytest.mark.parametrize(
    ("word", "folded"), [("Quelle", "quelle"), ("Bauer", "bauer"), ("neue", "neue")]
)
def test_an_e_behind_an_u_that_belongs_elsewhere_stays(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_no_token_holds_a_blank_or_is_empty_or_endless() -> None:
    tokens = index_words(
        ["x" * 5000, "a\u00a0b\tc\nd @a@b.example #x_y 1.2.3 \u200b \u00ad e.", ""]
    )
    assert all(token and not any(sign.isspace() for sign in token) for token in tokens)
    assert max(len(token) for token in tokens) <= TOKEN_CHARACTERS


def test_a_very_long_text_has_no_endless_number_of_tokens() -> None:
    words = " ".join(f"wort{number}" for number in range(20_000))
    assert len(index_words([words])) == MOST_TOKENS


def test_english_texts_are_not_cut_into_german_words() -> None:
    """Nobody who looks for a Ding wants every understanding."""
    assert "ding" not in index_words(["Our understanding grows"], language="en")
    assert "preis" in index_words(["Der Brötchenpreis ist gestiegen"], language="en")


@pytest.mark.parametrize(
    "typed", ["", " ", '"', '""', "-", "- -", "*", "AND", "(", "a" * 5000, "\x01", '-"', "\ud83d"]
)
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    read_query(typed)
    read_query(typed, is_typing=True)


def test_what_must_not_be_there_is_not_enough_to_look_for() -> None:
    assert not read_query("-brot")
    assert read_query("-brot").without


def test_the_last_word_is_a_beginning_only_while_it_is_typed() -> None:
    prefixes = [
        term.is_prefix
        for some in read_query("gute bäck", is_typing=True).groups[1]
        for term in some
    ]
    assert True in prefixes
    assert not any(term.is_prefix for some in read_query("gute bäck").groups[1] for term in some)
    finished = read_query("gute bäck ", is_typing=True).groups[1]
    assert not any(term.is_prefix for some in finished for term in some)


def marked(text: str, typed: str) -> list[str]:
    return [run.text for run in excerpt_of(text, read_query(typed)) if run.is_marked]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Über Ähren und Öfen: Bäckereien.", "baeckerei", ["Bäckereien"]),
        ("Bro\u0308tchen, bitte", "brötchen", ["Bro\u0308tchen"]),
        ("Die Straßenbahn, Straße, STRASSE", "strasse", ["Straßenbahn", "Straße", "STRASSE"]),
        ("Der Brötchenpreis", "preis", ["Brötchenpreis"]),
        ("Eure Öffnungszeiten", "zeiten", ["Öffnungszeiten"]),
        ("Kommt zu @ada@town.example!", "ada", ["@ada@town.example"]),
        ("Guten Morgen 🥐!", "🥐", ["🥐"]),
        ("Für 2,50 €", "2.50", ["2,50"]),
        ("Der Preis ist heiß", "reis", []),
    ],
)
def test_marks_stand_where_the_words_are(text: str, typed: str, expected: list[str]) -> None:
    """Folding changes lengths; the places are those of the text as it stands."""
    assert marked(text, typed) == expected


def test_an_excerpt_begins_shortly_before_the_first_hit_and_keeps_every_letter() -> None:
    text = "Ä" * 3 + " öde" * 500 + " Apfelkuchen mit Sahne" + " süß" * 500
    runs = excerpt_of(text, read_query("apfelkuchen"))
    told = "".join(run.text for run in runs)
    assert told.startswith("…")
    assert told.endswith("…")
    assert told.strip("…") in text
    assert "Apfelkuchen" in told
    assert len(told) <= 250


def test_an_excerpt_without_a_hit_is_the_beginning() -> None:
    assert [run.text for run in excerpt_of("Guten Morgen", read_query("abend"))] == ["Guten Morgen"]

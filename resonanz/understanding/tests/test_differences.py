"""What changed between two texts."""

import pytest

from resonanz.understanding.differences import Kind, Piece, word_changes

TEXTS = [
    ("", ""),
    ("", "Something."),
    ("Something.", ""),
    ("Seven minutes fast.", "Nine minutes fast, I measured."),
    ("one two three", "three two one"),
    ("a\n\nb", "a\nb"),
    ("same", "same"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    """Nothing is lost and nothing is invented."""
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.GONE) == after


def test_only_the_words_that_changed_are_marked() -> None:
    """The rest stays one piece."""
    assert word_changes("It is seven minutes fast.", "It is nine minutes fast.") == [
        Piece(Kind.SAME, "It is "),
        Piece(Kind.GONE, "seven "),
        Piece(Kind.NEW, "nine "),
        Piece(Kind.SAME, "minutes fast."),
    ]


@pytest.mark.usefixtures("no_hanging")
def test_two_long_texts_take_bounded_time() -> None:
    """Texts of a hundred thousand signs that have nothing in common are not compared for ever."""
    pieces = word_changes("x y " * 25_000, "z x " * 25_000)
    word_changes("x y " * 370, "z x " * 370)
    assert {piece.kind for piece in pieces} == {Kind.GONE, Kind.NEW}

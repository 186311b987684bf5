"""Initials and their colours."""

import pytest

from resonanz.plumbing.initials import TINTS, initials, tint


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Anna Maria von Beispiel", "AB"),
        ("@ada@town.example", "A"),
        ("ada.example", "A"),
        ("🌻 Ina", "I"),
        ("(they/them) Kim", "TK"),
        ("김민준", "김"),
        ("🌻🌻", "·"),
        ("", "·"),
    ],
)
def test_a_name_becomes_one_or_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_colour_belongs_to_the_seed_for_ever() -> None:
    assert tint("https://town.example/users/ada") == 7
    assert {tint(f"person {number}") for number in range(200)} == set(range(TINTS))

"""Addresses in a sentence."""

import pytest

from resonanz.understanding.written_links import (
    WRITTEN_LINK,
    links_written_in,
    without_what_follows,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Look at https://bakery.example/rye.", "https://bakery.example/rye"),
        ("(see https://bakery.example/rye)", "https://bakery.example/rye"),
        ("https://bakery.example/Rye_(bread)!", "https://bakery.example/Rye_(bread)"),
        ("„https://bakery.example/rye“", "https://bakery.example/rye"),
        ("[https://bakery.example/rye]", "https://bakery.example/rye"),
        ("“https://bakery.example/?of[]=rye”…", "https://bakery.example/?of[]=rye"),
        ("`https://bakery.example/rye`", "https://bakery.example/rye"),
        ("https://bakery.example/rye… and", "https://bakery.example/rye"),
        ("HTTPS://bakery.example/?q=rye&n=1, and", "HTTPS://bakery.example/?q=rye&n=1"),
    ],
)
def test_what_ends_the_sentence_belongs_to_no_address(text: str, address: str) -> None:
    found = WRITTEN_LINK.search(text)
    assert found is not None
    assert without_what_follows(found.group()) == address


def test_all_links_are_found_in_a_text_in_their_order() -> None:
    text = (
        "See https://a.example/x. (And https://b.example/wiki_(bread)), “https://c.example/?q=1”,"
        " also [here](https://a.example/x)!"
    )
    assert links_written_in(text) == [
        "https://a.example/x",
        "https://b.example/wiki_(bread)",
        "https://c.example/?q=1",
        "https://a.example/x",
    ]


def test_nothing_is_left_of_nothing_but_marks() -> None:
    assert without_what_follows("...") == ""

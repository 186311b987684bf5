"""Where a long text is cut into several posts."""

import pytest

from resonanz.outbox.splitting import BREAK, parts_at_breaks, with_breaks, without_breaks

LINK = "https://bakery.example/" + "a" * 40
TEXT = (
    "Das ist der erste Satz. Und z. B. der zweite, der etwas länger ist als der erste."
    f"\n\nEin Absatz, der auch etwas sagt: {LINK} und dann noch ein Ende."
)


@pytest.mark.parametrize("limit", [70, 100, 140, 1000])
def test_every_part_fits_and_nothing_is_lost(limit: int) -> None:
    """Counting what stands in front of the first and under the last."""

    def fits(text: str, position: int, is_last: bool) -> bool:
        return len(text) + (6 if position == 0 else 0) + (9 if is_last else 0) <= limit

    parts = parts_at_breaks(with_breaks(TEXT, fits))
    last = len(parts) - 1
    assert all(fits(part, at, at == last) for at, part in enumerate(parts))
    assert "".join("".join(parts).split()) == "".join(TEXT.split())
    assert any(LINK in part for part in parts)


def test_a_paragraph_ends_a_part_before_a_sentence_does() -> None:
    parts = parts_at_breaks(with_breaks(TEXT, lambda text, _at, _last: len(text) <= 140))
    assert parts[0].endswith("als der erste.")


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Wir backen z. B. Roggenbrot und morgens auch Brezeln."
    parts = parts_at_breaks(with_breaks(text, lambda text, _at, _last: len(text) <= 30))
    assert parts[0] == "Wir backen z. B. Roggenbrot"


def test_breaks_that_were_set_by_hand_stay() -> None:
    text = "One.\n---\nTwo two two two."
    cut = with_breaks(text, lambda text, _at, _last: len(text) <= 9)
    assert parts_at_breaks(cut) == ["One.", "Two two", "two two."]


def test_a_word_longer_than_a_post_is_cut_and_a_link_is_not() -> None:
    def fits(text: str, _at: int, _last: bool) -> bool:
        return len(text) <= 30

    assert parts_at_breaks(with_breaks("x" * 70, fits)) == ["x" * 30, "x" * 30, "x" * 10]
    assert parts_at_breaks(with_breaks(f"Look: {LINK}", fits)) == ["Look:", LINK]


def test_dashes_within_a_line_are_no_break() -> None:
    assert parts_at_breaks("One --- two") == ["One --- two"]
    assert without_breaks(f"One\n{BREAK}\ntwo") == "One\n\ntwo"
    assert parts_at_breaks("---\n") == []

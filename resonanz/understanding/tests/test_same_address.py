"""One place, however its address is written."""

import pytest

from resonanz.understanding.same_address import (
    MOST_CHARACTERS,
    is_front_door,
    page_at,
    same_address,
)

PAGE = "https://bakery.example/rye-bread"


@pytest.mark.parametrize(
    "written",
    [
        "https://bakery.example/rye-bread",
        "https://bakery.example/rye-bread/",
        "http://bakery.example/rye-bread/",
        "HTTPS://Bakery.Example/rye-bread",
        "https://bakery.example:443/rye-bread",
        "http://bakery.example:80/rye-bread",
        "https://www.bakery.example/rye-bread",
        "https://bakery.example./rye-bread",
        "https://bakery.example/rye-bread?",
        "https://bakery.example/rye-bread/?utm_source=town&utm_medium=social",
        "https://bakery.example/rye-bread?fbclid=x&gclid=y#",
        "https://bakery.example/rye-bread#comments",
        "https://bakery.example/rye-bread#respond",
        "https://bakery.example/rye-bread#more-12",
        "https://bakery.example/rye-bread#:~:text=3%20days",
        " https://bakery.example/rye-bread ",
    ],
)
def test_what_makes_no_difference_is_taken_away(written: str) -> None:
    assert same_address(written) == PAGE


@pytest.mark.parametrize(
    "written",
    [
        "https://bakery.example/Rye-bread",
        "https://bakery.example/rye-bread/amp",
        "https://bakery.example/rye-bread?p=1",
        "https://bakery.example:8080/rye-bread",
        "https://shop.bakery.example/rye-bread",
        "https://bakery.example/rye-bread#comment-12",
        "https://bakery.example/",
    ],
)
def test_another_place_stays_another(written: str) -> None:
    assert same_address(written) != PAGE


def test_umlauts_and_escapes_are_written_one_way() -> None:
    wanted = "https://xn--bckerei-5wa.example/br%C3%B6tchen"
    for written in (
        "https://bäckerei.example/brötchen/",
        "https://Bäckerei.example/br%c3%b6tchen",
        "https://xn--bckerei-5wa.example/br%C3%B6tchen",
    ):
        assert same_address(written) == wanted


def test_what_is_not_ascii_is_escaped_wherever_it_stands() -> None:
    """Otherwise a thousand characters would be too many bytes for an index of PostgreSQL."""
    told = f"https://b.example/?q={'麦' * 500}"
    assert same_address("https://b.example/?q=ö#ä1") == "https://b.example?q=%C3%B6#%C3%A41"
    assert same_address("tag:bäcker,2026:x") == "tag:b%C3%A4cker,2026:x"
    assert same_address(told).isascii()
    assert len(same_address(told)) == MOST_CHARACTERS
    assert same_address(told) != same_address(f"{told}麦")


def test_meant_parts_of_a_query_stay_in_their_order() -> None:
    assert same_address("https://b.example/?p=1&utm_id=3&q=2") == "https://b.example?p=1&q=2"


def test_a_name_keeps_its_fragment_and_what_is_no_web_address_stays() -> None:
    assert same_address("https://b.example/feed#tag:x", is_name=True).endswith("#tag:x")
    for uid in ("at://did:plc:abc/app.bsky.feed.post/3k", "tag:b.example,2026:x", "", "https://[x"):
        assert same_address(uid) == uid


def test_the_page_of_a_comment() -> None:
    assert page_at("https://bakery.example/rye-bread/#comment-12") == PAGE


def test_a_whole_site_is_no_single_thing() -> None:
    assert is_front_door(same_address("https://www.bakery.example/"))
    assert not is_front_door(same_address("https://bakery.example/?p=1"))
    assert not is_front_door(PAGE)


def test_an_endless_address_is_cut_and_told_apart() -> None:
    one, other = (same_address(f"https://b.example/{'x' * 2000}{end}") for end in "12")
    assert len(one) == len(other) == MOST_CHARACTERS
    assert one != other

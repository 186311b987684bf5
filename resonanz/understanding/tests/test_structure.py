"""What a post's structure tells."""

import pytest

from resonanz.understanding.structure import handles_in, host_of, is_own_host, links_to_own


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Bakery.example/rye", "bakery.example"),
        ("http://www.bakery.example", "bakery.example"),
        ("https://bakery.example.:443/", "bakery.example"),
        ("  https://bakery.example  ", "bakery.example"),
        ("https://me:secret@bakery.example/", "bakery.example"),
        ("mailto:us@bakery.example", ""),
        ("javascript:alert(1)", ""),
        ("/rye", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    """Lower case, without www., and nothing for what is no web address."""
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("bakery.example", True),
        ("shop.bakery.example", True),
        ("a.shop.bakery.example", True),
        ("notbakery.example", False),
        ("bakery.example.evil.example", False),
        ("example", False),
        ("", False),
    ],
)
def test_a_host_below_ours_is_ours(host: str, is_ours: bool) -> None:
    """And one that merely ends like ours is not."""
    assert is_own_host(host, ["bakery.example"]) is is_ours


def test_an_empty_own_domain_owns_nothing() -> None:
    """A blank setting must not make every link a link to us."""
    assert not is_own_host("anything.example", [""])


def test_links_to_us_in_their_order_each_once() -> None:
    """What leads elsewhere is left out."""
    addresses = [
        "https://shop.bakery.example/b",
        "https://elsewhere.example/",
        "https://bakery.example/a",
        "https://shop.bakery.example/b",
    ]
    found = links_to_own(addresses, frozenset(["bakery.example"]))
    assert found == ["https://shop.bakery.example/b", "https://bakery.example/a"]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ada@town.example thank you", ["@ada@town.example"]),
        ("Thanks, @ada@town.example.", ["@ada@town.example"]),
        ("(@ada.town.example, @bo)", ["@ada.town.example", "@bo"]),
        ("@ada and @ada", ["@ada"]),
        ("write to ada@town.example", []),
        ("https://town.example/@ada", []),
        ("@ münze", []),
        ("@møller@ø.example!", ["@møller@ø.example"]),
    ],
)
def test_the_handles_a_text_names(text: str, handles: list[str]) -> None:
    """Neither mail addresses nor addresses of profiles are handles."""
    assert handles_in(text) == handles

"""What people type when they are asked for their domains."""

import pytest

from resonanz.workspaces.hosts import NotAHost, clean_host, clean_hosts, readable_host


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("bakery.example", "bakery.example"),
        ("  Bakery.Example  ", "bakery.example"),
        ("https://www.bakery.example/bread?x=1#top", "bakery.example"),
        ("http://bakery.example:8080", "bakery.example"),
        ("www.bakery.example/", "bakery.example"),
        ("www.example", "www.example"),
        ("//bakery.example", "bakery.example"),
        ("https:/bakery.example", "bakery.example"),
        ("bakery . example", "bakery.example"),
        ("info@bakery.example", "bakery.example"),
        ("bakery.example.", "bakery.example"),
        ("Bäckerei.example", "xn--bckerei-5wa.example"),
        ("https://www.bäckerei.example/brötchen", "xn--bckerei-5wa.example"),
        ("shop.bakery.example", "shop.bakery.example"),
        ("\u200bbakery.example", "bakery.example"),
        ("192.0.2.7", "192.0.2.7"),
        ("localhost:9000", "localhost"),
    ],
)
def test_a_domain_is_understood(typed: str, host: str) -> None:
    """However it is typed."""
    assert clean_host(typed) == host


@pytest.mark.parametrize(
    "typed", ["", "   ", "bakery", "https://", "bak..ery.example", "-x.example", "1.2.3", "a b c"]
)
def test_what_names_no_domain_is_said_so(typed: str) -> None:
    """Instead of storing something that no link can ever match."""
    with pytest.raises(NotAHost):
        clean_host(typed)


def test_several_domains_each_once_and_the_wrong_ones_named() -> None:
    """By line, comma, semicolon or blank."""
    typed = (
        "https://bakery.example\nwww.bakery.example, shop.example;"
        " bread.example cake.example\nbakery"
    )
    assert clean_hosts(typed) == (
        ["bakery.example", "shop.example", "bread.example", "cake.example"],
        ["bakery"],
    )


def test_a_stored_host_is_shown_with_its_umlauts() -> None:
    """People read it as they wrote it."""
    assert readable_host(clean_host("bäckerei.example")) == "bäckerei.example"
    assert readable_host("192.0.2.7") == "192.0.2.7"

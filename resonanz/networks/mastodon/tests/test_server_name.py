"""People type the name of their server in many ways."""

import pytest

from resonanz.networks.mastodon.server_name import ascii_host, host_of, server_address
from resonanz.switchboard.trouble import Refused


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("town.example", "https://town.example"),
        ("  Town.Example ", "https://town.example"),
        ("https://town.example/", "https://town.example"),
        ("https://town.example/@ada", "https://town.example"),
        ("HTTPS://town.example/web/home?x=1#y", "https://town.example"),
        ("https:town.example", "https://town.example"),
        ("//town.example", "https://town.example"),
        ("@ada@town.example", "https://town.example"),
        ("ada@town.example", "https://town.example"),
        ("acct:ada@town.example", "https://town.example"),
        ("town.example@ada", "https://town.example"),
        ("town.example/@ada", "https://town.example"),
        ("@town.example", "https://town.example"),
        ("ada.lovelace@town.example", "https://town.example"),
        ("town. example", "https://town.example"),
        ("town.example.", "https://town.example"),
        ("town.example:8443", "https://town.example:8443"),
        ("\u200btown.example", "https://town.example"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("BÜCHER.example", "https://xn--bcher-kva.example"),
        ("http://localhost:4001", "http://localhost:4001"),
        ("http://127.0.0.1:4001/", "http://127.0.0.1:4001"),
        ("http:localhost:4001", "http://localhost:4001"),
        ("localhost:4001", "https://localhost:4001"),
        ("ada＠town.example", "https://town.example"),
    ],
)
def test_what_people_type_is_understood(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "@",
        "ada",
        "@ada",
        "https://",
        "a@b@c",
        "town.example:99999",
        "town.example:port",
        "-town-.example",
        "to_wn.example",
        "1.2.3.4.5",
        "javascript:alert(1)",
        "a" * 300 + ".example",
        "[::1]",
    ],
)
def test_what_names_no_server_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Refused, match="name of a server"):
        server_address(typed)


def test_hosts_are_compared_in_one_spelling() -> None:
    assert ascii_host("Bücher.Example") == "xn--bcher-kva.example"
    assert host_of("https://Bücher.example:8443/x") == "xn--bcher-kva.example:8443"
    assert host_of("town.example") == "town.example"
    assert host_of("https://town.example:x") == ""

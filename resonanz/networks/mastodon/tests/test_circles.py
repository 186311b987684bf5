"""Who follows us and whom we follow, part by part."""

from typing import Any

import httpx

from resonanz.networks.mastodon.tests.town import SERVER, connected, person, said
from resonanz.switchboard.shapes import Circle

PATH = "/api/v1/accounts/1/followers"


def part(*names: str, onward: str = "") -> httpx.Response:
    next_part = f'<{SERVER}{PATH}?max_id={onward}>; rel="next"'
    link: dict[str, Any] = {"Link": next_part} if onward else {}
    return said([person(f"{name}@hill.example") for name in names], **link)


def read(answers: list[httpx.Response], cursor: str = "") -> tuple[list[Circle], Any]:
    connector, town = connected({f"GET {PATH}": answers})
    return list(connector.followers(cursor)), town


def names(parts: list[Circle]) -> list[str]:
    return [profile.uid.partition("@")[0] for one in parts for profile in one.profiles]


def test_a_list_is_read_to_its_end_and_each_part_says_where_to_go_on() -> None:
    parts, town = read([part("ada", "ben", onward="77"), part("cem", onward="55"), part("dora")])
    assert names(parts) == ["ada", "ben", "cem", "dora"]
    assert [one.cursor for one in parts] == ["77", "55", ""]
    assert [request.url.params.get("max_id") for request in town.asked] == [None, "77", "55"]
    assert {request.url.params["limit"] for request in town.asked} == {"80"}


def test_a_reading_goes_on_where_an_earlier_one_stopped() -> None:
    parts, town = read([part("dora")], cursor="55")
    assert names(parts) == ["dora"]
    assert town.asked[0].url.params["max_id"] == "55"


def test_without_a_link_header_the_list_is_one_part() -> None:
    """Ids of accounts say nothing about places in the list: nobody guesses."""
    parts, town = read([part("ada", "ben"), part("ada", "ben")])
    assert (names(parts), parts[0].cursor, len(town.asked)) == (["ada", "ben"], "", 1)


def test_a_server_that_goes_round_in_circles_is_left() -> None:
    parts, town = read([part("ada", onward="7")] * 3 + [part("ben", onward="7")] * 3)
    assert (names(parts), parts[-1].cursor) == (["ada"], "")
    assert len(town.asked) == 2


def test_an_empty_list_is_an_empty_part() -> None:
    parts, _ = read([part()])
    assert parts == [Circle()]


def test_one_broken_account_hides_no_other() -> None:
    parts, _ = read([said([{"acct": 7}, person("ada@hill.example")])])
    assert names(parts) == ["ada"]

"""Networks are found by being there."""

from pathlib import Path

import pytest

import resonanz.networks
from resonanz.switchboard.registry import UnknownNetwork, network, networks


def test_every_folder_of_networks_is_registered_under_its_own_name() -> None:
    folder = Path(resonanz.networks.__path__[0])
    there = {found.parent.name for found in folder.glob("*/connector.py")}
    assert set(networks()) == there | {"pretend"}


def test_networks_stand_in_alphabetical_order_with_the_pretend_one_last() -> None:
    slugs = list(networks())
    assert slugs[:-1] == sorted(slugs[:-1])
    assert slugs[-1] == "pretend"


def test_only_the_pretend_network_is_pretend() -> None:
    assert [found.slug for found in networks().values() if found.is_pretend] == ["pretend"]


def test_a_network_is_found_by_its_slug() -> None:
    assert all(network(slug) is found for slug, found in networks().items())


@pytest.mark.parametrize("slug", ["myspace", "../pretend", "__init__"])
def test_a_network_that_was_removed_is_named_in_the_error(slug: str) -> None:
    with pytest.raises(UnknownNetwork, match=slug):
        network(slug)


def test_every_network_is_tried_by_the_kit() -> None:
    """A new network without its `tests/test_kit.py` is not finished."""
    tests = [found.icon.parent / "tests" / "test_kit.py" for found in networks().values()]
    assert [test for test in tests if not test.is_file()] == []

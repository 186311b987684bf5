"""No page without a picture: the table of pages is held against the addresses of the house."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages import ACTS, NO_PAGES, PAGES

NIL = "00000000-0000-0000-0000-000000000000"


def test_every_address_of_the_house_is_in_the_table_of_pages():
    """Whoever adds a page adds a line to `PAGES`; an address for forms goes to `ACTS`."""
    known = {page.url_name for page in PAGES if page.url_name} | ACTS | NO_PAGES
    assert {pattern.name for pattern in addresses()} == known


def test_every_picture_has_a_name_of_its_own():
    assert [name for name, times in Counter(page.name for page in PAGES).items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_address_for_forms_shows_no_page(name, alice, client_of):
    """Otherwise it would be a page that nobody looks at."""
    client: Client = client_of(alice)
    assert client.get(any_path(name)).status_code == 405


def addresses() -> Iterator[URLPattern]:
    """Every address of the house."""
    waiting: list[URLPattern | URLResolver] = [*get_resolver().url_patterns]
    while waiting:
        found = waiting.pop()
        if isinstance(found, URLPattern):
            yield found
        else:
            waiting.extend(found.url_patterns)


def any_path(name: str) -> str:
    """A path of the address, with anything where it asks for something."""
    found, values = get_resolver().reverse_dict.getlist(name)[0][0][0]
    fill = {"pk": 1, "slug": "feeds", "kind": "delivery", "token": "x", "batch": NIL, "matter": 1}
    return f"/{found % {value: fill[value] for value in values}}"

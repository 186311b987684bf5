"""Texts of strangers and of colleagues act nowhere, on no page and in no fragment."""

import pytest

from resonanz.house.tests.attacked import ATTACKS, Harmless, attack, pages
from resonanz.house.tests.things import Things
from resonanz.workspaces.models import Member


@pytest.mark.parametrize(
    "html",
    ["<p onclick=x>", "<script>", "<img src=x>", "<a href=' java\nscript:x'>", "<base href=/>"],
)
def test_the_inspector_finds_what_acts(html: str) -> None:
    inspector = Harmless()
    inspector.feed(html)
    assert inspector.found


def test_the_collection_is_worth_its_name() -> None:
    assert len(set(ATTACKS)) > 100


def test_no_page_holds_anything_that_acts(things: Things, alice: Member) -> None:
    """Whatever is posted, and wherever it is written."""
    attack(things)
    wrong, seen, broken, words = {}, 0, {}, 0
    for where, answer in pages(things, alice):
        inspector, content = Harmless(), answer.content.decode()
        inspector.feed(content)
        inspector.close()
        seen, words = seen + 1, words + ("alert(1)" in content)
        if inspector.found:
            wrong[where] = sorted(set(inspector.found))[:5]
        if answer.status_code >= 500:
            broken[where] = answer.status_code
    assert (wrong, broken) == ({}, {})
    # The attacks were on them, as words.
    assert seen > 60
    assert words > 40

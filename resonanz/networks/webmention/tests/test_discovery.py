"""Where a page wants to be told: the cases of webmention.rocks (facts, read 2026-11-22), and ours.

https://github.com/aaronpk/webmention.rocks, the 23 discovery tests; each line here is a page of our
own that shows the same trait. Our own further cases stand below.
"""

import httpx
import pytest

from resonanz.networks.webmention.tests.world import Answer, World, page
from resonanz.switchboard.shapes import Endpoints
from resonanz.switchboard.trouble import Gone

HOST = "https://rocks.example"
PAGE = f"{HOST}/test/1"
GOOD = f"{HOST}/good"
GOOD_LINK = '<a href="/good" rel="webmention">here</a>'

# (what it tries, Link headers, the page, where the mention belongs)
CASES = [
    ("header, relative", ["</good>; rel=webmention"], "", GOOD),
    ("header, absolute", [f"<{GOOD}>; rel=webmention"], "", GOOD),
    ("link, relative", [], '<link rel="webmention" href="/good">', GOOD),
    ("link, absolute", [], f'<link href="{GOOD}" rel="webmention">', GOOD),
    ("a, relative", [], GOOD_LINK, GOOD),
    ("a, absolute", [], f'<a href="{GOOD}" rel="webmention">here</a>', GOOD),
    ("header, quoted", ['</good>; rel="webmention"'], "", GOOD),
    ("link, several rels", [], '<link rel="webmention other" href="/good">', GOOD),
    ("header, several rels", ['</good>; rel="other webmention"'], "", GOOD),
    (
        "all three: the header first",
        ['</good>; rel="webmention"'],
        '<link rel="webmention" href="/bad"><a rel="webmention" href="/bad">x</a>',
        GOOD,
    ),
    ("not-webmention", [], f'<link rel="not-webmention" href="/bad">{GOOD_LINK}', GOOD),
    ("in a comment", [], f'<!-- <a href="/bad" rel="webmention">x</a> -->{GOOD_LINK}', GOOD),
    (
        "escaped",
        [],
        f'<code>&lt;a href="/bad" rel="webmention"&gt;&lt;/a&gt;</code>{GOOD_LINK}',
        GOOD,
    ),
    ("an empty href", [], '<link rel="webmention" href="">', PAGE),
    ("a before link", [], f'{GOOD_LINK}<link rel="webmention" href="/bad">', GOOD),
    (
        "link before a",
        [],
        '<link rel="webmention" href="/good"><a href="/bad" rel="webmention">x</a>',
        GOOD,
    ),
    ("several headers", ['</bad>; rel="other"', '</good>; rel="webmention"'], "", GOOD),
    ("several in a header", ['</bad>; rel="other", </good>; rel="webmention"'], "", GOOD),
    ("no href", [], f'<link rel="webmention">{GOOD_LINK}', GOOD),
    ("a query", [], '<link rel="webmention" href="/good?query=yes">', f"{GOOD}?query=yes"),
    ("relative to the path", [], '<link rel="webmention" href="1/good">', f"{HOST}/test/1/good"),
    # Ours.
    ("rel in capitals", [], '<LINK REL="WebMention" HREF="/good">', GOOD),
    ("a base", [], '<base href="/deep/"><link rel="webmention" href="good">', f"{HOST}/deep/good"),
    ("on another element", [], f'<b rel="webmention" href="/bad">x</b>{GOOD_LINK}', GOOD),
    ("a script's address", [], f'<a rel="webmention" href="javascript:x()">x</a>{GOOD_LINK}', GOOD),
    ("a comma in the address", ["</good?a,b>; rel=webmention"], "", f"{GOOD}?a,b"),
    ("a second rel", ["</bad>; rel=other; rel=webmention"], GOOD_LINK, GOOD),
    ("nothing", [], "<p>Nothing here.</p>", ""),
]


@pytest.mark.parametrize(
    ("headers", "html", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_endpoint_of_a_page_is_found(headers: list[str], html: str, found: str) -> None:
    answer = httpx.Response(
        200,
        content=f"<!doctype html><title>x</title>{html}".encode(),
        headers=[("content-type", "text/html"), *(("LinK", value) for value in headers)],
    )
    assert World({PAGE: answer}).connector.endpoints_of(PAGE).webmention == found


def test_after_a_redirect_addresses_are_relative_to_the_page_that_was_reached() -> None:
    """Case 23 of webmention.rocks."""
    moved = httpx.Response(302, headers={"location": "/moved/2"})
    answers: dict[str, Answer] = {
        PAGE: moved,
        f"{HOST}/moved/2": '<link rel="webmention" href="good">',
    }
    assert World(answers).connector.endpoints_of(PAGE).webmention == f"{HOST}/moved/good"


def test_pingback_is_found_in_the_head_and_in_the_page_and_the_head_goes_first() -> None:
    link = '<link rel="pingback" href="/xmlrpc.php"><a rel="pingback" href="/bad">x</a>'
    answers = {PAGE: page(link), GOOD: page(link, X_Pingback="/head.php")}
    connector = World(answers).connector
    assert connector.endpoints_of(PAGE) == Endpoints(pingback=f"{HOST}/xmlrpc.php")
    assert connector.endpoints_of(GOOD) == Endpoints(pingback=f"{HOST}/head.php")


def test_a_picture_may_have_an_endpoint_in_its_head_and_a_page_that_is_gone_says_so() -> None:
    picture = httpx.Response(
        200,
        content=b"\x89PNG <a rel=webmention href=/bad>",
        headers={"content-type": "image/png", "link": "</good>; rel=webmention"},
    )
    connector = World({PAGE: picture}).connector
    assert connector.endpoints_of(PAGE).webmention == GOOD
    with pytest.raises(Gone):
        connector.endpoints_of(GOOD)

"""What leads somewhere in a text of ours, by bytes; and the same read back."""

import pytest

from resonanz.networks.bluesky.facets import Laid, What, facets_of, laid_out, shown_as
from resonanz.networks.bluesky.rich_text import words_of

DIDS = {"ada.example": "did:plc:ada"}


def marked(laid: Laid) -> list[tuple[str, str]]:
    """What is marked, as it is read, and what it stands for."""
    return [(laid.text[span.start : span.end], span.value) for span in laid.spans]


def bytes_marked(text: str) -> list[bytes]:
    laid = laid_out(text)
    told = laid.text.encode()
    places = [facet["index"] for facet in facets_of(laid, DIDS)]
    return [told[place["byteStart"] : place["byteEnd"]] for place in places]


def test_offsets_count_bytes_and_not_letters() -> None:
    """ä has two bytes, a croissant four, a cook in one sign eleven."""
    text = "Grüße \N{CROISSANT} \N{WOMAN}\N{ZERO WIDTH JOINER}\N{COOKING} #Brötchen @ada.example"
    assert bytes_marked(text) == ["#Brötchen".encode(), b"@ada.example"]


def test_what_goes_out_is_what_comes_back() -> None:
    laid = laid_out("Für @ada.example: https://town.example/brot?x=1#oben, #Brot & <Käse>")
    words = words_of(laid.text, facets_of(laid, DIDS))
    assert [link.url for link in words.links] == ["https://town.example/brot?x=1#oben"]
    assert [mention.uid for mention in words.mentions] == ["did:plc:ada"]
    assert words.tags == ("Brot",)
    assert "&amp; &lt;Käse&gt;" in words.html


def test_an_address_is_shown_short_and_leads_to_the_whole() -> None:
    laid = laid_out("Lest https://www.town.example/2026/03/vom-backen-im-winter?teil=2. Bald mehr")
    assert laid.text == "Lest www.town.example/2026/03/vom-.... Bald mehr"
    assert laid.spans[0].value == "https://www.town.example/2026/03/vom-backen-im-winter?teil=2"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://town.example/", "town.example"),
        ("https://town.example", "town.example"),
        ("http://town.example:81/a", "town.example:81/a"),
        ("https://town.example/" + "a" * 14, "town.example/" + "a" * 14),
        ("https://town.example/" + "a" * 15, "town.example/" + "a" * 12 + "..."),
        ("https://[bad", "https://[bad"),
    ],
)
def test_addresses_are_shortened_as_bluesky_does(address: str, shown: str) -> None:
    assert shown_as(address) == shown


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("(https://town.example/a)", ["https://town.example/a"]),
        ("https://town.example/a_(b) ja", ["https://town.example/a_(b)"]),
        (
            "https://town.example/a, https://hill.example/b!",
            ["https://town.example/a", "https://hill.example/b"],
        ),
        ("„https://town.example/a“", ["https://town.example/a"]),
        ("nothttps://town.example", []),
        ("ftp://town.example", []),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, addresses: list[str]) -> None:
    spans = laid_out(text).spans
    assert [span.value for span in spans if span.what is What.LINK] == addresses


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#Brot, #Käse!", ["Brot", "Käse"]),
        ("#1 ist keins, #1a schon", ["1a"]),
        ("a#b", []),
        ("##doppelt", ["#doppelt"]),
        ("#", []),
        ("#___", []),
        ("#" + "a" * 65, []),
        ("#" + "a" * 64, ["a" * 64]),
        ("https://town.example/#anker", []),
    ],
)
def test_tags_are_those_of_bluesky(text: str, tags: list[str]) -> None:
    assert [span.value for span in laid_out(text).spans if span.what is What.TAG] == tags


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ada.example, hör mal", ["ada.example"]),
        ("(@ada.example)", ["ada.example"]),
        ("ada@town.example", []),
        ("@ada@town.example", []),
        ("@ada", []),
        ("@ada.example.", ["ada.example"]),
        ("@-ada.example", []),
    ],
)
def test_handles_have_a_host_and_addresses_of_other_networks_are_none(
    text: str, handles: list[str]
) -> None:
    spans = laid_out(text).spans
    assert [span.value for span in spans if span.what is What.MENTION] == handles


def test_a_handle_that_nobody_has_stays_plain_text() -> None:
    assert bytes_marked("Hallo @nobody.example und @Ada.Example") == [b"@Ada.Example"]


def facet(start: int, end: int, **feature: str) -> dict[str, object]:
    kind = "link" if "uri" in feature else "tag"
    shown = {"$type": f"app.bsky.richtext.facet#{kind}", **feature}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [shown]}


@pytest.mark.parametrize(
    "broken",
    [
        facet(0, 99, uri="https://town.example"),
        facet(3, 3, uri="https://town.example"),
        facet(5, 3, uri="https://town.example"),
        facet(-2, 3, uri="https://town.example"),
        facet(0, 4, uri="javascript:alert(1)"),
        facet(0, 4, uri="//town.example"),
        facet(0, 4, tag=" "),
        {"index": {}, "features": []},
        {"features": "x"},
        "nonsense",
        None,
        7,
    ],
)
def test_a_facet_that_does_not_fit_is_passed_over(broken: object) -> None:
    words = words_of("äüöß", [broken])
    assert (words.links, words.tags, words.html) == ((), (), "<p>äüöß</p>")


def test_a_facet_that_cuts_a_letter_is_passed_over() -> None:
    assert words_of("ä!", [facet(1, 3, uri="https://town.example")]).links == ()
    assert words_of("ä!", [facet(0, 1, uri="https://town.example")]).links == ()


def test_of_two_facets_over_one_another_the_first_counts() -> None:
    both = [facet(0, 5, uri="https://town.example"), facet(3, 8, tag="brot")]
    words = words_of("Brot und Käse", both)
    assert words.html == '<p><a href="https://town.example">Brot </a>und Käse</p>'


def test_words_from_outside_are_no_html() -> None:
    words = words_of("<b>\n„Ja“</b>", [facet(0, 3, uri='https://town.example/"><script>')])
    assert "<script>" not in words.html
    assert "<b>" not in words.html
    assert "<br>" in words.html

"""A text as it will stand there: counted, warned of, refused."""

import msgspec
import pytest

from resonanz.networks.bluesky.compose import compose, counted, written
from resonanz.networks.bluesky.tests.sky import account
from resonanz.switchboard.shapes import Answering, Audience, Mention, Outgoing

COOK = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{COOKING}"
FLAG = "\N{REGIONAL INDICATOR SYMBOL LETTER D}\N{REGIONAL INDICATOR SYMBOL LETTER E}"
FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"


def outgoing(text: str = "Moin", **more: object) -> Outgoing:
    return msgspec.structs.replace(Outgoing(key="k", text=text), **more)


@pytest.mark.parametrize(
    ("text", "length"),
    [("Brot", 4), ("Brötchen", 8), ("Bro\u0308tchen", 8), (FLAG, 1), ("a\r\nb", 3), ("", 0)],
)
def test_what_counts_is_what_a_reader_sees(text: str, length: int) -> None:
    assert counted(text.replace("\r\n", "\n")) == length


def test_300_signs_fit_and_301_do_not() -> None:
    assert compose(outgoing("ä" * 300), account()).problems == ()
    assert compose(outgoing("ä" * 301), account()).problems == ("too_long",)


def test_3000_bytes_fit_and_3001_do_not() -> None:
    """A family has 18 bytes: 167 of them are few signs and too many bytes."""
    assert len(FAMILY.encode()) == 18
    fits, too_much = FAMILY * 166 + "a" * 12, FAMILY * 166 + "a" * 13
    assert (len(fits.encode()), len(too_much.encode())) == (3000, 3001)
    assert compose(outgoing(fits), account()).length == 300
    assert compose(outgoing(too_much), account()).problems == ("too_long",)


def test_the_count_is_in_graphemes() -> None:
    found = compose(outgoing(f"{COOK} kocht"), account())
    assert (found.unit, found.limit) == ("graphemes", 300)


def test_nobody_is_named_who_was_not() -> None:
    names = (Mention(uid="did:plc:ada", handle="@ada.example"),)
    answered = Answering(uid="at://x", local_id="at://x", names=names)
    found = compose(outgoing("Gern", answering=answered), account())
    assert (found.text, found.names_added) == ("Gern", ())


def test_a_warning_of_our_own_stands_first_and_counts() -> None:
    found = compose(outgoing("Lecker", warning="Zucker"), account())
    assert found.text == "CW: Zucker\n\nLecker"
    assert found.length == len(found.text)


def test_a_warning_that_is_a_label_goes_out_as_one() -> None:
    """As the answer to a labelled post carries it on, in whatever language it was written."""
    warning = "Nacktheit, Drastische Bilder"
    found = written(outgoing("Lecker", warning=warning, labels=("Nudity", "Graphic pictures")))
    assert (found.laid.text, found.labels) == ("Lecker", ("nudity", "graphic-media"))


def test_what_only_moderators_may_say_is_no_label_of_ours() -> None:
    said = "Hidden by the moderators"
    found = written(outgoing("x", warning=said, labels=(said,)))
    assert (found.laid.text, found.labels) == (f"CW: {said}\n\nx", ())


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.PUBLIC])
def test_everything_is_public_there(audience: Audience) -> None:
    assert compose(outgoing(audience=audience), account()).problems == ("audience_not_offered",)


def test_a_long_address_costs_little() -> None:
    address = "https://town.example/" + "sehr-lang-" * 40
    assert compose(outgoing(f"Lest {address}"), account()).problems == ()

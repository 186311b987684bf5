"""Keys of our own: the same for the same thing, and in the form that servers want."""

import re

from resonanz.networks.bluesky.record_keys import record_key

# https://atproto.com/specs/tid, “TID Syntax”
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def test_a_key_has_the_form_of_a_tid() -> None:
    assert all(TID.fullmatch(record_key("us", str(number))) for number in range(2000))


def test_a_key_is_the_same_on_every_attempt() -> None:
    assert record_key("did:plc:us", "a1b2") == record_key("did:plc:us", "a1b2")


def test_keys_are_different_for_different_things() -> None:
    assert len({record_key("us", str(number)) for number in range(20_000)}) == 20_000
    assert record_key("a", "b c") != record_key("a b", "c")


def test_no_key_seems_to_come_from_the_future() -> None:
    """A key that was given in March 2024 sorts behind all of ours, as time does in them."""
    assert all(record_key("us", str(number)) < "3kn2222222222" for number in range(2000))

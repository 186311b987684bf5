"""Web addresses as people write them into a text, where the sentence ends. Pure."""

import re

WRITTEN_LINK = re.compile(r"https?://[^\s<>\"„“”»«]+", re.IGNORECASE)
BEHIND_A_LINK = ".,;:!?'’*_~"


def without_what_follows(address: str) -> str:
    """An address without the full stop or the bracket that ends the sentence around it."""
    while address:
        is_bracket = address[-1] == ")" and address.count(")") > address.count("(")
        if address[-1] not in BEHIND_A_LINK and not is_bracket:
            break
        address = address[:-1]
    return address

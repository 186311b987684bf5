"""Web addresses as people write them into a text, where the sentence ends. Pure."""

import re

WRITTEN_LINK = re.compile(r"https?://[^\s<>\"„“”»«`|\\^]+", re.IGNORECASE)
BEHIND_A_LINK = ".,;:!?'’*_~…"
BRACKETS = {")": "(", "]": "[", "}": "{"}


def links_written_in(text: str) -> list[str]:
    """The addresses in a plain text (or Markdown), in their order, as often as they stand there."""
    told = (without_what_follows(found) for found in WRITTEN_LINK.findall(text))
    return [address for address in told if address]


def without_what_follows(address: str) -> str:
    """An address without the full stop or the bracket that ends the sentence around it."""
    while address:
        if address[-1] not in BEHIND_A_LINK and not _is_loose_bracket(address):
            break
        address = address[:-1]
    return address


def _is_loose_bracket(address: str) -> bool:
    """Whether the last sign closes a bracket that was opened before the address."""
    opening = BRACKETS.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])

"""Reading payloads carefully: a broken part is left out, or told as `Unreadable`. Pure.

Nothing here quotes what it could not read.
"""

import logging
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from resonanz.switchboard.trouble import Unreadable
from resonanz.switchboard.wording import N_

Payload = TypeVar("Payload")
log = logging.getLogger(__name__)

NOT_AS_ASKED = N_("The server sent something that is not what was asked for.")


def read(raw: bytes | msgspec.Raw, shape: type[Payload]) -> Payload:
    """Decode one payload. Raises `Unreadable`, without quoting it."""
    try:
        return msgspec.json.decode(raw, type=shape, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise Unreadable(NOT_AS_ASKED) from cause


def read_each(raws: Iterable[msgspec.Raw], shape: type[Payload]) -> list[Payload]:
    """Decode every payload of a list. One broken entry is left out, so that it hides no other.

    Raises `Unreadable` when none of them can be read.
    """
    found: list[Payload] = []
    broken: Unreadable | None = None
    left_out = 0
    for raw in raws:
        try:
            found.append(read(raw, shape))
        except Unreadable as trouble:
            broken, left_out = trouble, left_out + 1
    if broken and not found:
        raise broken
    if left_out:
        log.warning("%d of %d entries could not be read.", left_out, left_out + len(found))
    return found


def part_of(sent: object, shape: type[Payload]) -> Payload | None:
    """A part of a decoded payload, or None when it is missing or of another form."""
    if sent is None:
        return None
    try:
        return msgspec.convert(sent, shape, strict=False)
    except (msgspec.ValidationError, RecursionError):
        return None

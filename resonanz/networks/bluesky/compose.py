"""A text of ours as it will stand there: laid out, labelled, counted. Pure.

Nobody is named who was not: whoever is answered is told of it here, named or not. A content
warning of our own stands as a first line, as people do here, unless it is one of the network's
labels.
"""

from collections.abc import Iterator
from typing import NamedTuple

from resonanz.networks.bluesky.facets import Laid, laid_out
from resonanz.networks.bluesky.graphemes import graphemes
from resonanz.networks.bluesky.labels import labels_for
from resonanz.networks.bluesky.limits import TEXT_LIMIT_BYTES, TEXT_LIMIT_GRAPHEMES
from resonanz.switchboard.pictures import problems_of
from resonanz.switchboard.shapes import Account, Audience, Composed, Outgoing

# How people mark a warning where there is no field for one.
WARNING_BEGINS = "CW: "
BYTES_PER_GRAPHEME = TEXT_LIMIT_BYTES // TEXT_LIMIT_GRAPHEMES


class Written(NamedTuple):
    """What goes into a record: the text with what is marked in it, and our own labels."""

    laid: Laid
    labels: tuple[str, ...]


def written(outgoing: Outgoing) -> Written:
    """The text with its warning."""
    text = outgoing.text.replace("\r\n", "\n").strip()
    warning = " ".join(outgoing.warning.split())
    own_labels = labels_for(outgoing.labels)
    if warning and not own_labels:
        text = f"{WARNING_BEGINS}{warning}\n\n{text}".strip()
    return Written(laid_out(text), own_labels)


def compose(outgoing: Outgoing, account: Account) -> Composed:
    """The text as it will stand there, counted, with what stops it from being sent."""
    text = written(outgoing).laid.text
    length = counted(text)
    return Composed(
        text=text,
        length=length,
        limit=TEXT_LIMIT_GRAPHEMES,
        unit="graphemes",
        problems=tuple(problems(outgoing, account, length)),
    )


def counted(text: str) -> int:
    """The length in graphemes.

    There are two limits, 300 graphemes and 3,000 bytes. Where the bytes are nearer to theirs,
    ten of them count as one grapheme, so that one number tells how much room is left.
    """
    return max(graphemes(text), -(-len(text.encode()) // BYTES_PER_GRAPHEME))


def problems(outgoing: Outgoing, account: Account, length: int) -> Iterator[str]:
    """Codes of what stops it from being sent."""
    if not outgoing.text.strip() and not outgoing.pictures:
        yield "empty"
    if length > TEXT_LIMIT_GRAPHEMES:
        yield "too_long"
    answered = outgoing.answering
    if answered and outgoing.audience.is_wider_than(answered.audience):
        yield "wider_than_answered"
    if outgoing.audience is not Audience.PUBLIC:
        yield "audience_not_offered"
    yield from problems_of(outgoing.pictures, account.facts)

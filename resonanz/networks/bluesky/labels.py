"""Labels: what authors and moderation services stick on posts and accounts. Pure.

Source: https://docs.bsky.app/docs/advanced-guides/moderation and …/labels, and
lexicons/com/atproto/label/defs.json (read 2026-11-22).
"""

from collections.abc import Iterable, Sequence

from resonanz.networks.bluesky.payloads import LabelPayload, ProfilePayload, SelfLabels
from resonanz.plumbing.label_words import ADULT, GRAPHIC, HIDDEN, MARKED, NUDITY, SUGGESTIVE
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import Wish

# What authors may stick on a post themselves, in words.
SELF_LABELS = {
    "porn": ADULT,
    "sexual": SUGGESTIVE,
    "nudity": NUDITY,
    "graphic-media": GRAPHIC,
}
WORDS = {**SELF_LABELS, "gore": GRAPHIC, "!warn": MARKED, "!hide": HIDDEN}
ONLY_SIGNED_IN = "!no-unauthenticated"
BOT = "bot"
# Labels that say something else than “look before you open it”.
NO_WARNINGS = frozenset({ONLY_SIGNED_IN, BOT, "!no-promote"})


def values_of(labels: Iterable[LabelPayload] | None) -> list[str]:
    """The labels that hold, each once; those do not that were taken back by who had put them."""
    found = list(labels or ())
    taken_back = {(label.src, label.val) for label in found if label.neg}
    holding = (label.val for label in found if (label.src, label.val) not in taken_back)
    return [val for val in dict.fromkeys(holding) if val]


def self_labels(sent: object) -> list[LabelPayload]:
    """What an author stuck on a record."""
    found = part_of(sent, SelfLabels)
    return found.values or [] if found else []


def on_account(profile: ProfilePayload) -> list[LabelPayload]:
    """Labels on a whole account, which hold for all that it says; others are on its profile."""
    return [label for label in profile.labels or () if label.uri == profile.did]


def warning_of(values: Iterable[str]) -> str:
    """Labels as a content warning in words; those of other services in their own."""
    words = (WORDS.get(val, val.strip("!").replace("-", " ")) for val in values)
    return ", ".join(dict.fromkeys(word for word in words if word))


def warnings_in(labels: Iterable[LabelPayload] | None) -> list[str]:
    """The labels of a post that ask to look before opening it."""
    return [val for val in values_of(labels) if val not in NO_WARNINGS]


def labels_for(words: Sequence[str]) -> tuple[str, ...]:
    """The labels of our own that say these words; none where one of them is no word of theirs."""
    known = {word: val for val, word in SELF_LABELS.items()}
    return tuple(known[word] for word in words) if set(words) <= set(known) else ()


def wishes_of(labels: Iterable[LabelPayload] | None) -> tuple[Wish, ...]:
    """What an account asks of others by its labels."""
    return (Wish.ONLY_SIGNED_IN,) if ONLY_SIGNED_IN in values_of(labels) else ()


def is_bot(labels: Iterable[LabelPayload] | None, did: str) -> bool:
    """Whether an account says of itself that nobody sits there."""
    own = [label for label in labels or () if label.src in ("", did)]
    return BOT in values_of(own)

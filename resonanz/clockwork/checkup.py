"""What `resonanz doctor` looks at. Each room may add what it knows to be able to go wrong.

    CHECKUP.add(60, mail_can_be_sent)      # mail_can_be_sent() -> Iterator[Finding]

A check says a sentence for everything it looked at, also when all is well. It changes nothing,
takes a few seconds at most, and never says a secret.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from resonanz.plumbing.panels import Place


class Tone(StrEnum):
    """How it is: only what is bad makes the doctor's exit status 1."""

    GOOD = "good"
    ODD = "odd"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: English sentences; `next_step` says what to do, "" nothing."""

    about: str
    tone: Tone
    sentence: str
    next_step: str = ""


CHECKUP: Place[Callable[[], Iterable[Finding]]] = Place("the doctor's round")


def good(about: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(about, Tone.GOOD, sentence)


def odd(about: str, sentence: str, next_step: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding(about, Tone.ODD, sentence, next_step)


def bad(about: str, sentence: str, next_step: str) -> Finding:
    """It does not work, or soon will not."""
    return Finding(about, Tone.BAD, sentence, next_step)

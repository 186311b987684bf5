"""The test kit that every network must pass.

A network describes itself in a `Case`: how to open a connector, and what a good server answers
while each ability is used. From that the kit makes its checks: every ability, every
non-ability, every trouble of the wire, writing once, keeping secrets. It fakes the wire and
nothing else. It is imported by tests only, and knows no network.
"""

from resonanz.switchboard.testkit.case import (
    DESCRIPTION,
    NOW,
    PICTURE,
    TEXT,
    Answered,
    Case,
    ContractBroken,
    Exchange,
    Meaning,
    Uploaded,
    Written,
)
from resonanz.switchboard.testkit.kit import Check, checks_for, every_check_of

__all__ = [
    "DESCRIPTION",
    "NOW",
    "PICTURE",
    "TEXT",
    "Answered",
    "Case",
    "Check",
    "ContractBroken",
    "Exchange",
    "Meaning",
    "Uploaded",
    "Written",
    "checks_for",
    "every_check_of",
]

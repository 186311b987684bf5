"""How a network describes itself to the kit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from resonanz.switchboard.contract import Can, Network
from resonanz.switchboard.shapes import Account, Audience, Mention
from resonanz.switchboard.trouble import Trouble, Unreadable

# The moment at which every check happens.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# What the kit publishes and answers with.
TEXT = "Guten Morgen aus der Backstube, die Zimtschnecken sind fertig."
TITLE = "Was heute aus dem Ofen kommt"
WARNING = "Zucker"
LANGUAGE = "de"
# The picture it shows: one white point, as small as a PNG gets.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63"
    "f80f0001010100b138f6140000000049454e44ae426082"
)
DESCRIPTION = "Eine Zimtschnecke auf einem Backblech."

# Whom the kit answers, unless a case names somebody else.
ADA = Mention(uid="https://town.example/ada", handle="@ada@town.example")


class ContractBroken(AssertionError):
    """A connector does not do what the contract says. The message is a sentence."""


def expect(condition: object, sentence: str) -> None:
    """Raise `ContractBroken` with a sentence unless the condition holds."""
    if not condition:
        raise ContractBroken(sentence)


@dataclass(frozen=True)
class Answered:
    """A canned answer: `json` (anything msgspec can encode) or `body`, with status and headers."""

    json: Any = None
    body: bytes | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


# One answer for ever, several in turn (the last one stays), or one made from the request.
Answers = Answered | Sequence[Answered] | Callable[[httpx.Request], Answered]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What a good server answers while one ability is used.

    `answers` maps `GET /path` (or `GET https://host/path`, `*` stands for anything) to answers.
    `afterwards` are laid over them once a write was accepted: what `find_published` then sees.
    `local_id` is what to open, boost, favourite, follow or answer. `at_least` is how many posts
    and reactions a reading has to find. `cursor` is one that an earlier look left; give it, and
    the checks of cursors are made from there, too. `address` is that of a post on another server,
    for looking there, or that of a page that links to `local_id`, a page of ours. What can be
    taken back needs the answers for that as well.
    """

    answers: Mapping[str, Answers]
    afterwards: Mapping[str, Answers] = field(default_factory=dict)
    local_id: str = "1"
    at_least: int = 1
    cursor: str = ""
    address: str = ""


@dataclass(frozen=True)
class Uploaded:
    """What a request that brings a file holds, read back by the case.

    `description` is empty where it goes with the text (`Written.descriptions`).
    """

    content: bytes
    description: str


@dataclass(frozen=True)
class Written:
    """What a write request says, read back by the case from its body and headers."""

    text: str
    audience: Audience = Audience.PUBLIC
    warning: str = ""
    language: str = ""
    answers_local_id: str = ""
    quotes_local_id: str = ""
    title: str = ""
    is_draft: bool = False
    picture_ids: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """A fault that means something else on this network, with the reason in words."""

    trouble: type[Trouble]
    because: str


NO_PROTOCOL = Meaning(Unreadable, "An answer that the protocol does not allow.")


def writes_by_method(request: httpx.Request) -> bool:
    """Whether a request writes, as HTTP has it (RFC 9110, section 9.2.1)."""
    return request.method not in ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One network, one connected account, and what its server answers.

    `can` says which abilities the connector must offer, so that a lost one is noticed.
    `exchanges` holds one exchange per ability, `verify` the one for asking who we are.
    `secrets` are the strings that must never be seen: put real-looking ones into the account.

    `meanings` maps a fault's name (`403`, or `verify/403` for one deed only; see `faults.py`) to
    what it means here, where that differs.
    `unreadable` says what an answer means that is none, where it is not `Unreadable`.
    `excused` maps the name of a check to the reason why it may fail; a check that is excused
    and passes is reported, so that no excuse outlives its reason.

    `written` reads a write request back, `uploaded` one that brings a file (None for any other
    request). `repeat_key` gives the key by which the server knows a
    repeated write ("" for none), or is None where servers recognise nothing.
    `no_wire_because` is set instead of exchanges by a network that speaks to nobody, and
    `no_secrets_because` instead of secrets by one that has none.
    """

    network: Network
    account: Account
    can: frozenset[Can]
    exchanges: Mapping[Can, Exchange] = field(default_factory=dict)
    verify: Exchange | None = None
    secrets: tuple[str, ...] = ()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    excused: Mapping[str, str] = field(default_factory=dict)
    no_wire_because: str = ""
    no_secrets_because: str = ""
    is_write: Callable[[httpx.Request], bool] = writes_by_method
    written: Callable[[httpx.Request], Written] | None = None
    uploaded: Callable[[httpx.Request], Uploaded | None] | None = None
    repeat_key: Callable[[httpx.Request], str] | None = None
    answered: Mention = ADA
    names_the_answered: bool = True
    keeps_warnings: bool = True
    keeps_languages: bool = True
    unreadable: Meaning = NO_PROTOCOL
    most_requests: int = 200

    @property
    def has_wire(self) -> bool:
        """Whether there is a wire to fake."""
        return not self.no_wire_because

"""What is worth a letter: places that rooms above this one fill.

SOURCES.add(20, Source(name="mention", kind=Kind.NOTE, words=words_of_mention, find=mentions))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from resonanz.letters.models import Letter
from resonanz.plumbing.panels import Place
from resonanz.workspaces.models import Alarm, Member

MAIL, PUSH = Letter.Way.MAIL, Letter.Way.PUSH
BOTH = frozenset({MAIL, PUSH})


@dataclass(frozen=True)
class Tidings:
    """Something to tell a member.

    `about` names the matter within its source: what has the same name is told her only once, by
    each way. `facts` hold what its words need later: ids, names of our own, counts; never a text.
    """

    member: Member
    about: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """A letter in the reader's language: what it says, and the path of the page it leads to.

    A pushed message shows the title and the first paragraph. `path` begins with "/"; a letter
    with a link from elsewhere has it in `link`, whole.
    """

    title: str
    paragraphs: tuple[str, ...]
    path: str = "/"
    link: str = ""


def nothing(_now: datetime) -> Iterable[Tidings]:
    """For sources that are not asked, because their letters are written at once."""
    return ()


@dataclass(frozen=True)
class Source:
    """One kind of tidings.

    `find(now)` is asked every minute, gives what is worth telling, and need not know what was
    told already. `words(letter)` is asked when the letter goes out, in its reader's language and
    time zone, and gives None when it is not needed any more. Mail waits for `mail_waits` where
    she is told in a browser first; by then it may not be needed. `keeps_hours` is false for what
    somebody waits for at this moment.
    """

    name: str
    kind: Letter.Kind
    words: Callable[[Letter], Wording | None]
    find: Callable[[datetime], Iterable[Tidings]] = nothing
    ways: frozenset[Letter.Way] = BOTH
    mail_waits: timedelta = timedelta(0)
    keeps_hours: bool = True


SOURCES: Place[Source] = Place("what is worth a letter")

# An alarm in the reader's language: what happened, and what to do; never another side's words.
ALARM_WORDS: Place[Callable[[Alarm], tuple[str, str]]] = Place("the words of alarms")


# What rooms above offer in a house that was put on a home screen: members of its manifest.
MANIFEST: Place[Callable[[], dict[str, Any]]] = Place("in the manifest")


def matter_of(source: Source, about: str) -> str:
    """What a letter is about, as its row says it."""
    return f"{source.name}:{about}"[:160]


def source_of(letter: Letter) -> Source | None:
    """Where a letter came from; None when a later version took the source away."""
    name = letter.matter.partition(":")[0]
    return next((source for source in SOURCES if source.name == name), None)

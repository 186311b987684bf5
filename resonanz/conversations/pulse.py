"""What an open page asks every few seconds: what has changed since it was made.

A page carries a token that says what it knows. It is written here, goes through the browser, and
comes back with the next question; what makes no sense in it counts as knowing nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.models import Conversation, Presence
from resonanz.conversations.presence import KEPT_FOR, here_of, note_presence, sentences_of
from resonanz.workspaces.json_rows import JsonRows
from resonanz.workspaces.models import Alarm, Member

# On PostgreSQL a transaction may commit a moment after another one that began later: what
# changed this shortly before the newest known change is looked at once more.
OVERLAP = timedelta(seconds=5)
MOST = 50
# An answer without a body says in this header what the page knows now.
KNOWN = "Pulse-Known"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MOST_DIGITS = 18

Change = tuple[int, int]


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _moment(micros: int) -> datetime:
    return EPOCH + micros * MICROSECOND


def number_in(told: str) -> int | None:
    """The number that a text is, of at most 18 digits; None for any other text."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else None


@dataclass(frozen=True)
class Known:
    """What a page knows of the inbox: changes until `newest`, and the number of open alarms.

    `recent` are changes (conversation, microseconds since 1970) that lie shortly before `newest`;
    None on a page that was just made and shows all of them.
    """

    newest: datetime
    recent: frozenset[Change] | None = None
    alarms: int | None = None

    @classmethod
    def now(cls) -> "Known":
        """What a page knows that is being made now."""
        return cls(timezone.now())

    @classmethod
    def read(cls, told: str) -> "Known":
        """Read a token; nonsense is a page that was made now."""
        newest, _sign, rest = told.partition(";")
        alarms, sign, changes = rest.partition(";")
        micros = number_in(newest)
        if micros is None or micros >= _micros(timezone.now() + timedelta(days=1)):
            return cls.now()
        pairs = [change.partition(".") for change in changes.split(",")[:MOST]]
        numbers = [(number_in(pk), number_in(at)) for pk, _dot, at in pairs]
        recent = frozenset((pk, at) for pk, at in numbers if pk is not None and at is not None)
        return cls(_moment(micros), recent if sign else None, number_in(alarms))

    def __str__(self) -> str:
        """The token."""
        alarms = "" if self.alarms is None else self.alarms
        if self.recent is None:
            return f"{_micros(self.newest)};{alarms}"
        changes = ",".join(f"{pk}.{at}" for pk, at in sorted(self.recent))
        return f"{_micros(self.newest)};{alarms};{changes}"


@dataclass(frozen=True)
class News:
    """How many conversations changed (at most 50), and whether the frame's count did."""

    known: Known
    count: int
    is_rail_new: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether the page shows all of it already."""
        return not self.count and not self.is_rail_new

    @property
    def sentence(self) -> str:
        """What the page says when it does not show the news by itself."""
        if self.count >= MOST:
            return _("Many conversations changed.")
        if not self.count:
            return ""
        words = ngettext(
            "One conversation changed.", "%(count)s conversations changed.", self.count
        )
        return words % {"count": self.count}


def news_of_inbox(
    member: Member, known: Known, *, alarms: int | None = None, besides: int | None = None
) -> News:
    """What changed in the conversations that a member may see, besides the one that is open.

    One question, and a second one unless `alarms` says how many are up.
    """
    rows = Conversation.objects.visible_to(member).inbox()
    changed = rows.filter(changed_at__gt=known.newest - OVERLAP).order_by("-changed_at")
    found = {(pk, _micros(at)) for pk, at in changed.values_list("pk", "changed_at")[:MOST]}
    newest = max(known.newest, *(_moment(at) for _pk, at in found), EPOCH)
    begin = _micros(newest - OVERLAP)
    if alarms is None:
        alarms = member.workspace.alarms.filter(over_at=None).count()
    return News(
        known=Known(newest, frozenset(one for one in found if one[1] > begin), alarms),
        count=len({pk for pk, at in found if pk != besides and _is_new((pk, at), known)}),
        is_rail_new=known.alarms not in (None, alarms),
    )


def _is_new(change: Change, known: Known) -> bool:
    if known.recent is None:
        return change[1] > _micros(known.newest)
    return change not in known.recent


@dataclass(frozen=True)
class KnownTalk:
    """What a page knows of the open talk: when it changed, and a digest of who else is here."""

    changed: int
    people: int = 0

    @classmethod
    def of(cls, conversation: Conversation) -> "KnownTalk":
        """What a page knows that is made now of this conversation as it was loaded."""
        return cls(_micros(conversation.changed_at))

    @classmethod
    def read(cls, told: str) -> "KnownTalk":
        """Read a token."""
        changed, _sign, people = told.partition(";")
        return cls(number_in(changed) or 0, number_in(people) or 0)

    def __str__(self) -> str:
        """The token."""
        return f"{self.changed};{self.people}"


@dataclass(frozen=True)
class TalkNews:
    """What is new for a page with an open talk. `people` says who else is here, in sentences."""

    known: KnownTalk
    is_changed: bool
    people: list[str]
    is_people_new: bool


def with_people(found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Conversations with who is there (`told_here`) and the number of alarms (`alarm_count`)."""
    since = timezone.now() - KEPT_FOR
    here = Presence.objects.filter(
        conversation=OuterRef("pk"), seen_at__gt=since, member__left_at=None
    )
    up = Alarm.objects.filter(workspace=OuterRef("workspace"), over_at=None).order_by()
    counted = up.values("workspace").annotate(n=Count("pk")).values("n")
    return found.annotate(
        told_here=JsonRows(
            here, member="member_id", name="member__name", seen_at="seen_at", wrote_at="wrote_at"
        ),
        alarm_count=Coalesce(Subquery(counted), 0),
    ).only("changed_at")


def news_of_talk(
    conversation: Conversation, member: Member, known: KnownTalk, *, is_writing: bool
) -> TalkNews:
    """What changed in a talk (of `with_people`); the others learn that the member is here.

    Asks nothing; every fifteen seconds it notes that the member is here.
    """
    here = here_of(getattr(conversation, "told_here", ()))
    note_presence(conversation.pk, member, here, is_writing=is_writing)
    people = sentences_of(here, member)
    now = KnownTalk(_micros(conversation.changed_at), crc32("\n".join(people).encode()))
    return TalkNews(
        known=now,
        is_changed=now.changed != known.changed,
        people=people,
        is_people_new=now.people != known.people,
    )


@dataclass(frozen=True)
class Pulse:
    """What a page that stays open asks (`url`), what it knows, and where it takes news (`page`)."""

    url: str
    page: str
    known: str
    talk: str = ""

    @classmethod
    def of_inbox(cls, page: str) -> "Pulse":
        """That of a page which shows conversations; made before they are asked for."""
        return cls(reverse("conversations-pulse"), page, str(Known.now()))

    @classmethod
    def of_talk(cls, conversation: Conversation, page: str) -> "Pulse":
        """That of a page with an open talk."""
        url = reverse("conversations-talk-pulse", args=[conversation.pk])
        return cls(url, page, str(Known.now()), str(KnownTalk.of(conversation)))

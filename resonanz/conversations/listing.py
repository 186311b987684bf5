"""What of the inbox is shown: whose turn, who has it, where, in which language; all combinable.

The filters stand in the address, so that every view of the inbox can be kept, named and shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from resonanz.conversations.models import Conversation, MatterLink, Post, Sighting
from resonanz.conversations.moderating import held_posts
from resonanz.people.by_hand import BY_HAND
from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.sheets import Sheet, sheet_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import local_day, stands_in_for

TURNS = ("ours", "theirs", "done", "aside", "all")
NOBODY, ME, OTHERS = "nobody", "me", "others"
A_PAGE, A_LONG_PAGE, BESIDE_A_TALK = 30, 100, 15
HELD = Post.Standing.HELD.value
LANGUAGE_CHARACTERS = 20


@dataclass(frozen=True)
class Chosen:
    """A choice of conversations.

    `turn` is one of TURNS; `who` is empty, "me", "nobody", "others" or a member's id; `since` is
    the first day of the last word. With `is_held` only those in which a comment waits for approval.
    """

    turn: str = "ours"
    who: str = ""
    channel: int | None = None
    network: str = ""
    language: str = ""
    is_direct: bool = False
    has_matter: bool = False
    is_held: bool = False
    since: date | None = None

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Chosen":
        """Read from an address; anything unknown is the usual choice."""
        kind, _sign, name = told.get("where", "").partition(":")
        turn, who = told.get("turn", ""), told.get("who", "")
        is_number = name.isdecimal() and len(name) < 19
        return cls(
            turn=turn if turn in TURNS else "ours",
            who=who if who in (ME, NOBODY, OTHERS) or _is_id(who) else "",
            channel=int(name) if kind == "channel" and is_number else None,
            network=name[:40] if kind == "network" else "",
            language=told.get("language", "")[:LANGUAGE_CHARACTERS],
            is_direct=told.get("direct") == "1",
            has_matter=told.get("matter") == "1",
            is_held=told.get("standing") == HELD,
            since=_day(told.get("since", "")),
        )

    @property
    def where(self) -> str:
        """Channel or network as it stands in the address."""
        if self.channel is not None:
            return f"channel:{self.channel}"
        return f"network:{self.network}" if self.network else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but whose turn it is was chosen."""
        return self != Chosen(turn=self.turn)

    def told(self) -> dict[str, str]:
        """The choice as it stands in an address; what is usual is left out."""
        given = {
            "turn": self.turn if self.turn != "ours" else "",
            "who": self.who,
            "where": self.where,
            "language": self.language,
            "direct": "1" if self.is_direct else "",
            "matter": "1" if self.has_matter else "",
            "standing": HELD if self.is_held else "",
            "since": self.since.isoformat() if self.since else "",
        }
        return {name: value for name, value in given.items() if value}

    def query(self, **more: str) -> str:
        """The end of an address that chooses the same, with more behind it; "" for the usual."""
        told = self.told() | {name: value for name, value in more.items() if value}
        return f"?{urlencode(told)}" if told else ""

    def but(self, **changed: str) -> "Chosen":
        """The same choice with another turn or another holder."""
        return replace(self, **changed)  # type: ignore[arg-type]


def _is_id(told: str) -> bool:
    return told.isdecimal() and len(told) < 19


def _day(told: str) -> date | None:
    try:
        return parse_date(told)
    except ValueError:
        return None


def list_conversations(
    member: Member, chosen: Chosen, mark: Mark | None = None, *, size: int = A_PAGE
) -> Sheet[Conversation]:
    """One page of the inbox: where we are waited for the longest wait first, else latest first."""
    visible = Conversation.objects.visible_to(member).inbox().with_faces()
    found = _whose_turn(visible, chosen.turn)
    found = _where(_who_has_it(found, member, chosen.who), chosen)
    if chosen.language:
        same = Q(language=chosen.language) | Q(language__startswith=f"{chosen.language}-")
        found = found.filter(same)
    if chosen.is_direct:
        found = found.filter(is_direct=True)
    if chosen.has_matter:
        linked = MatterLink.objects.filter(matter__workspace=member.workspace_id)
        found = found.filter(pk__in=linked.values("conversation"))
    if chosen.is_held:
        held = held_posts(member.workspace).order_by()
        found = found.filter(pk__in=held.values("conversation"))
    if chosen.since is not None:
        morning = timezone.make_aware(datetime.combine(chosen.since, time.min))
        found = found.filter(last_post_at__gte=morning)
    if chosen.turn == "ours":
        waiting = found.filter(waiting_since__isnull=False)
        return sheet_of(waiting, "waiting_since", mark, size=size, oldest_first=True)
    return sheet_of(found, "last_post_at", mark, size=size)


def _whose_turn(found: QuerySet[Conversation], turn: str) -> QuerySet[Conversation]:
    if turn == "all":
        return found
    if turn == "aside":
        return found.filter(is_snoozed=True)
    return found.filter(turn=turn, is_snoozed=False)


def _who_has_it(found: QuerySet[Conversation], member: Member, who: str) -> QuerySet[Conversation]:
    """What is somebody's for whom she stands in today is hers, too."""
    if who == ME:
        return _held_by(found, _her_hats(member))
    if who == NOBODY:
        return found.filter(assignee=None)
    if who == OTHERS:
        return found.exclude(assignee=None).exclude(assignee=member)
    return _held_by(found, [int(who)]) if who else found


def _held_by(found: QuerySet[Conversation], members: Sequence[int]) -> QuerySet[Conversation]:
    # Said twice, because only then SQLite sees that the index of what somebody has will do.
    held = found.filter(~Q(assignee=None))
    return (
        held.filter(assignee=members[0]) if len(members) == 1 else held.filter(assignee__in=members)
    )


def _her_hats(member: Member) -> Sequence[int]:
    others = stands_in_for(member, local_day(member.workspace))
    return [member.pk, *(one.pk for one in others)]


def _on_network(network: str) -> Q:
    """A network, or every place where something was noted by hand."""
    return Q(network__startswith=f"{BY_HAND}:") if network == BY_HAND else Q(network=network)


def _where(found: QuerySet[Conversation], chosen: Chosen) -> QuerySet[Conversation]:
    if chosen.network:
        found = found.filter(_on_network(chosen.network))
    if chosen.channel is not None:
        # One in the other, because SQLite would begin a joint question with all that a channel saw.
        sighted = Sighting.objects.filter(post=OuterRef("pk"), channel=chosen.channel)
        spoken = Post.objects.filter(Exists(sighted), conversation=OuterRef("pk"))
        found = found.filter(Exists(spoken))
    return found

"""Every read about matters: lists, what is told of one, and who is to be told what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz.conversations.models import Conversation, Matter, MatterLink, MatterStep, Post
from resonanz.conversations.models.conversations import in_sight_of
from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.sheets import Sheet, sheet_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import away_today
from resonanz.workspaces.roles import May, may

A_PAGE = 30
LINKS_SHOWN = 50
STEPS_SHOWN = 200
LOOKED_THROUGH = 1000
FOUND_SHOWN = 20
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class ChosenMatters:
    """A choice of matters: open or settled, by whom (empty, "me", "nobody", an id), of a kind."""

    is_settled: bool = False
    who: str = ""
    kind: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "ChosenMatters":
        """Read from an address; anything unknown is the usual choice."""
        who, kind = told.get("who", ""), told.get("kind", "")
        is_id = who.isdecimal() and len(who) < 19
        return cls(
            is_settled=told.get("show") == "settled",
            who=who if who in (ME, NOBODY) or is_id else "",
            kind=kind if kind in Matter.Kind.values else "",
        )

    def query(self, **more: str) -> str:
        """The end of an address that chooses the same; "" for the usual."""
        told = {"show": "settled" if self.is_settled else "", "who": self.who, "kind": self.kind}
        given = {name: value for name, value in (told | more).items() if value}
        return f"?{urlencode(given)}" if given else ""


def list_matters(member: Member, chosen: ChosenMatters, mark: Mark | None) -> Sheet[Matter]:
    """One page of matters: the latest first, settled ones by when they were settled.

    Each says how many conversations it has (`link_count`) and in how many of them nobody was
    told (`untold_count`).
    """
    found = Matter.objects.visible_to(member).filter(settled_at__isnull=not chosen.is_settled)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.who == NOBODY:
        found = found.filter(colleague=None)
    elif chosen.who:
        found = found.filter(colleague=member.pk if chosen.who == ME else int(chosen.who))
    column = "settled_at" if chosen.is_settled else "created_at"
    return sheet_of(_counted(found), column, mark, size=A_PAGE)


def _counted(found: QuerySet[Matter]) -> QuerySet[Matter]:
    links = MatterLink.objects.filter(matter=OuterRef("pk")).order_by().values("matter")
    untold = links.filter(told_at=None)
    return found.select_related("colleague").annotate(
        link_count=Subquery(links.annotate(n=Count("pk")).values("n")),
        untold_count=Subquery(untold.annotate(n=Count("pk")).values("n")),
    )


def find_open_matters(member: Member, words: str, conversation: Conversation) -> list[Matter]:
    """Open matters whose titles hold all of the words, the latest first, at most twenty.

    Those that the conversation is linked to already are left out. Looks through the latest
    thousand, without regard to capitals; every matter looks like that few letters.
    """
    open_ones = Matter.objects.open().visible_to(member).exclude(links__conversation=conversation)
    wanted = words.casefold().split()
    titles = open_ones.order_by("-created_at").values_list("pk", "title")[:LOOKED_THROUGH]
    ids = [pk for pk, title in titles if all(word in title.casefold() for word in wanted)]
    found = Matter.objects.filter(pk__in=ids[:FOUND_SHOWN]).select_related("colleague")
    return list(found.order_by("-created_at"))


def links_of(member: Member, matter: Matter) -> list[MatterLink]:
    """The conversations in which a matter was spoken of, those to be told first; at most fifty."""
    links = matter.links.filter(in_sight_of(member)).select_related("conversation", "told_by")
    return list(links.order_by("told_at", "-linked_at", "-pk")[:LINKS_SHOWN])


def steps_of(matter: Matter) -> list[MatterStep]:
    """The history of a matter, the latest two hundred steps, oldest first."""
    return list(matter.steps.select_related("member").order_by("-at", "-pk")[:STEPS_SHOWN])[::-1]


def step_sentence(step: MatterStep) -> str:
    """Who did what, in the reader's language."""
    told = {"who": step.member.name if step.member else _("Somebody"), "to": step.text}
    if step.verb == MatterStep.Verb.GIVEN and not step.text:
        return _("%(who)s gave it to nobody in particular") % told
    sentences = {
        MatterStep.Verb.OPENED.value: _("%(who)s opened it"),
        MatterStep.Verb.GIVEN.value: _("%(who)s gave it to %(to)s"),
        MatterStep.Verb.NOTED.value: _("%(who)s noted"),
        MatterStep.Verb.SETTLED.value: _("%(who)s settled it"),
        MatterStep.Verb.REOPENED.value: _("%(who)s opened it again"),
    }
    return sentences[step.verb] % told


def hats_of(member: Member) -> list[int]:
    """Her own id and those of whom she stands in for today. Costs nothing where nobody is away."""
    away = away_today(member).items()
    return [member.pk, *(pk for pk, one in away if one.stand_in == member)]


def open_matters_of(member: Member) -> QuerySet[Matter]:
    """Open matters that she looks after, also in somebody's stead; the oldest first."""
    found = Matter.objects.open().filter(
        workspace=member.workspace_id, colleague__in=hats_of(member)
    )
    return found.order_by("created_at", "pk")


def to_be_told(member: Member) -> QuerySet[MatterLink]:
    """Conversations whose people have not heard what became of a matter, the longest wait first.

    They are on the desk of whoever answered there last; where nobody did who is here, on
    everybody's who may write.
    """
    if not may(member, May.PREPARE):
        return MatterLink.objects.none()
    answers = Post.objects.filter(
        conversation=OuterRef("conversation"), is_ours=True, voice__member__left_at=None
    ).order_by("-said_at", "-pk")
    found = MatterLink.objects.filter(
        told_at=None, matter__settled_at__isnull=False, matter__workspace=member.workspace_id
    ).annotate(teller=Subquery(answers.values("voice__member")[:1]))
    mine = Q(teller__in=hats_of(member)) | Q(teller=None)
    return (
        found.filter(mine)
        .select_related("matter", "conversation")
        .order_by("matter__settled_at", "pk")
    )


@dataclass(frozen=True)
class MatterHere:
    """A matter as a conversation shows it."""

    pk: int
    title: str
    kind: str
    colleague: str
    outcome: str
    settled_at: datetime | None
    told_at: datetime | None
    told_by: str

    @property
    def is_to_be_told(self) -> bool:
        """Whether those here have not heard what became of it."""
        return self.settled_at is not None and self.told_at is None


def in_order(matters: Sequence[MatterHere]) -> list[MatterHere]:
    """Those whose outcome is to be told first, then open ones, then what is over."""
    now = timezone.now()
    return sorted(
        matters,
        key=lambda one: (not one.is_to_be_told, one.settled_at is not None, one.settled_at or now),
    )

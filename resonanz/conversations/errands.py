"""What conversations bring to a programme: notes, who waits, who is to be told, what we owe."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.listing import Chosen, list_conversations
from resonanz.conversations.matter_lists import open_matters_of, to_be_told
from resonanz.conversations.models import (
    Conversation,
    Matter,
    MatterLink,
    MatterStep,
    Move,
    NoteMention,
    Post,
    Promise,
)
from resonanz.conversations.models.conversations import in_sight_of
from resonanz.conversations.queries import promises_due
from resonanz.outbox.models import Delivery
from resonanz.workspaces.errands import ERRANDS, Errand, Task, by_somebody_else, ids_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import local_day

# A promise is taken into a programme when it is due within this time.
SOON = timedelta(days=2)


def _number(told: str) -> int:
    """How many a count as it is shown stands for, to choose between one and many."""
    return int(told) if told.isdecimal() else 2


# ── Who waits for us ─────────────────────────────────────────────────────────────────


def waiting_due(member: Member, most: int) -> list[str]:
    """Conversations in which somebody waits for us, the longest wait first."""
    return [str(row.pk) for row in list_conversations(member, Chosen(), size=most).rows]


def waiting_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when it is not our turn any more, or an answer is on its way."""
    here = OuterRef("pk")
    ours = Post.objects.filter(conversation=here, is_ours=True).order_by("-said_at", "-pk")
    moves = Move.objects.filter(conversation=here, undone_at=None).order_by("-at", "-pk")
    said = Post.objects.filter(conversation=OuterRef(here))
    on_its_way = Delivery.objects.to_do().filter(
        publication__workspace=member.workspace_id,
        publication__answering_uid__in=said.values("uid"),
    )
    found = _seen(member, keys).annotate(
        is_on_its_way=Exists(on_its_way),
        said_at=Subquery(ours.values("said_at")[:1]),
        said_by=Subquery(ours.values("voice__member")[:1]),
        said_name=Subquery(ours.values("voice__name")[:1]),
        moved_at=Subquery(moves.values("at")[:1]),
        moved_by=Subquery(moves.values("member")[:1]),
        moved_name=Subquery(moves.values("member__name")[:1]),
    )
    return {str(row.pk): _waiting_task(member, row) for row in found}


def _seen(member: Member, keys: Collection[str]) -> QuerySet[Conversation]:
    return Conversation.objects.visible_to(member).filter(pk__in=ids_of(keys))


def _waiting_task(member: Member, row: Any) -> Task:
    is_over = row.turn != Conversation.Turn.OURS or row.is_snoozed
    name, by = row.with_whom or _("We ourselves"), ""
    if is_over:
        moved_last = row.moved_at and (row.said_at is None or row.moved_at > row.said_at)
        who = (row.moved_by, row.moved_name) if moved_last else (row.said_by, row.said_name)
        by = by_somebody_else(member, *who)
    return Task(
        name=name,
        what=_("waits for an answer"),
        url=reverse("conversations-thread", args=[row.pk]),
        seed=row.with_uid or name,
        is_done=is_over or row.is_on_its_way,
        by=by,
    )


def waiting_left(told: str) -> str:
    """So many wait."""
    sentence = ngettext(
        "%(many)s conversation waits for an answer.",
        "%(many)s conversations wait for an answer.",
        _number(told),
    )
    return sentence % {"many": told}


# ── Notes that name her ──────────────────────────────────────────────────────────────


def noted_due(member: Member, most: int) -> list[str]:
    """Notes in which colleagues ask her something, the oldest first."""
    unseen = NoteMention.objects.filter(member=member, seen_at=None, note__removed_at=None)
    return [str(pk) for pk in unseen.order_by("note__at", "pk").values_list("pk", flat=True)[:most]]


def noted_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when she has seen it, or it was taken away."""
    found = NoteMention.objects.filter(member=member, pk__in=ids_of(keys))
    return {
        str(one.pk): Task(
            name=one.note.author.name if one.note.author else _("Somebody"),
            what=_("names you in a note"),
            url=reverse("conversations-thread", args=[one.note.conversation_id])
            + f"#note-{one.note_id}",
            is_done=one.seen_at is not None or one.note.removed_at is not None,
        )
        for one in found.select_related("note__author")
    }


def noted_left(told: str) -> str:
    """So many notes."""
    sentence = ngettext("%(many)s note names you.", "%(many)s notes name you.", _number(told))
    return sentence % {"many": told}


# ── Who is to be told what became of it ──────────────────────────────────────────────


def telling_due(member: Member, most: int) -> list[str]:
    """Conversations whose people have not heard what became of a matter."""
    return [str(pk) for pk in to_be_told(member).values_list("pk", flat=True)[:most]]


def telling_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when they have been told."""
    links = MatterLink.objects.filter(in_sight_of(member), pk__in=ids_of(keys))
    return {
        str(one.pk): Task(
            name=one.conversation.with_whom or _("We ourselves"),
            what=_("is to hear what became of “%(title)s”") % {"title": one.matter.title},
            url=reverse("conversations-thread", args=[one.conversation_id]) + "#reply",
            seed=one.conversation.with_uid,
            is_done=one.told_at is not None or one.matter.settled_at is None,
            by=by_somebody_else(member, one.told_by_id, one.told_by.name if one.told_by else None),
        )
        for one in links.select_related("conversation", "matter", "told_by")
    }


def telling_left(told: str) -> str:
    """So many are to be told."""
    sentence = ngettext(
        "In %(many)s conversation somebody is to hear what became of it.",
        "In %(many)s conversations somebody is to hear what became of it.",
        _number(told),
    )
    return sentence % {"many": told}


# ── Promises ─────────────────────────────────────────────────────────────────────────


def promises_due_soon(member: Member, most: int) -> list[str]:
    """Promises that are due today or soon, the most overdue first."""
    found = promises_due(member.workspace, local_day(member.workspace) + SOON)
    return [str(pk) for pk in found.values_list("pk", flat=True)[:most]]


def promises_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when it was kept."""
    found = Promise.objects.filter(workspace=member.workspace_id, pk__in=ids_of(keys))
    return {
        str(one.pk): Task(
            name=one.what,
            what=_("promised by %(name)s") % {"name": one.voice.name},
            url=reverse("conversations-thread", args=[one.conversation_id]) + "#promises",
            seed=one.voice.name,
            is_done=one.kept_at is not None,
        )
        for one in found.select_related("voice")
    }


def promises_left(told: str) -> str:
    """So many are due."""
    sentence = ngettext("%(many)s promise is due.", "%(many)s promises are due.", _number(told))
    return sentence % {"many": told}


# ── Matters ──────────────────────────────────────────────────────────────────────────


def matters_due(member: Member, most: int) -> list[str]:
    """Open matters that she looks after, the oldest first."""
    return [str(pk) for pk in open_matters_of(member).values_list("pk", flat=True)[:most]]


def matters_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done for today when it is settled, or somebody noted how it stands since midnight."""
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    steps = MatterStep.objects.filter(
        matter=OuterRef("pk"),
        at__gte=morning,
        verb__in=[MatterStep.Verb.NOTED, MatterStep.Verb.SETTLED],
    ).order_by("-at", "-pk")
    found = Matter.objects.visible_to(member).filter(pk__in=ids_of(keys))
    rows: Any = found.annotate(
        step_by=Subquery(steps.values("member")[:1]),
        step_name=Subquery(steps.values("member__name")[:1]),
    )
    return {
        str(one.pk): Task(
            name=one.title,
            what=_("is your matter: how does it stand?"),
            url=reverse("matters-matter", args=[one.pk]),
            is_done=one.settled_at is not None or one.step_by is not None,
            by=by_somebody_else(member, one.step_by, one.step_name),
        )
        for one in rows
    }


def matters_left(told: str) -> str:
    """So many are open."""
    sentence = ngettext(
        "%(many)s matter of yours is open.", "%(many)s matters of yours are open.", _number(told)
    )
    return sentence % {"many": told}


def register() -> None:
    """Bring them to the programme, each with its minutes: what one really needs, read and done."""
    ERRANDS.add(10, Errand("noted", 2, noted_due, noted_look, noted_left))
    ERRANDS.add(20, Errand("waiting", 4, waiting_due, waiting_look, waiting_left, share=2))
    ERRANDS.add(40, Errand("to-tell", 3, telling_due, telling_look, telling_left))
    ERRANDS.add(50, Errand("promises", 5, promises_due_soon, promises_look, promises_left))
    ERRANDS.add(70, Errand("matters", 5, matters_due, matters_look, matters_left))

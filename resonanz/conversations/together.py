"""What a talk shows of working together: notes and moves between the words, who has it, promises.

All of it is asked for in one question; a page with a talk asks many others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.conversations.matter_lists import MatterHere, in_order
from resonanz.conversations.models import (
    Conversation,
    Fetching,
    Lookup,
    Matter,
    MatterLink,
    Move,
    Note,
    NoteMention,
    Promise,
)
from resonanz.conversations.sentences import day_and_time, sentence_of
from resonanz.people.queries import channels_of_ours
from resonanz.plumbing.keyset import Mark
from resonanz.understanding.hiding import Hider
from resonanz.workspaces.json_rows import JsonRows, json_of, moment_of
from resonanz.workspaces.models import Absence, Fact, HiddenWord, Member, Voice
from resonanz.workspaces.queries import Away, away_by, local_day

Row = TypeVar("Row", bound=Model)

NOTES_SHOWN = 200
MOVES_SHOWN = 100
FETCHINGS_SHOWN = 100
MATTERS_SHOWN = 20


@dataclass(frozen=True)
class NoteLine:
    """A note between the words. `is_new`: it names the reader, who sees it for the first time."""

    pk: int
    at: datetime
    author: str
    text: str
    edited_at: datetime | None = None
    named: list[str] = field(default_factory=list)
    is_own: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class MoveLine:
    """That somebody moved the conversation."""

    at: datetime
    sentence: str


@dataclass(frozen=True)
class Together:
    """Who works here, who has this conversation, and what was noted and done in this part.

    Colleagues, promises and our own accounts hold only the columns that a talk shows, and so do
    the last `look` where it was said, and the `fetchings` by the posts they are for.
    """

    colleagues: list[Member]
    lines: list[NoteLine | MoveLine]
    promises: list[Promise]
    accounts: list[Channel]
    state: str
    is_new: bool
    hider: Hider
    look: Lookup | None
    fetchings: dict[int, Fetching]
    matters: list[MatterHere]
    facts: list[Fact]


def together(
    conversation: Conversation, member: Member, *, after: Mark | None, upto: Mark | None
) -> Together:
    """What lies behind one mark and up to another one; everything where there is none.

    Whether something new names the reader is told for the whole conversation.
    """
    told = _told(conversation, member, _Part(after, upto))
    members = {one["pk"]: _member(one) for one in told["members"]}
    names = {pk: one.name for pk, one in members.items()}
    lines = [_note_line(one, member, names) for one in told["notes"]]
    return Together(
        colleagues=_colleagues(members.values()),
        lines=[*lines, *(_move_line(one, names) for one in told["moves"])],
        promises=[_promise(one, conversation) for one in told["promises"]],
        accounts=[Channel(**one) for one in sorted(told["accounts"], key=itemgetter("pk"))],
        state=_state(conversation, member, members, _away(told["absences"], members)),
        is_new=bool(told["unseen"]),
        hider=Hider(one["word"] for one in told["hidden"]),
        look=_look(told["looks"]),
        fetchings={one["post_id"]: _fetching(one) for one in told["fetchings"]},
        matters=in_order([_matter(one, names) for one in told["matters"]]),
        facts=sorted((Fact(**one) for one in told["facts"]), key=lambda one: one.title),
    )


@dataclass(frozen=True)
class _Part:
    """Which part of a talk is shown."""

    after: Mark | None
    upto: Mark | None

    def of(self, found: QuerySet[Row]) -> QuerySet[Row]:
        if self.after is not None:
            found = found.filter(at__gt=self.after.moment)
        return found.filter(at__lte=self.upto.moment) if self.upto is not None else found


def _told(conversation: Conversation, member: Member, part: _Part) -> dict[str, Any]:
    here = OuterRef("pk")
    unseen = NoteMention.objects.filter(
        note__conversation=here, note__removed_at=None, member=member, seen_at=None
    )
    asked = Conversation.objects.filter(pk=conversation.pk).values(
        told_members=JsonRows(
            Member.objects.filter(workspace=OuterRef("workspace")),
            pk="pk",
            name="name",
            role="role",
            left_at="left_at",
        ),
        told_absences=JsonRows(
            Absence.objects.on(local_day(member.workspace)).filter(
                member__workspace=OuterRef("workspace"), member__left_at=None
            ),
            pk="pk",
            member="member_id",
            stand_in="stand_in_id",
            until_day="until_day",
        ),
        told_accounts=JsonRows(
            channels_of_ours(member.workspace),
            pk="pk",
            network="network",
            uid="uid",
            handle="handle",
        ),
        told_unseen=JsonRows(unseen, note="note_id"),
        **_told_between(here, part),
        **_told_beside(here),
    )
    return {key.removeprefix("told_"): rows for key, rows in asked.get().items()}


def _told_between(here: OuterRef, part: _Part) -> dict[str, JsonRows]:
    """Notes and moves of the part that is shown, and the promises."""
    named = NoteMention.objects.filter(note=OuterRef("pk"))
    notes = part.of(Note.objects.filter(conversation=here, removed_at=None))
    moves = part.of(Move.objects.filter(conversation=here, undone_at=None))
    return {
        "told_notes": JsonRows(
            notes.order_by("-at", "-pk")[:NOTES_SHOWN],
            pk="pk",
            at="at",
            author="author_id",
            text="text",
            edited_at="edited_at",
            named=JsonRows(named, member="member_id", seen_at="seen_at"),
        ),
        "told_moves": JsonRows(
            moves.order_by("-at", "-pk")[:MOVES_SHOWN],
            at="at",
            member="member_id",
            rule_name="rule_name",
            verb="verb",
            before="before",
            after="after",
        ),
        "told_promises": JsonRows(
            Promise.objects.filter(conversation=here),
            pk="pk",
            what="what",
            due_on="due_on",
            kept_at="kept_at",
            voice="voice_id",
            voice_name="voice__name",
        ),
    }


def _told_beside(here: OuterRef) -> dict[str, JsonRows]:
    """Words to hide, what was looked for elsewhere, matters, and what our house knows."""
    looks = Lookup.objects.filter(conversation=here, is_at_origin=True)
    words = HiddenWord.objects.filter(workspace=OuterRef("workspace"))
    wanted = Fetching.objects.filter(post__conversation=here)
    return {
        "told_hidden": JsonRows(words, word="word"),
        "told_matters": JsonRows(
            MatterLink.objects.filter(conversation=here).order_by("-linked_at")[:MATTERS_SHOWN],
            pk="matter_id",
            title="matter__title",
            kind="matter__kind",
            colleague="matter__colleague_id",
            outcome="matter__outcome",
            settled_at="matter__settled_at",
            told_at="told_at",
            told_by="told_by_id",
        ),
        "told_looks": JsonRows(
            looks.order_by("-due_at", "-pk")[:1],
            found="found",
            trouble_code="trouble_code",
            trouble_reason="trouble_reason",
            done_at="done_at",
        ),
        "told_facts": JsonRows(
            Fact.objects.filter(workspace=OuterRef("workspace")),
            pk="pk",
            title="title",
            text="text",
        ),
        "told_fetchings": JsonRows(
            wanted.order_by("-pk")[:FETCHINGS_SHOWN], post_id="post_id", done_at="done_at"
        ),
    }


def _look(told: Sequence[dict[str, Any]]) -> Lookup | None:
    return next((Lookup(**one | {"done_at": moment_of(one["done_at"])}) for one in told), None)


def _fetching(told: dict[str, Any]) -> Fetching:
    return Fetching(post_id=told["post_id"], done_at=moment_of(told["done_at"]))


def _matter(told: dict[str, Any], names: Mapping[int, str]) -> MatterHere:
    times = {key: moment_of(told[key]) for key in ("settled_at", "told_at")}
    people = {key: names.get(told[key] or 0, "") for key in ("colleague", "told_by")}
    kind = str(Matter.Kind(told["kind"]).label)
    return MatterHere(**told | times | people | {"kind": kind})


def _member(told: dict[str, Any]) -> Member:
    return Member(**told | {"left_at": moment_of(told["left_at"])})


def _colleagues(members: Iterable[Member]) -> list[Member]:
    found = [one for one in members if one.left_at is None]
    return sorted(found, key=lambda one: (one.name.casefold(), one.pk))


def _away(told: Sequence[dict[str, Any]], members: Mapping[int, Member]) -> dict[int, Away]:
    return away_by(
        Absence(
            pk=one["pk"],
            member=members[one["member"]],
            stand_in=members.get(one["stand_in"] or 0),
            until_day=one["until_day"] and date.fromisoformat(one["until_day"]),
        )
        for one in told
    )


def _note_line(told: dict[str, Any], member: Member, names: Mapping[int, str]) -> NoteLine:
    named = json_of(told["named"])
    return NoteLine(
        pk=told["pk"],
        at=_moment(told["at"]),
        author=names.get(told["author"], _("Somebody")),
        text=told["text"],
        edited_at=moment_of(told["edited_at"]),
        named=sorted(names.get(one["member"], "") for one in named),
        is_own=told["author"] == member.pk,
        is_new=any(one["member"] == member.pk and one["seen_at"] is None for one in named),
    )


def _move_line(told: dict[str, Any], names: Mapping[int, str]) -> MoveLine:
    move = Move(
        verb=told["verb"],
        at=_moment(told["at"]),
        member_id=told["member"],
        rule_name=told["rule_name"],
        before=json_of(told["before"]),
        after=json_of(told["after"]),
    )
    return MoveLine(move.at, sentence_of(move, names))


def _promise(told: dict[str, Any], conversation: Conversation) -> Promise:
    return Promise(
        pk=told["pk"],
        conversation=conversation,
        voice=Voice(pk=told["voice"], name=told["voice_name"]),
        what=told["what"],
        due_on=date.fromisoformat(told["due_on"]),
        kept_at=moment_of(told["kept_at"]),
    )


def _moment(told: str) -> datetime:
    found = moment_of(told)
    assert found is not None  # noqa: S101 (the column is never null)
    return found


def _of_colleague(name: str, away: Away | None) -> str:
    if away is None:
        return _("%(name)s looks after it.") % {"name": name}
    return _("%(name)s looks after it (%(away)s).") % {"name": name, "away": away.in_words}


def _state(
    conversation: Conversation,
    member: Member,
    members: Mapping[int, Member],
    away: Mapping[int, Away],
) -> str:
    """Who has it, and until when it rests, in one or two sentences."""
    if conversation.assignee_id is None:
        who = _("Nobody has taken it on yet.")
    elif conversation.assignee_id == member.pk:
        who = _("You look after it.")
    else:
        assignee = conversation.assignee_id
        who = _of_colleague(members[assignee].name, away.get(assignee))
    if not conversation.is_snoozed:
        return who
    if conversation.wakes_at is None:
        return who + " " + _("It is put aside until they write.")
    until = day_and_time(conversation.wakes_at)
    return who + " " + _("It is put aside until %(time)s, or until they write.") % {"time": until}

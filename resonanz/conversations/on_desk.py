"""The small lists that Today shows of this room, and what its rows need, in one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef
from django.utils import timezone

from resonanz.conversations.matter_lists import open_matters_of, to_be_told
from resonanz.conversations.models import (
    Conversation,
    Matter,
    MatterLink,
    Note,
    NoteMention,
    Post,
    Promise,
)
from resonanz.conversations.moderating import held_posts
from resonanz.people.models import Identity
from resonanz.understanding.hiding import Hider
from resonanz.workspaces.json_rows import JsonRows, moment_of
from resonanz.workspaces.models import HiddenWord, Member, Voice, Workspace
from resonanz.workspaces.roles import May, may

Told = dict[str, Any]


@dataclass(frozen=True)
class OnDesk:
    """What lies on a member's desk; each list holds one row more than is shown, where there is.

    The objects hold only the columns that a row shows. `names` are those of all members by id.
    """

    mentions: list[NoteMention]
    promises: list[Promise]
    matters: list[Matter]
    to_tell: list[MatterLink]
    names: Mapping[int, str]
    held: list[Post]


def on_desk(member: Member, *, shown: int) -> OnDesk:
    """Read it. Also tells the workspace its hidden words, which every row is held against."""
    here = Workspace.objects.filter(pk=member.workspace_id)
    told: Any = here.values(**_lists(member, shown + 1)).get()
    words = [one["word"] for one in told["told_words"]]
    member.workspace.hider = Hider(words)
    names = {one["pk"]: one["name"] for one in told["told_members"]}
    return OnDesk(
        mentions=[_mention(one) for one in _sorted(told["told_mentions"], "at")],
        promises=[_promise(one) for one in _sorted(told["told_promises"], "due_on")],
        matters=[_matter(one) for one in _sorted(told["told_matters"], "created_at")],
        to_tell=[_link(one) for one in _sorted(told["told_links"], "settled_at")],
        names=names,
        held=[_held(one) for one in _sorted(told["told_held"], "said_at")],
    )


def _lists(member: Member, most: int) -> dict[str, JsonRows]:
    mentions = NoteMention.objects.filter(member=member, seen_at=None, note__removed_at=None)
    promises = Promise.objects.open().filter(workspace=member.workspace_id)
    return {
        "told_mentions": JsonRows(
            mentions.order_by("note__at", "pk")[:most],
            pk="pk",
            note="note_id",
            author="note__author__name",
            text="note__text",
            at="note__at",
            conversation="note__conversation_id",
            where="note__conversation__with_whom",
        ),
        "told_promises": JsonRows(
            promises[:most],
            pk="pk",
            what="what",
            due_on="due_on",
            voice="voice__name",
            conversation="conversation_id",
            where="conversation__with_whom",
        ),
        "told_words": JsonRows(HiddenWord.objects.filter(workspace=OuterRef("pk")), word="word"),
        "told_members": JsonRows(
            Member.objects.filter(workspace=OuterRef("pk")), pk="pk", name="name"
        ),
        **_matters(member, most),
        **_comments(member, most),
    }


def _comments(member: Member, most: int) -> dict[str, JsonRows]:
    """What waits for approval; only for those who may give it."""
    held = held_posts(member.workspace) if may(member, May.SPEAK) else Post.objects.none()
    return {
        "told_held": JsonRows(
            held[:most],
            pk="pk",
            title="title",
            text="text",
            language="language",
            said_at="said_at",
            conversation_id="conversation_id",
            network="network",
            name="identity__name",
            handle="identity__handle",
            uid="identity__uid",
        )
    }


def _matters(member: Member, most: int) -> dict[str, JsonRows]:
    return {
        "told_matters": JsonRows(
            open_matters_of(member)[:most],
            pk="pk",
            title="title",
            kind="kind",
            created_at="created_at",
        ),
        "told_links": JsonRows(
            to_be_told(member)[:most],
            pk="pk",
            linked_at="linked_at",
            conversation="conversation_id",
            where="conversation__with_whom",
            uid="conversation__with_uid",
            matter="matter_id",
            title="matter__title",
            outcome="matter__outcome",
            settled_at="matter__settled_at",
        ),
    }


def _held(told: Told) -> Post:
    author = Identity(**{name: told.pop(name) for name in ("name", "handle", "uid")})
    return Post(**told | {"said_at": moment_of(told["said_at"])}, identity=author)


def _sorted(rows: list[Told] | None, column: str) -> list[Told]:
    """In the order in which they were asked for; none where there was nothing to ask."""
    return sorted(rows or [], key=itemgetter(column, "pk"))


def _mention(told: Told) -> NoteMention:
    author = Member(name=told["author"]) if told["author"] else None
    conversation = Conversation(pk=told["conversation"], with_whom=told["where"])
    note = Note(
        pk=told["note"],
        text=told["text"],
        at=moment_of(told["at"]) or timezone.now(),
        author=author,
        conversation=conversation,
    )
    return NoteMention(pk=told["pk"], note=note)


def _promise(told: Told) -> Promise:
    return Promise(
        pk=told["pk"],
        what=told["what"],
        due_on=Promise._meta.get_field("due_on").to_python(told["due_on"]),
        voice=Voice(name=told["voice"]),
        conversation=Conversation(pk=told["conversation"], with_whom=told["where"]),
    )


def _matter(told: Told) -> Matter:
    return Matter(**told | {"created_at": moment_of(told["created_at"])})


def _link(told: Told) -> MatterLink:
    matter = Matter(
        pk=told["matter"],
        title=told["title"],
        outcome=told["outcome"],
        settled_at=moment_of(told["settled_at"]),
    )
    conversation = Conversation(
        pk=told["conversation"], with_whom=told["where"], with_uid=told["uid"]
    )
    return MatterLink(
        pk=told["pk"],
        matter=matter,
        conversation=conversation,
        linked_at=moment_of(told["linked_at"]) or timezone.now(),
    )

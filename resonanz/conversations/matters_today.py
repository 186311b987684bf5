"""Matters on Today: those one looks after, and who is to be told what became of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.conversations.models import Matter, MatterLink
from resonanz.plumbing.text import excerpt
from resonanz.workspaces.places import Section

SHOWN = 5
WORDS_CHARACTERS = 200


@dataclass(frozen=True)
class MatterRow:
    """A matter in a list of Today."""

    key: int
    url: str
    title: str
    kind: str
    since: datetime


@dataclass(frozen=True)
class ToTellRow:
    """A conversation whose people have not heard what became of what they spoke of."""

    key: int
    url: str
    name: str
    seed: str
    title: str
    outcome: str
    since: datetime
    told_url: str


def my_matters(rows: Sequence[Matter]) -> Section:
    """Open matters that a member looks after, the oldest first."""
    return Section(
        name="matters",
        order=35,
        title=_("Your matters"),
        row_template="conversations/matter_row.html",
        rows=[_matter_row(row) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=reverse("matters") + "?who=me",
        lede=_("People told us of them. When one is settled, they are to hear what became of it."),
    )


def _matter_row(matter: Matter) -> MatterRow:
    return MatterRow(
        key=matter.pk,
        url=reverse("matters-matter", args=[matter.pk]),
        title=matter.title,
        kind=str(matter.get_kind_display()),
        since=matter.created_at,
    )


def people_to_tell(rows: Sequence[MatterLink]) -> Section:
    """Whom this member is to tell what became of what they spoke of, the longest wait first."""
    return Section(
        name="to-tell",
        order=25,
        title=_("Spoke of it and have not heard what became of it"),
        row_template="conversations/to_tell_row.html",
        rows=[to_tell_row(row) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=reverse("matters") + "?show=settled",
        lede=_("Tell them in your own words; the outcome stands beside the box."),
    )


def to_tell_row(link: MatterLink) -> ToTellRow:
    """A row of whom to tell. The link leads to the box."""
    conversation, matter = link.conversation, link.matter
    thread = reverse("conversations-thread", args=[conversation.pk])
    name = conversation.with_whom or _("We ourselves")
    return ToTellRow(
        key=link.pk,
        url=f"{thread}#reply",
        name=name,
        seed=conversation.with_uid or name,
        title=matter.title,
        outcome=excerpt(matter.outcome, WORDS_CHARACTERS),
        since=matter.settled_at or link.linked_at,
        told_url=reverse("conversations-matter-told", args=[conversation.pk, matter.pk]),
    )

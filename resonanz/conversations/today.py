"""What this room has to say on Today, on a person's page, and about what a draft answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.conversations.listing import Chosen, list_conversations
from resonanz.conversations.matters_today import my_matters, people_to_tell
from resonanz.conversations.models import Conversation, NoteMention, Promise
from resonanz.conversations.on_desk import on_desk
from resonanz.conversations.queries import (
    latest_with,
    posts_by_uid,
)
from resonanz.conversations.rows import promise_row, row_of
from resonanz.conversations.unattended import nobody_looks_after
from resonanz.outbox.places import Answered
from resonanz.people.models import Person
from resonanz.people.places import Passage
from resonanz.plumbing.moments import since_words
from resonanz.plumbing.text import excerpt
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.places import Section

SHOWN = 5
WORDS_CHARACTERS = 400


def our_sections(member: Member) -> list[Section]:
    """What this room shows on Today."""
    desk = on_desk(member, shown=SHOWN)
    return [
        nobody_looks_after(member),
        named_in_notes(desk.mentions),
        who_waits(member, desk.names),
        people_to_tell(desk.to_tell),
        promises(desk.promises),
        my_matters(desk.matters),
    ]


def who_waits(member: Member, names: Mapping[int, str]) -> Section:
    """Who waits for us, the longest first. `names` are those of the members by id."""
    sheet = list_conversations(member, Chosen(), size=SHOWN)
    return Section(
        name="waiting",
        order=10,
        title=_("Who is waiting for us"),
        row_template="conversations/row.html",
        rows=[row_of(row, names=names, hider=member.workspace.hider) for row in sheet.rows],
        total=len(sheet.rows),
        is_more=bool(sheet.onward),
        more_url=reverse("conversations"),
        lede=_("The longest wait first."),
        headline=_headline(sheet.rows),
    )


def _headline(waiting: Sequence[Conversation]) -> str:
    since = waiting[0].waiting_since if waiting else None
    if since is None:
        return ""
    language = get_language() or "en"
    time = since_words(timezone.localtime(since), timezone.localtime(), language)
    return _("%(name)s has been waiting %(time)s.") % {
        "name": waiting[0].with_whom.split(", ")[0],
        "time": time,
    }


def promises(rows: Sequence[Promise]) -> Section:
    """What we promised and have not done yet, the most overdue first."""
    today = timezone.localdate()
    return Section(
        name="promises",
        order=30,
        title=_("What we promised"),
        row_template="conversations/promise_row.html",
        rows=[promise_row(row, today=today) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
    )


@dataclass(frozen=True)
class NotedRow:
    """A note that names the reader and that she has not seen."""

    key: int
    url: str
    author: str
    words: str
    where: str
    at: datetime


def named_in_notes(rows: Sequence[NoteMention]) -> Section:
    """Where colleagues asked her something, the oldest first; seen as soon as she opens it."""
    return Section(
        name="noted",
        order=6,
        title=_("Named in a note"),
        row_template="conversations/noted_row.html",
        rows=[_noted_row(row) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        lede=_("A colleague asks you something. Only you and your colleagues read it."),
    )


def _noted_row(mention: NoteMention) -> NotedRow:
    note = mention.note
    thread = reverse("conversations-thread", args=[note.conversation_id])
    return NotedRow(
        key=mention.pk,
        url=f"{thread}#note-{note.pk}",
        author=note.author.name if note.author else _("Somebody"),
        words=excerpt(note.text, WORDS_CHARACTERS),
        where=note.conversation.with_whom,
        at=note.at,
    )


def what_we_talked_about(person: Person) -> Passage | None:
    """The latest conversations with a person."""
    found = latest_with(person)
    if not found:
        return None
    return Passage(
        title=_("What we talked about"),
        template="conversations/on_person.html",
        values={"rows": [row_of(row, hider=person.workspace.hider) for row in found]},
    )


def keeping_at_a_distance(person: Person) -> Passage | None:
    """Whether we keep this person away from us, by whom and since when; and the way to do so."""
    accounts = [one for one in person.identities.all() if not one.is_ours]
    if not accounts:
        return None
    return Passage(
        title=_("Keeping at a distance"),
        template="conversations/at_a_distance.html",
        values={"accounts": accounts},
    )


def what_is_answered(workspace: Workspace, uids: Collection[str]) -> dict[str, Answered]:
    """The posts that these drafts and publications answer."""
    return {
        post.uid: Answered(
            name=post.identity.name or post.identity.handle,
            words=excerpt(post.title or post.warning or post.text, WORDS_CHARACTERS),
            url=reverse("conversations-thread", args=[post.conversation_id])
            + f"?answer={post.pk}#post-{post.pk}",
            language=post.language,
        )
        for post in posts_by_uid(workspace, uids)
    }

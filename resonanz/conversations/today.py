"""What this room has to say on Today, on a person's page, and about what a draft answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.conversations.listing import Chosen, list_conversations
from resonanz.conversations.models import Conversation, NoteMention
from resonanz.conversations.queries import (
    latest_with,
    open_promises,
    posts_by_uid,
)
from resonanz.conversations.rows import promise_row, row_of
from resonanz.outbox.places import Answered
from resonanz.people.models import Person
from resonanz.people.places import Passage
from resonanz.plumbing.moments import since_words
from resonanz.plumbing.text import excerpt
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.places import Section

SHOWN = 5
WORDS_CHARACTERS = 400


def who_waits(member: Member) -> Section:
    """Who waits for us, the longest first."""
    sheet = list_conversations(member, Chosen(), size=SHOWN)
    names = _holders(member.workspace, sheet.rows)
    return Section(
        name="waiting",
        title=_("Who is waiting for us"),
        row_template="conversations/row.html",
        rows=[row_of(row, names=names, hider=member.workspace.hider) for row in sheet.rows],
        total=len(sheet.rows),
        is_more=bool(sheet.onward),
        more_url=reverse("conversations"),
        lede=_("The longest wait first."),
        headline=_headline(sheet.rows),
    )


def _holders(workspace: Workspace, rows: Sequence[Conversation]) -> dict[int, str]:
    """The names of those who look after one of these, by id. Asks only where somebody does."""
    held = {row.assignee_id for row in rows} - {None}
    return dict(workspace.members.filter(pk__in=held).values_list("pk", "name")) if held else {}


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


def promises(member: Member) -> Section:
    """What we promised and have not done yet, the most overdue first."""
    found = open_promises(member.workspace)
    rows = list(found[: SHOWN + 1])
    today = timezone.localdate()
    return Section(
        name="promises",
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


def named_in_notes(member: Member) -> Section:
    """Where colleagues asked her something, the oldest first; seen as soon as she opens it."""
    unseen = NoteMention.objects.filter(
        member=member, seen_at=None, note__removed_at=None
    ).select_related("note__author", "note__conversation")
    rows = list(unseen.order_by("note__at", "pk")[: SHOWN + 1])
    return Section(
        name="noted",
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

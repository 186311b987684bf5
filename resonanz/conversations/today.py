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
from resonanz.conversations.models import Conversation, NoteMention, Post, Promise
from resonanz.conversations.on_desk import on_desk
from resonanz.conversations.queries import (
    latest_with,
    posts_by_uid,
)
from resonanz.conversations.rows import network_name, promise_row, row_of
from resonanz.conversations.shown import hidden_words
from resonanz.conversations.unattended import nobody_looks_after
from resonanz.outbox.places import Answered
from resonanz.people.models import Person
from resonanz.people.places import Passage
from resonanz.plumbing.content_warnings import warning_words
from resonanz.plumbing.moments import since_words
from resonanz.plumbing.text import excerpt
from resonanz.understanding.hiding import Hider
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
        held_comments(desk.held, member.workspace.hider),
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
class HeldRow:
    """A comment that waits for approval. `hidden` is why its words are folded, if they are."""

    pk: int
    url: str
    name: str
    seed: str
    words: str
    hidden: str
    where: str
    at: datetime


def held_comments(rows: Sequence[Post], hider: Hider) -> Section:
    """What others wrote on pages of ours and nobody sees yet, the longest wait first."""
    return Section(
        name="held",
        order=12,
        title=_("Comments that wait for approval"),
        row_template="conversations/held_row.html",
        rows=[_held_row(row, hider) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=reverse("conversations") + Chosen(turn="all", is_held=True).query(),
        lede=_("Nobody but us sees them until somebody here decides."),
    )


def _held_row(post: Post, hider: Hider) -> HeldRow:
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return HeldRow(
        pk=post.pk,
        url=f"{thread}?answer={post.pk}#reply",
        name=post.identity.name or post.identity.handle,
        seed=post.identity.uid,
        words=excerpt(post.title or post.text, WORDS_CHARACTERS),
        hidden=hidden_words() if hider.hides(post.title, post.text) else "",
        where=network_name(post.network),
        at=post.said_at,
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
    """The latest conversations with a person, and the way to note one more."""
    found = latest_with(person)
    if not found and any(one.is_ours for one in person.identities.all()):
        return None
    return Passage(
        title=_("What we talked about"),
        template="conversations/on_person.html",
        values={
            "rows": [row_of(row, hider=person.workspace.hider) for row in found],
            "note_url": f"{reverse('conversations-by-hand')}?person={person.pk}",
        },
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
            words=excerpt(post.title or warning_words(post.warning) or post.text, WORDS_CHARACTERS),
            url=reverse("conversations-thread", args=[post.conversation_id])
            + f"?answer={post.pk}#post-{post.pk}",
            language=post.language,
        )
        for post in posts_by_uid(workspace, uids)
    }

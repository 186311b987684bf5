"""What this room has to say on Today, on a person's page, and about what a draft answers."""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.conversations.models import Conversation
from resonanz.conversations.queries import (
    latest_with,
    list_conversations,
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
    sheet = list_conversations(member.workspace, Conversation.Turn.OURS, size=SHOWN)
    return Section(
        name="waiting",
        title=_("Who is waiting for us"),
        row_template="conversations/row.html",
        rows=[row_of(row) for row in sheet.rows],
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


def what_we_talked_about(person: Person) -> Passage | None:
    """The latest conversations with a person."""
    found = latest_with(person)
    if not found:
        return None
    return Passage(
        title=_("What we talked about"),
        template="conversations/on_person.html",
        values={"rows": [row_of(row) for row in found]},
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

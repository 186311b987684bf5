"""Which conversation somebody may mean who wants to put two together, and what will happen then."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.db.models import Count, OuterRef, Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.addresses import find_post
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.search.finding import Wish, find_posts
from resonanz.people.models import Identity
from resonanz.people.named import people_named
from resonanz.people.names import words_of
from resonanz.plumbing.text import web_address
from resonanz.understanding.search_query import read_query
from resonanz.workspaces.json_rows import JsonRows, json_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may

SHOWN = 12
PEOPLE_LOOKED_AT = 20
ACCOUNTS_LOOKED_AT = 40
POSTS_LOOKED_AT = 60
POSTS_OF_AN_ACCOUNT = 20


def joinable(member: Member, conversation: Conversation, typed: str) -> list[Conversation]:
    """Conversations that fit what was typed: an address, a name, words; without any, the nearest.

    The nearest are those with the same people. At most twelve, the latest first.
    """
    typed = typed.strip()
    ids = _at_address(member, typed) if web_address(typed) else _named(member, conversation, typed)
    found = Conversation.objects.visible_to(member).with_faces().filter(pk__in=ids)
    return list(found.exclude(pk=conversation.pk).order_by("-last_post_at", "-pk")[:SHOWN])


def _at_address(member: Member, typed: str) -> list[int]:
    """The conversation of what stands at an address, or whose own page it is."""
    post = find_post(member.workspace, typed)
    if post is not None:
        return [post.conversation_id]
    try:
        page = resolve(urlsplit(typed).path)
    except Resolver404:
        return []
    return [page.kwargs["pk"]] if page.url_name == "conversations-thread" else []


def _named(member: Member, conversation: Conversation, typed: str) -> list[int]:
    if not typed:
        theirs = conversation.posts.filter(is_ours=False).order_by("-said_at")
        latest = theirs.values_list("identity__person", flat=True)[:POSTS_LOOKED_AT]
        return _talks_with(list(dict.fromkeys(latest))[:PEOPLE_LOOKED_AT])
    named = people_named(member.workspace, words_of(typed), most=PEOPLE_LOOKED_AT)
    entries = find_posts(member, Wish(read_query(typed))).entries
    found = _talks_with([one.pk for one in named])
    return [*found, *(one.post.conversation_id for one in entries if one.post)]


def _talks_with(people: list[int]) -> list[int]:
    """Where these people spoke last. Each account is asked for its own last few words.

    So it costs the same however much they say; all of it sorted together would not.
    """
    if not people:
        return []
    latest = Post.objects.filter(identity=OuterRef("pk"), is_ours=False).order_by("-said_at")
    told = JsonRows(latest[:POSTS_OF_AN_ACCOUNT], talk="conversation_id")
    accounts = Identity.objects.filter(person__in=people).order_by("-pk")[:ACCOUNTS_LOOKED_AT]
    rows = [json_of(one) for one in accounts.values_list(told, flat=True)]
    return list({one["talk"] for row in rows for one in row})


def what_happens(conversation: Conversation, other: Conversation) -> list[str]:
    """What putting the other conversation into this one does, in sentences."""
    return list(_consequences(conversation, other))


def _consequences(conversation: Conversation, other: Conversation) -> Iterator[str]:
    yield ngettext(
        "One post of the other conversation stands here from then on, at the time it was said.",
        "%(count)s posts of the other conversation stand here from then on, each at the time it"
        " was said.",
        other.post_count,
    ) % {"count": other.post_count}
    yield _("Each answer still goes to the post and the network that it answers.")
    if _has_more(other):
        yield _("Notes, promises and matters of the other one come along.")
    yield from _holders(conversation, other)
    if conversation.is_snoozed != other.is_snoozed:
        yield (
            _("This one is put aside. The whole is not, so that nobody waits unseen.")
            if conversation.is_snoozed
            else _("The other one is put aside. The whole is not, so that nobody waits unseen.")
        )
    if conversation.is_direct != other.is_direct:
        yield (
            _("This one is private. What was said privately stays so, and says so.")
            if conversation.is_direct
            else _("The other one is private. What was said privately stays so, and says so.")
        )
    yield _("It can be taken back at any time. What came since then goes with what it answers.")


def _has_more(other: Conversation) -> bool:
    counts = Conversation.objects.filter(pk=other.pk).aggregate(
        notes=Count("notes", filter=Q(notes__removed_at=None), distinct=True),
        promises=Count("promises", distinct=True),
        matters=Count("matter_links", distinct=True),
    )
    return any(counts.values())


def _holders(conversation: Conversation, other: Conversation) -> Iterator[str]:
    here, there = conversation.assignee, other.assignee
    holder = here or there
    if holder is None or here == there:
        return
    names = {"name": holder.name, "other": there.name if there else ""}
    if here and there:
        yield (
            _(
                "%(name)s looks after the whole; %(other)s, who looks after the other one, does not"
                " any more."
            )
            % names
        )
    else:
        yield _("%(name)s looks after the whole.") % names
    if not may(holder, May.READ):
        yield _("%(name)s is a guest, and sees all of it from then on.") % names

"""What of this room is worth a letter: named in a note, given a conversation, somebody waits.

None of it says what anybody wrote.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.models import (
    PUT_AWAY,
    Conversation,
    Move,
    NoteMention,
    Post,
    Presence,
)
from resonanz.letters.models import Letter
from resonanz.letters.places import PUSH, SOURCES, Source, Tidings, Wording
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, roles_with

# Whoever has the page open sees it there; and what was a slip is taken back by then.
SEEN_BY_ITSELF = timedelta(minutes=5)
# What was not told within a day is told by Today.
TOO_OLD = timedelta(days=1)
NEWS_EVERY = timedelta(minutes=30)
NEWS_OF = timedelta(minutes=10)
MAIL_AFTER_PUSH = timedelta(minutes=30)
MOST_AT_ONCE = 500


def mentions(now: datetime) -> Iterator[Tidings]:
    """Who was named in a note and has not looked at it."""
    found = NoteMention.objects.filter(
        seen_at=None,
        note__removed_at=None,
        note__at__lte=now - SEEN_BY_ITSELF,
        note__at__gt=now - TOO_OLD,
        member__left_at=None,
    ).select_related("member__user", "member__workspace")
    for one in found.order_by("pk")[:MOST_AT_ONCE]:
        yield Tidings(one.member, f"{one.note_id}", {"note": one.note_id})


def words_of_mention(letter: Letter) -> Wording | None:
    """Who named her; None when she has seen it, or the note is gone."""
    found = NoteMention.objects.filter(
        note=letter.facts.get("note"), member=letter.member, seen_at=None, note__removed_at=None
    ).select_related("note__author")
    mention = found.first()
    if mention is None:
        return None
    author = mention.note.author
    if author is None:
        title = _("You were named in a note")
    else:
        title = _("%(who)s named you in a note") % {"who": author.name}
    return Wording(
        title=title,
        paragraphs=(_("The note stands beside the conversation it is about."),),
        path=reverse("conversations-thread", args=[mention.note.conversation_id]),
    )


def given_away(now: datetime) -> Iterator[Tidings]:
    """Conversations that a colleague gave to somebody; one click with many is told once."""
    given: QuerySet[Move] = Move.objects.filter(
        verb=Move.Verb.ASSIGN,
        undone_at=None,
        member__isnull=False,
        at__lte=now - SEEN_BY_ITSELF,
        at__gt=now - TOO_OLD,
        conversation__assignee__left_at=None,
        conversation__assignee__isnull=False,
    ).select_related("member", "conversation__assignee__user", "conversation__assignee__workspace")
    by_click: dict[tuple[str, int], list[Move]] = defaultdict(list)
    for move in given.order_by("pk")[:MOST_AT_ONCE]:
        to = move.conversation.assignee_id
        if to is not None and to != move.member_id:
            by_click[str(move.batch), to].append(move)
    for (batch, _to), moves in by_click.items():
        first = moves[0]
        if first.conversation.assignee is not None and first.member is not None:
            facts = {"batch": batch, "who": first.member.name}
            yield Tidings(first.conversation.assignee, batch, facts)


def words_of_given(letter: Letter) -> Wording | None:
    """Who gave her how many; None when she has looked, or has none of them any more."""
    moves = Move.objects.filter(batch=letter.facts.get("batch"), undone_at=None)
    looked = Presence.objects.filter(
        conversation=OuterRef("pk"), member=letter.member, seen_at__gte=letter.created_at
    )
    hers = Conversation.objects.filter(
        ~Exists(looked), pk__in=moves.values("conversation"), assignee=letter.member
    ).exclude(turn=Conversation.Turn.DONE)
    found = list(hers.values_list("pk", flat=True))
    if not found:
        return None
    names = {"who": letter.facts.get("who", ""), "count": len(found)}
    return Wording(
        title=ngettext(
            "%(who)s gave you a conversation",
            "%(who)s gave you %(count)s conversations",
            len(found),
        )
        % names,
        paragraphs=(_("From now on it is yours to see to it; give it back if it is not."),),
        path=_path(found),
    )


def news(now: datetime) -> Iterator[Tidings]:
    """For whom something new waits: once in half an hour, for who has it or for everybody."""
    posts = Post.objects.exclude(standing__in=PUT_AWAY).filter(
        conversation=OuterRef("pk"), is_to_us=True, is_ours=False, received_at__gt=now - NEWS_OF
    )
    fresh = Conversation.objects.waiting().filter(Exists(posts), changed_at__gt=now - NEWS_OF)
    waiting = list(fresh.values_list("workspace", "assignee", "pk")[:MOST_AT_ONCE])
    if not waiting:
        return
    slot = int(now.timestamp() // NEWS_EVERY.total_seconds())
    for member in _readers({workspace for workspace, _who, _pk in waiting}):
        hers = [
            pk
            for workspace, who, pk in waiting
            if workspace == member.workspace_id and who in (None, member.pk)
        ]
        if hers:
            yield Tidings(member, f"{slot}", {"talks": hers[:20]})


def _readers(workspaces: set[int]) -> QuerySet[Member]:
    """Those who may answer, and want it told in a browser."""
    return (
        Member.objects.present()
        .filter(
            workspace__in=workspaces,
            wants_news=True,
            role__in=roles_with(May.SPEAK),
            push_subscriptions__isnull=False,
        )
        .select_related("user", "workspace")
        .distinct()
    )


def words_of_news(letter: Letter) -> Wording | None:
    """How many wait; None when nobody does any more."""
    hers = Q(assignee=None) | Q(assignee=letter.member)
    found = list(
        Conversation.objects.waiting()
        .filter(hers, pk__in=letter.facts.get("talks", ()), workspace=letter.workspace)
        .values_list("pk", flat=True)
    )
    if not found:
        return None
    title = ngettext("Somebody waits for a word", "%(count)s people wait for a word", len(found))
    return Wording(
        title=title % {"count": len(found)},
        paragraphs=(_("There is something new in the conversations."),),
        path=_path(found),
    )


def _path(talks: list[int]) -> str:
    if len(talks) == 1:
        return reverse("conversations-thread", args=talks)
    return reverse("conversations")


def register() -> None:
    """Say what is worth a letter."""
    kinds = Letter.Kind
    for order, source in (
        (
            30,
            Source("note", kinds.NOTE, words_of_mention, mentions, mail_waits=MAIL_AFTER_PUSH),
        ),
        (
            40,
            Source("given", kinds.ASSIGNED, words_of_given, given_away, mail_waits=MAIL_AFTER_PUSH),
        ),
        (50, Source("news", kinds.NEWS, words_of_news, news, ways=frozenset({PUSH}))),
    ):
        SOURCES.add(order, source)

"""Hits made ready for the page: who said what, where and when, with what was looked for marked."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resonanz.conversations.models import Note, Post, SearchEntry
from resonanz.conversations.rows import network_name
from resonanz.conversations.search.finding import said_in
from resonanz.conversations.shown import face_of, why_folded
from resonanz.people.models import Person
from resonanz.understanding.hiding import Hider
from resonanz.understanding.search_marks import excerpt_of
from resonanz.understanding.search_query import Query

HANDLES_SHOWN = 3


@dataclass(frozen=True)
class Hit:
    """A post or note that was found."""

    url: str
    name: str
    seed: str
    what: str
    words: SafeString
    warning: str
    where: str
    turn: str
    moment: datetime
    picture: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class PersonHit:
    """A person who was found."""

    url: str
    name: str
    seed: str
    where: str
    picture: str = ""


def hits_of(entries: list[SearchEntry], query: Query, hider: Hider) -> list[Hit]:
    """Rows for posts; the entries have their posts, accounts and conversations."""
    return [_post_hit(one.post, marked(said_in(one), query), hider) for one in entries if one.post]


def note_hits_of(entries: list[SearchEntry], query: Query) -> list[Hit]:
    """Rows for notes; the entries have their notes, authors and conversations."""
    return [_note_hit(one.note, marked(said_in(one), query)) for one in entries if one.note]


def person_hits_of(people: list[Person]) -> list[PersonHit]:
    """Rows for people; their accounts have to be prefetched."""
    return [_person_hit(person) for person in people]


def marked(text: str, query: Query) -> SafeString:
    """An excerpt as HTML: escaped, with <mark> around what was looked for."""
    runs = excerpt_of(text, query)
    parts = (
        (format_html("<mark>{}</mark>", run.text),) if run.is_marked else (run.text,)
        for run in runs
    )
    return format_html_join("", "{}", parts)


def _post_hit(post: Post, words: SafeString, hider: Hider) -> Hit:
    thread = reverse("conversations-thread", args=[post.conversation_id])
    talk = post.conversation
    return Hit(
        url=f"{thread}?post={post.pk}#post-{post.pk}",
        name=post.identity.name or post.identity.handle,
        seed=post.identity.uid,
        what=_("privately") if talk.is_direct else "",
        words=words,
        warning=post.warning,
        where=network_name(post.network),
        turn=talk.turn if talk.concerns_us else "",
        moment=post.said_at,
        picture=face_of(post.identity),
        hidden=why_folded(post, hider),
    )


def _note_hit(note: Note, words: SafeString) -> Hit:
    talk = note.conversation
    about = talk.with_whom or _("We ourselves")
    return Hit(
        url=reverse("conversations-thread", args=[talk.pk]),
        name=note.author.name if note.author else _("A former colleague"),
        seed=f"member {note.author_id}",
        what=_("in the talk with %(name)s") % {"name": about},
        words=words,
        warning="",
        where="",
        turn="",
        moment=note.at,
    )


def _person_hit(person: Person) -> PersonHit:
    accounts = list(person.identities.all())
    return PersonHit(
        url=reverse("people-person", args=[person.pk]),
        name=person.name,
        seed=accounts[0].uid if accounts else str(person.pk),
        where=", ".join(account.handle for account in accounts[:HANDLES_SHOWN]),
        picture=face_of(accounts[0]) if accounts else "",
    )

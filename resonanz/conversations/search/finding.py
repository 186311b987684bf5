"""What is found: posts with what shows why, notes, people. For one member, and only what she sees.

Where a phrase or a filter throws out what the index found, some hundred are looked at, and then
the page says how far back it looked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils import timezone

from resonanz.conversations.models import Conversation, SearchEntry
from resonanz.conversations.models.conversations import in_sight_of
from resonanz.conversations.models.searching import first_key_at, moment_at, span_of
from resonanz.conversations.search.entries import author_token, network_token
from resonanz.conversations.search.index import has_words, indexed_keys, newest_keys
from resonanz.people.models import Identity, Person
from resonanz.people.named import people_named
from resonanz.people.names import words_of
from resonanz.understanding.search_query import Query, Term, keeps_order
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may

A_PAGE = 20
# How many hits are looked at one by one where the index alone cannot decide.
LOOKED_AT = 250
NOTES_LOOKED_AT = 60
NOTES_SHOWN = 5
PEOPLE_SHOWN = 5
# A name that more accounts have says too little to filter by; some of them are taken.
ACCOUNTS_OF_A_NAME = 50


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. `about` is "us", "neighbourhood" or empty; empty asks nothing."""

    query: Query
    network: str = ""
    since: date | None = None
    who: str = ""
    about: str = ""


@dataclass(frozen=True)
class Found:
    """A page of hits, the newest first. `onward` is where the next one begins, 0 at the end.

    With `is_cut` there was so much to look through that the search stopped before the page was
    full; `looked_until` says how far back it came.
    """

    entries: list[SearchEntry]
    onward: int = 0
    is_cut: bool = False
    looked_until: datetime | None = None


def find_posts(member: Member, wish: Wish, before: int = 0) -> Found:
    """The next page of posts that have what is wished, from a key downwards."""
    span = _span(member, wish, before, of_notes=False)
    query = _narrowed(member, wish)
    if query is None or not span:
        return Found([])
    if not may(member, May.READ):
        return _among_few(member, wish, query, span)
    if not (wish.about or query.asks_for_order):
        return _page(newest_keys(span, query, most=A_PAGE + 1))
    keys = newest_keys(span, query, most=LOOKED_AT)
    passed = list(islice(_checked(keys, query, wish.about), A_PAGE + 1))
    if len(keys) < LOOKED_AT or len(passed) > A_PAGE:
        return _page(passed)
    found = _page(passed)
    return replace(found, onward=keys[-1], is_cut=True, looked_until=moment_at(keys[-1]))


def _page(keys: Sequence[int]) -> Found:
    """A page of the entries with these keys, of which one more than a page was asked for."""
    rows = SearchEntry.objects.filter(pk__in=keys[:A_PAGE], post__gone_at=None)
    chosen = rows.exclude(post=None).select_related("post__identity", "post__conversation")
    entries = list(chosen.defer("words").order_by("-key")) if keys else []
    return Found(entries, onward=keys[A_PAGE - 1] if len(keys) > A_PAGE else 0)


def _checked(keys: Sequence[int], query: Query, about: str) -> Iterator[int]:
    """Those of the keys that pass what the index cannot tell, in their order."""
    rows = SearchEntry.objects.filter(pk__in=keys).order_by("-key")
    if about:
        rows = rows.filter(post__conversation__concerns_us=about == "us")
    if not query.asks_for_order:
        yield from rows.values_list("key", flat=True)
        return
    said = rows.values_list("key", "post__title", "post__warning", "post__text", "post__pictures")
    for key, title, warning, text, pictures in said:
        if keeps_order(query, _in_order(title, warning, text, pictures)):
            yield key


def find_notes(member: Member, wish: Wish) -> list[SearchEntry]:
    """The latest notes of colleagues that have what is wished; none while posts are filtered."""
    if wish.network or wish.who or wish.about:
        return []
    span = _span(member, wish, 0, of_notes=True)
    seen = SearchEntry.objects.filter(
        in_sight_of(member, "note__conversation"), note__removed_at=None
    ).select_related("note__author", "note__conversation")
    if may(member, May.READ):
        keys = indexed_keys(span, wish.query, most=NOTES_LOOKED_AT)
        if not keys:
            return []
        found = seen.filter(pk__in=keys)
    else:
        found = seen.in_span(span).filter(has_words(wish.query))
    rows = found.order_by("-key")[:NOTES_LOOKED_AT]
    return [row for row in rows if keeps_order(wish.query, said_in(row))][:NOTES_SHOWN]


def find_people(member: Member, typed: str) -> list[Person]:
    """People whose names or handles begin with all the words; one too many."""
    if not may(member, May.READ) or not words_of(typed):
        return []
    return people_named(member.workspace, words_of(typed), most=PEOPLE_SHOWN + 1, is_search=True)


def _span(member: Member, wish: Wish, before: int, *, of_notes: bool) -> range:
    """The keys that come into question: of the workspace, since a day, below a mark."""
    whole = span_of(member.workspace_id, of_notes=of_notes)
    start, stop = whole.start, whole.stop
    if wish.since is not None:
        midnight = timezone.make_aware(datetime.combine(wish.since, time.min))
        start = first_key_at(whole, midnight)
    if before:
        stop = min(stop, max(before, start))
    return range(start, stop)


def _narrowed(member: Member, wish: Wish) -> Query | None:
    """The query with the filters that are tokens too. None when nothing can be found."""
    groups = list(wish.query.groups)
    if wish.network:
        groups.append(((Term(network_token(wish.network)),),))
    if wish.who:
        accounts = accounts_named(member, wish.who)
        if not accounts:
            return None
        groups.append(tuple((Term(author_token(pk)),) for pk in accounts))
    query = wish.query
    return Query(tuple(groups), query.without, query.phrases, query.without_phrases)


def accounts_named(member: Member, name: str) -> list[int]:
    """The accounts of people whose name or handle begins with these words."""
    words = words_of(name)
    if not words or not may(member, May.READ):
        return []
    people = people_named(member.workspace, words, most=ACCOUNTS_OF_A_NAME, is_search=True)
    found = Identity.objects.filter(person__in=people).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:ACCOUNTS_OF_A_NAME])


def _among_few(member: Member, wish: Wish, query: Query, span: range) -> Found:
    """What a guest finds: the few conversations she is asked about are looked through."""
    seen = Conversation.objects.visible_to(member)
    rows = SearchEntry.objects.in_span(span).filter(has_words(query), post__conversation__in=seen)
    keys = list(rows.order_by("-key").values_list("key", flat=True)[:LOOKED_AT])
    return _page(list(islice(_checked(keys, query, wish.about), A_PAGE + 1)))


def said_in(row: SearchEntry) -> str:
    """The text in which words stand in an order."""
    if row.note is not None:
        return row.note.text
    post = row.post
    if post is None:
        return ""
    return _in_order(post.title, post.warning, post.text, post.pictures)


def _in_order(title: str, warning: str, text: str, pictures: list[dict[str, Any]]) -> str:
    shown = (str(picture.get("description") or "") for picture in pictures)
    return "\n".join((title, warning, text, *shown))

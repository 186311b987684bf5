"""Asking the full-text index of the database, whichever it is. Gives keys, the latest first.

What is frequent is found by looking at the newest entries one by one, as far back as their
frequency promises; what is rare by the index. So a word that stands in a third of a million
posts costs as little as one that stands in ten.
"""

from typing import Any

from django.db import connection
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from resonanz.conversations.models import SearchEntry
from resonanz.understanding.search_query import Alternative, Group, Query, Term

# So many entries are read in a few milliseconds, and whoever is found there need not be sorted.
LOOKED_AT_ONE_BY_ONE = 1500
# For what is neither frequent nor rare; beyond that the index is quicker.
MOST_ONE_BY_ONE = 20_000
# What stood in the newest stands less often further back.
RESERVE = 1.5


def newest_keys(span: range, query: Query, *, most: int) -> list[int]:
    """Up to `most` keys within a span whose entries have what the query asks for.

    Phrases are not looked at, only their words.
    """
    found = _one_by_one(span, query, most, among=LOOKED_AT_ONE_BY_ONE)
    if len(found) >= most:
        return found
    rest, missing = range(span.start, _begin_of_newest(span)), most - len(found)
    further = _promising(len(found), missing)
    before = _one_by_one(rest, query, missing, among=further) if rest and further else []
    if rest and len(before) < missing:
        before = _by_index(rest, query, missing)
    return found + before


def _promising(found: int, missing: int) -> int:
    """Among how many more entries the missing ones probably are; 0 where it is too many."""
    further = int(LOOKED_AT_ONE_BY_ONE * missing / found * RESERVE) if found else 0
    return further if further <= MOST_ONE_BY_ONE else 0


def indexed_keys(span: range, query: Query, *, most: int) -> list[int]:
    """The same by the index alone, in one question: for spans that hold thousands, as notes do."""
    return _by_index(span, query, most)


def rebuild_index() -> None:
    """Make the index anew from the entries. PostgreSQL keeps it with the rows by itself."""
    index = "conversations_searchindex"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # A name of our own, twice.
            cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608


def _begin_of_newest(span: range) -> int:
    """The key from which on there are so many entries that they can be looked at one by one."""
    keys = SearchEntry.objects.in_span(span).order_by("-key").values_list("key", flat=True)
    return next(iter(keys[LOOKED_AT_ONE_BY_ONE : LOOKED_AT_ONE_BY_ONE + 1]), span.start)


def _one_by_one(span: range, query: Query, most: int, *, among: int) -> list[int]:
    """Up to `most` keys among the newest entries of a span."""
    keys = SearchEntry.objects.in_span(span).order_by("-key").values("key")
    begin = Coalesce(Subquery(keys[among : among + 1]), span.start)
    # Not within the span once more: of two lower ends SQLite walks down to the first.
    newest = SearchEntry.objects.filter(key__gte=begin, key__lt=span.stop).order_by("-key")
    found = newest.filter(has_words(query))
    return list(found.values_list("key", flat=True)[:most])


def has_words(query: Query, *, at: str = "words") -> Q:
    """The query as a condition on the column of tokens; for few entries only."""
    told = Q()
    for group in query.groups:
        told &= _group_there(group, at)
    for group in query.without:
        told &= ~_group_there(group, at)
    return told


def _group_there(group: Group, at: str) -> Q:
    told = Q()
    for alternative in group:
        there = Q()
        for term in alternative:
            end = "" if term.is_prefix else " "
            there &= Q(**{f"{at}__contains": f" {term.token}{end}"})
        told |= there
    return told


def _by_index(span: range, query: Query, most: int) -> list[int]:
    is_postgresql = connection.vendor == "postgresql"
    statement, told = (POSTGRESQL, _tsquery(query)) if is_postgresql else (SQLITE, _match(query))
    with connection.cursor() as cursor:
        cursor.execute(statement, [told, span.start, span.stop, most])
        return [row[0] for row in cursor.fetchall()]


# FTS5 walks its lists from the highest rowid downwards and stops when there are enough.
SQLITE = """
    SELECT rowid FROM conversations_searchindex
    WHERE conversations_searchindex MATCH %s AND rowid >= %s AND rowid < %s
    ORDER BY rowid DESC LIMIT %s
"""
# The newest were looked at already, so the rest is rare, and the index is asked whatever the
# planner believes about the words.
POSTGRESQL = """
    WITH found AS MATERIALIZED (
        SELECT key FROM conversations_searchentry
        WHERE tokens @@ %s::tsquery AND key >= %s AND key < %s
    )
    SELECT key FROM found ORDER BY key DESC LIMIT %s
"""


def _match(query: Query) -> str:
    """A query in the language of FTS5. Every token is quoted, so nothing in it is an operator."""

    def term(one: Term) -> str:
        return f'"{one.token.replace(chr(34), "")}"' + (" *" if one.is_prefix else "")

    def group(some: Group) -> str:
        return _any(some, term, " AND ", " OR ")

    told = " AND ".join(group(some) for some in query.groups)
    without = " OR ".join(group(some) for some in query.without)
    return f"({told}) NOT ({without})" if without else told


def _tsquery(query: Query) -> str:
    """A query in the language of tsquery, quoted likewise."""

    def term(one: Term) -> str:
        quoted = one.token.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}'" + (":*" if one.is_prefix else "")

    def group(some: Group) -> str:
        return _any(some, term, " & ", " | ")

    told = [group(some) for some in query.groups]
    told += [f"!{group(some)}" for some in query.without]
    return " & ".join(told)


def _any(some: Group, term: Any, both: str, either: str) -> str:
    def every(alternative: Alternative) -> str:
        return f"({both.join(term(one) for one in alternative)})"

    return f"({either.join(every(alternative) for alternative in some)})"

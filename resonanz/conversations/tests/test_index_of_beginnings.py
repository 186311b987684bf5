"""The step from a full-text index without beginnings to one with them, with posts in it."""

from collections.abc import Callable
from importlib import import_module

from django.db import connection

from resonanz.channels.models import Channel
from resonanz.conversations.models.searching import span_of
from resonanz.conversations.search.index import indexed_keys
from resonanz.conversations.tests.saying import arrives, said
from resonanz.understanding.search_query import read_query

step = import_module("resonanz.conversations.migrations.0015_found_by_their_beginnings")


class Editor:
    """As much of Django's schema editor as the step uses."""

    connection = connection

    def execute(self, statement: str) -> None:
        """Run a statement in the transaction of the test."""
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_same_is_found_before_and_after(pretend_channel: Channel) -> None:
    """Forwards, back, and forwards again; on PostgreSQL nothing happens."""
    arrives(
        pretend_channel,
        said("eve", "1", text="Bäckerei am Morgen"),
        said("dan", "2", text="Backofen kalt"),
        said("eve", "3", text="Nusszopf"),
    )

    def found() -> list[int]:
        queries = [read_query(typed) for typed in ("bäck*", "ba*", "nuss*", "zz*", "morgen")]
        span = span_of(pretend_channel.workspace_id)
        return [len(indexed_keys(span, query, most=10)) for query in queries if query]

    now, knows = found(), knows_beginnings()
    assert now[2:] == [1, 0, 1]
    steps: list[tuple[Callable[..., None], bool]] = [
        (step.without_beginnings, False),
        (step.with_beginnings, True),
    ]
    for go, is_with in steps:
        go(None, Editor())
        assert found() == now
        if connection.vendor == "sqlite":
            assert knows_beginnings() is is_with
    assert knows_beginnings() is knows
    # What comes later is in it, too.
    arrives(pretend_channel, said("dan", "4", text="Nussecke"))
    assert found()[2] == now[2] + 1


def knows_beginnings() -> bool:
    """Whether the index that is there was made with them."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'conversations_searchindex'")
        return "prefix=" in str(cursor.fetchone()[0])

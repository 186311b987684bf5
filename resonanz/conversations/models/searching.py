"""Tables of the search: SearchEntry, SearchRun."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.utils import timezone

from resonanz.conversations.models.posts import Post
from resonanz.conversations.models.teamwork import Note

# A key has three parts, so that one index gives what belongs to one workspace, newest first:
# whose and of which kind (18 bits and 1), the second it was said, and a number of its own.
SECOND_BITS, SLOT_BITS = 36, 8
SLOTS = 1 << SLOT_BITS
LATEST_SECOND = (1 << SECOND_BITS) - 1


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Questions about entries."""

    def in_span(self, span: range) -> Self:
        """Those with these keys."""
        return self.filter(key__gte=span.start, key__lt=span.stop)


class SearchEntry(models.Model):
    """The words by which one post or one note is found.

    `words` holds the tokens of `understanding.search_words`, each once, with a blank around every
    one. The full-text index of the database follows this table by itself: triggers keep an FTS5
    table on SQLite, a generated column with a GIN index stands beside `words` on PostgreSQL (see
    the migration `search_entries`). Whoever alters this table on SQLite makes the triggers anew.
    """

    # Always given; an AutoField only because SQLite then takes it as the row's own number.
    key = models.BigAutoField(primary_key=True)
    post = models.OneToOneField(
        Post, models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    note = models.OneToOneField(
        Note, models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    words = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post=None, note__isnull=False)
                | models.Q(post__isnull=False, note=None),
                name="search_entry_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.words[:40]


def span_of(workspace_id: int, *, of_notes: bool = False) -> range:
    """All keys of a workspace's posts, or of its notes."""
    bits = SECOND_BITS + SLOT_BITS
    first = (workspace_id * 2 + of_notes) << bits
    return range(first, first + (1 << bits))


def first_key_at(span: range, moment: datetime) -> int:
    """The lowest key of what was said at a moment (aware) or after it."""
    second = min(max(int(moment.timestamp()), 0), LATEST_SECOND)
    return span.start + (second << SLOT_BITS)


def moment_at(key: int) -> datetime:
    """The second (aware, UTC) at which the thing with this key was said."""
    return datetime.fromtimestamp((key >> SLOT_BITS) & LATEST_SECOND, UTC)


class SearchRun(models.Model):
    """Everything that is there is given its words anew, in batches, the newest first.

    Posts and notes from `post_below` and `note_below` on are done. A run that is not done says
    so on the search page.
    """

    rules = models.PositiveIntegerField()
    post_below = models.BigIntegerField()
    note_below = models.BigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="search_run_due")
        ]

    def __str__(self) -> str:
        return f"below {self.post_below}"

"""Tables: Person, NameWord, Identity, KnownAs."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.workspaces.models import Member, Workspace

WORD_CHARACTERS = 60
MORE_THAN_ANYBODY_KNOWS = 100_000_000


class BeginsWith(models.Lookup[str]):
    """`word__begins="jo"`: a prefix, asked so that the plain index is used on SQLite too.

    Django's own `startswith` becomes LIKE, for which SQLite does not use an index here
    (https://www.sqlite.org/optoverview.html#the_like_optimization, read 2026-11-22).
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """A range from the prefix up to the last word that begins with it."""
        column, parameters = self.process_lhs(compiler, connection)
        value = str(self.rhs)
        return (
            f"({column} >= %s AND {column} < %s)",
            (*parameters, value, *parameters, value + LAST_SIGN),
        )

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """A prefix, because the order of words there depends on the locale."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"starts_with({column}, %s)", (*parameters, str(self.rhs))


LAST_SIGN = "\U0010ffff"
models.CharField.register_lookup(BeginsWith)


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def others(self) -> Self:
        """People who are not ourselves."""
        return self.exclude(
            models.Exists(Identity.objects.filter(person=models.OuterRef("pk"), is_ours=True))
        )

    def in_touch(self) -> Self:
        """Those between whom and us something passed, the latest first."""
        return self.filter(last_contact_at__isnull=False).order_by("-last_contact_at", "-pk")

    def named_like(self, workspace: Workspace, words: Sequence[str]) -> Self:
        """Those who have, for every one of the words, a name or handle that begins with it."""
        found = self
        for word in words:
            named = NameWord.objects.filter(workspace=workspace, word__begins=word)
            # With an end PostgreSQL gathers the names first; it would ask for each person else.
            found = found.filter(pk__in=named.values("person")[:MORE_THAN_ANYBODY_KNOWS])
        return found


class Person(models.Model):
    """A human being (or a house, or a bot that we know) behind one or several accounts.

    `last_contact_at` is written from above: when something last passed between her and us.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="people")
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_contact_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(
                fields=["workspace", "-last_contact_at", "-id"],
                condition=models.Q(last_contact_at__isnull=False),
                name="person_latest",
            ),
            models.Index(fields=["workspace", "-created_at", "-id"], name="person_met"),
        ]

    def __str__(self) -> str:
        return self.name


class NameWord(models.Model):
    """A word by which a person is found: from her names and handles, as `words_of` gives them."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="name_words")
    word = models.CharField(max_length=WORD_CHARACTERS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "word"], name="name_word_once_per_person")
        ]
        indexes = [
            # The order of bytes: that of a language would not find beginnings on PostgreSQL.
            models.Index(
                fields=["workspace", "word"],
                opclasses=["int8_ops", "varchar_pattern_ops"],
                name="name_word_found",
            ),
        ]

    def __str__(self) -> str:
        return self.word


class IdentityQuerySet(models.QuerySet["Identity"]):
    """Questions about identities."""

    def others(self) -> Self:
        """Accounts that are not ours."""
        return self.filter(is_ours=False)

    def shielded(self) -> Self:
        """Accounts that a member muted or blocked."""
        return self.exclude(muted_at=None, blocked_at=None)


class Identity(models.Model):
    """An account of a person on a network: where we know it from, since when and why.

    `bio` is plain text. `met_url` is the address of the post through which we met. While
    `muted_at` or `blocked_at` is set, a member has shielded the house from this account: what it
    says lays nothing on anybody's desk. `muted_by` and `blocked_by` say who that was.
    `wishes` are the codes of what this account asks of others, told by its network or in its own
    words. `moved_to` is where it says that it has gone: the switchboard's `Mention` as JSON.
    `follows_us` is None while nobody has looked.
    """

    class Met(models.TextChoices):
        """How we met; the first reason stays."""

        MENTIONED_US = "mentioned_us", _("named us")
        ANSWERED_US = "answered_us", _("answered us")
        WROTE_TO_US = "wrote_to_us", _("wrote to us directly")
        SHARED_US = "shared_us", _("passed on something of ours")
        LIKED_US = "liked_us", _("liked something of ours")
        FOLLOWED_US = "followed_us", _("began to follow us")
        LINKED_US = "linked_us", _("linked to us")
        NEIGHBOUR = "neighbour", _("somebody we read")
        IN_CONVERSATION = "in_conversation", _("took part in a conversation")
        OURSELVES = "ourselves", _("an account of our own")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="identities")
    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    network = models.CharField(max_length=40)
    uid = models.CharField(max_length=500)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    avatar_url = models.CharField(max_length=1000, blank=True)
    bio = models.TextField(blank=True)
    is_bot = models.BooleanField(default=False)
    is_indexable = models.BooleanField(default=True)
    is_locked = models.BooleanField(default=False)
    wishes = models.JSONField(default=list, blank=True)
    moved_to = models.JSONField(default=dict, blank=True)
    blocks_us = models.BooleanField(default=False)
    follows_us = models.BooleanField(null=True, blank=True)
    is_ours = models.BooleanField(default=False)
    met_at = models.DateTimeField(default=timezone.now)
    met_how = models.CharField(max_length=20, choices=Met.choices)
    met_url = models.CharField(max_length=1000, blank=True)
    met_through = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    muted_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    muted_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    blocked_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "uid"], name="identity_once_in_workspace"
            )
        ]
        indexes = [
            models.Index(
                fields=["workspace", "network", "uid"],
                condition=models.Q(is_ours=True),
                name="identity_ours",
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def is_shielded(self) -> bool:
        """Whether a member muted or blocked this account."""
        return self.muted_at is not None or self.blocked_at is not None


class KnownAs(models.Model):
    """A channel's server knows an account under a local id: needed to follow it there."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="known_as")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="known_identities")
    local_id = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "known as"
        constraints = [
            models.UniqueConstraint(fields=["channel", "identity"], name="known_as_once")
        ]

    def __str__(self) -> str:
        return self.local_id

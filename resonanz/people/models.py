"""Tables: Person, NameWord, Identity, KnownAs, Honouring, CircleReading, Joining."""

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
        """People who are not ourselves, each once: who was joined with another is that one."""
        return self.filter(joined_into=None).exclude(
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
    `joined_into` is the person with whom a human joined this one: her accounts are there now.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="people")
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    # An index of all of whom nearly nobody is joined would lead the planner astray.
    joined_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="joined", db_index=False
    )

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
            models.Index(
                fields=["joined_into"],
                condition=models.Q(joined_into__isnull=False),
                name="person_joined_into",
            ),
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
    words. `moved_to` is where it says that it has gone: the switchboard's `Mention` as JSON, with
    its uid in `moved_to_uid` to be found by.
    `follows_us` is None while nobody has looked.
    """

    class Met(models.TextChoices):
        """How we met; the first reason stays."""

        MENTIONED_US = "mentioned_us", _("named us")
        ANSWERED_US = "answered_us", _("answered us")
        WROTE_TO_US = "wrote_to_us", _("wrote to us directly")
        SPOKE_WITH_US = "spoke_with_us", _("spoke with us")
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
    moved_to_uid = models.CharField(max_length=500, blank=True)
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
                fields=["workspace", "moved_to_uid"],
                condition=~models.Q(moved_to_uid=""),
                name="identity_moved_to",
            ),
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
    """A channel's server knows an account under a local id: needed to follow it there.

    `follows_us_at` and `followed_at` say when the account was last seen in the list of those who
    follow the channel's account, and of those whom it follows. None: it was not in it.
    """

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="known_as")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="known_identities")
    local_id = models.CharField(max_length=200)
    follows_us_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "known as"
        constraints = [
            models.UniqueConstraint(fields=["channel", "identity"], name="known_as_once")
        ]

    def __str__(self) -> str:
        return self.local_id


class Honouring(models.Model):
    """What an account asks for has to be seen to: words that were only overheard.

    The room that keeps words takes them out of its search, or forgets them. A row is there as
    long as something has to be done again and again, or when a wish was taken back.
    """

    identity = models.OneToOneField(Identity, models.CASCADE, related_name="honouring")
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="honouring_due")]

    def __str__(self) -> str:
        return str(self.identity_id)


class CircleReading(models.Model):
    """The list of those who follow one of our accounts, or whom it follows: read once a day.

    `cursor` is where a reading that was not finished goes on, `counted` how many it has seen
    since `began_at`. `total` is how many the last finished reading saw, at `read_at`. Only whom
    we know already is noted from it; of the others there is nothing but this number.
    """

    class Kind(models.TextChoices):
        """Which list."""

        FOLLOWERS = "followers", _("who follows us")
        FOLLOWED = "followed", _("whom we follow")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="circle_readings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cursor = models.TextField(blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    counted = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "kind"], name="circle_reading_once")
        ]
        indexes = [models.Index(fields=["due_at"], name="circle_reading_due")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.kind}"


class Joining(models.Model):
    """A human said that two persons are one; it can be taken back.

    The accounts of `other` (`identities`, their ids) went to `person`. `note_before` is what was
    noted about `person` until then; what was noted about `other` stays in her own row.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="joinings")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    identities = models.JSONField(default=list)
    note_before = models.TextField(blank=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    parted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.other_id} → {self.person_id}"

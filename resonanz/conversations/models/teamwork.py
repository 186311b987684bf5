"""Tables of working together: Note, NoteMention, Move, Rule, SavedView, Presence."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.conversations.models.conversations import Conversation
from resonanz.workspaces.models import Member, Workspace


class Note(models.Model):
    """Something a member wrote in a conversation for her colleagues. Never leaves the house."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="note_in_conversation")]

    def __str__(self) -> str:
        return self.text[:40]


class NoteMention(models.Model):
    """A colleague is named in a note and has not looked at it, until `seen_at`."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="note_mentions")
    member = models.ForeignKey(Member, models.CASCADE, related_name="note_mentions")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "member"], name="note_mention_once")]
        indexes = [
            models.Index(
                fields=["member"], condition=models.Q(seen_at=None), name="note_mention_unseen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.note_id} for {self.member_id}"


class Move(models.Model):
    """What a member, a rule or the clock did with a conversation, and how it was before.

    Moves of one `batch` were made by one click and are undone by one. `before` and `after` hold
    the conversation's columns that the move touched, as JSON. A rule's move keeps its name in
    `rule_name`; what neither a member nor a rule did, time or a new word did.
    """

    class Verb(models.TextChoices):
        """What was done."""

        ASSIGN = "assign", _("assigned")
        UNASSIGN = "unassign", _("given back to everybody")
        SNOOZE = "snooze", _("snoozed")
        WAKE = "wake", _("woken")
        DONE = "done", _("called done")
        REOPEN = "reopen", _("reopened")
        THEIRS = "theirs", _("left to them")
        JOIN = "join", _("put together")
        PART = "part", _("parted")

    batch = models.UUIDField(default=uuid4, db_index=True)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="moves")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="moves")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    rule_name = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=12, choices=Verb.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="move_in_conversation")]

    def __str__(self) -> str:
        return f"{self.verb} {self.conversation_id}"


class Rule(models.Model):
    """Who gets a new conversation. Rules are asked in order of `position`; the first wins.

    An empty column asks for nothing. `words` holds one word or phrase a line, of which one has
    to be there.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="rules")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=80)
    is_on = models.BooleanField(default=True)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+")
    network = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    only_direct = models.BooleanField(default=False)
    assignee = models.ForeignKey(Member, models.CASCADE, related_name="rules")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "position"], name="rule_in_order")]

    def __str__(self) -> str:
        return self.name


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Questions about saved views."""

    def usable_by(self, member: Member) -> Self:
        """A member's own and everybody's, removed ones too."""
        mine = models.Q(member=member) | models.Q(member=None)
        return self.filter(mine, workspace=member.workspace_id)


class SavedView(models.Model):
    """A set of filters with a name: a member's own, or everybody's (without `member`).

    `query` is the address's query string, without a question mark.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="saved_views")
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="saved_views"
    )
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SavedViewQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """A member has a conversation open (`seen_at`), and writes in it (`wrote_at`)."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField(default=timezone.now)
    wrote_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "member"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.conversation_id}"

"""Tables: Conversation, Post, Sighting, Lookup, Promise."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.outbox.models import AUDIENCES, Delivery
from resonanz.people.models import Identity
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Voice, Workspace


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Questions about conversations."""

    def inbox(self) -> Self:
        """Those that concern us."""
        return self.filter(concerns_us=True)

    def waiting(self) -> Self:
        """Those in which somebody waits for us, the longest wait first."""
        return self.filter(concerns_us=True, turn=Conversation.Turn.OURS).order_by(
            "waiting_since", "pk"
        )


class Conversation(models.Model):
    """Posts that belong together.

    `turn` is kept by itself with every post and can be set by hand (`turn_by_hand`), which
    holds until one of us, or somebody to us, speaks after `turn_set_at`; what arrived before
    `settled_at` waits no more.
    `waiting_since` is the time of the oldest word of theirs that we have not answered, and
    `opening` its first words; those of the whole conversation where nobody waits. `with_whom`
    names up to three people, who waits first; `with_uid` is the account of the first of them.
    `concerns_us` is false for what we merely overheard.
    """

    class Turn(models.TextChoices):
        """Whose turn it is."""

        OURS = "ours", _("our turn")
        THEIRS = "theirs", _("their turn")
        DONE = "done", _("done")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="conversations")
    concerns_us = models.BooleanField(default=False)
    turn = models.CharField(max_length=8, choices=Turn.choices, default=Turn.DONE)
    turn_by_hand = models.BooleanField(default=False)
    turn_set_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=300, blank=True)
    with_uid = models.CharField(max_length=500, blank=True)
    network = models.CharField(max_length=40, blank=True)
    post_count = models.PositiveIntegerField(default=0)
    is_direct = models.BooleanField(default=False)
    may_be_incomplete = models.BooleanField(default=False)
    first_post_at = models.DateTimeField()
    last_post_at = models.DateTimeField()

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "turn", "waiting_since"],
                condition=models.Q(concerns_us=True),
                name="conversation_waiting",
            ),
            models.Index(
                fields=["workspace", "-last_post_at"],
                condition=models.Q(concerns_us=True),
                name="conversation_latest",
            ),
            models.Index(
                fields=["workspace", "turn", "-last_post_at"],
                condition=models.Q(concerns_us=True),
                name="conversation_by_turn",
            ),
        ]

    def __str__(self) -> str:
        return self.opening


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts."""

    def still_there(self) -> Self:
        """Posts that were not deleted where they came from."""
        return self.filter(gone_at=None)


class Post(models.Model):
    """Anything anyone said.

    `html` is cleaned, `text` is the same as plain text. `mentions`, `links`, `pictures` are the
    switchboard's shapes as JSON. `answers_uid` is kept until the post it names has arrived.
    `reason` says why we keep it.
    """

    class Reason(models.TextChoices):
        """Why we keep a post."""

        TO_US = "to_us", _("said to us or about us")
        THREAD = "thread", _("part of a conversation with us")
        NEIGHBOURHOOD = "neighbourhood", _("said by somebody we read")
        OURS = "ours", _("said by us")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="posts")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="posts")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="posts")
    network = models.CharField(max_length=40)
    uid = models.CharField(max_length=500)
    url = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=400, blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    warning = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, blank=True)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=Audience.PUBLIC.value)
    mentions = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    answers_uid = models.CharField(max_length=500, blank=True)
    shared_by = models.ForeignKey(
        Identity, models.SET_NULL, null=True, blank=True, related_name="shared_posts"
    )
    is_ours = models.BooleanField(default=False)
    is_to_us = models.BooleanField(default=False)
    voice = models.ForeignKey(Voice, models.SET_NULL, null=True, blank=True)
    delivery = models.OneToOneField(
        Delivery, models.SET_NULL, null=True, blank=True, related_name="post"
    )
    reason = models.CharField(max_length=16, choices=Reason.choices)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "uid"], name="post_once_in_workspace"
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "said_at"], name="post_in_conversation"),
            models.Index(fields=["identity", "-said_at"], name="post_of_identity"),
            models.Index(
                fields=["workspace", "network", "-said_at", "-id"],
                condition=models.Q(reason="neighbourhood"),
                name="post_neighbourhood",
            ),
            models.Index(
                fields=["workspace", "answers_uid"],
                condition=~models.Q(answers_uid=""),
                name="post_awaits_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Sighting(models.Model):
    """A channel knows a post under a local id: needed to answer, share or look it up there.

    `answers_local_id` is kept where the network names a parent only by its local id.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="sightings")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="sightings")
    local_id = models.CharField(max_length=200)
    answers_local_id = models.CharField(max_length=200, blank=True)
    lane = models.CharField(max_length=20)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "local_id"], name="sighting_once_per_channel"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "answers_local_id"],
                condition=~models.Q(answers_local_id=""),
                name="sighting_awaits_parent",
            )
        ]

    def __str__(self) -> str:
        return self.local_id


class Lookup(models.Model):
    """A conversation that has to be read whole from a channel's server."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="lookups")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="lookups")
    local_id = models.CharField(max_length=200)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "local_id"], name="lookup_once_per_post")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="lookup_due")
        ]

    def __str__(self) -> str:
        return self.local_id


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Questions about promises."""

    def open(self) -> Self:
        """Promises not yet kept, the next one due first."""
        return self.filter(kept_at=None).order_by("due_on", "pk")


class Promise(models.Model):
    """Something we said we would do, with a date."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="promises")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="promises")
    voice = models.ForeignKey(Voice, models.PROTECT)
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "kept_at", "due_on"], name="promise_open")]

    def __str__(self) -> str:
        return self.what

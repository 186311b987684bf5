"""Tables: Endpoint, ReceivedMention, SentMention."""

from hashlib import sha256
from secrets import token_urlsafe

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.switchboard import shapes
from resonanz.workspaces.models import Workspace

ADDRESS_CHARACTERS = 1000


def digest_of(source: str, target: str) -> str:
    """By which a pair of addresses is found again; long addresses fit into no index."""
    return sha256(f"{source}\n{target}".encode()).hexdigest()


class Due(models.Model):
    """What has to be looked at or told: the columns of a row that the sweep finds."""

    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Endpoint(Due):
    """The address at which links to one of our domains are told to us. One for each channel.

    `token` stands in the address. Our own site is looked at from time to time: `is_announced`
    says whether its pages name the address (None: nobody has looked yet), and the trouble why
    that could not be found out.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="endpoint")
    token = models.CharField(max_length=64, unique=True, default=token_urlsafe)
    opened_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True, blank=True)
    is_announced = models.BooleanField(null=True, blank=True)
    is_announced_for_pingback = models.BooleanField(default=False)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="endpoint_due")]

    def __str__(self) -> str:
        return self.channel.handle


class ReceivedMention(Due):
    """Somebody says that a page (`source`) links to a page of ours (`target`).

    `token` stands in the address at which the sender sees what became of it. `kind` is what the
    link does (the switchboard's `LinkKind`), `by_uid`, `by_name` and `title` who wrote it and
    what it is called, once it was seen; `post_uid` names the post that it became, and `wording`
    tells whether its words changed.
    """

    class Way(models.TextChoices):
        """How we were told."""

        WEBMENTION = "webmention", "Webmention"
        PINGBACK = "pingback", "Pingback"

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waits to be looked at")
        KEPT = "kept", _("seen")
        REFUSED = "refused", _("refused")
        GONE = "gone", _("gone")

    class Kind(models.TextChoices):
        """What the link does."""

        REPLY = shapes.LinkKind.REPLY.value, _("answers")
        LIKE = shapes.LinkKind.LIKE.value, _("likes")
        REPOST = shapes.LinkKind.REPOST.value, _("shares")
        BOOKMARK = shapes.LinkKind.BOOKMARK.value, _("keeps for later")
        MENTION = shapes.LinkKind.MENTION.value, _("links to")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="received_mentions")
    way = models.CharField(max_length=12, choices=Way.choices)
    source = models.CharField(max_length=ADDRESS_CHARACTERS)
    target = models.CharField(max_length=ADDRESS_CHARACTERS)
    digest = models.CharField(max_length=64)
    source_host = models.CharField(max_length=255)
    token = models.CharField(max_length=64, unique=True, default=token_urlsafe)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    by_uid = models.CharField(max_length=500, blank=True, db_index=True)
    by_name = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=400, blank=True)
    post_uid = models.CharField(max_length=500, blank=True)
    wording = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "digest"], name="received_mention_once")
        ]
        indexes = [
            models.Index(fields=["workspace", "-asked_at", "-id"], name="received_mention_latest"),
            models.Index(fields=["source_host", "asked_at"], name="received_mention_of_host"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="waiting"),
                name="received_mention_due",
            ),
        ]

    def __str__(self) -> str:
        return self.source


class SentMention(Due):
    """A page of ours (`source`) links to another's (`target`), which has to be told of it.

    `is_wanted` is False once the link, or our page, has gone: then it is told once more.
    `as_of` is when our page last changed, as far as that is told or about to be; `endpoint` and
    `way` are how the other page wanted to be told.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        TOLD = "told", _("told")
        NO_ENDPOINT = "no_endpoint", _("wants to hear of no links")
        REFUSED = "refused", _("refused")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="sent_mentions")
    source = models.CharField(max_length=ADDRESS_CHARACTERS)
    target = models.CharField(max_length=ADDRESS_CHARACTERS)
    digest = models.CharField(max_length=64)
    source_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    is_wanted = models.BooleanField(default=True)
    way = models.CharField(max_length=12, blank=True)
    endpoint = models.CharField(max_length=ADDRESS_CHARACTERS, blank=True)
    as_of = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "digest"], name="sent_mention_once")
        ]
        indexes = [
            models.Index(fields=["workspace", "-begun_at", "-id"], name="sent_mention_latest"),
            models.Index(fields=["workspace", "source_digest"], name="sent_mention_of_source"),
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="sent_mention_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

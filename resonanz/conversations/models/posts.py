"""Tables: Post, PostAddress, PostVersion, Sighting, Lookup, Fetching."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.conversations.models.conversations import Conversation
from resonanz.outbox.models import AUDIENCES, Delivery
from resonanz.people.models import Identity
from resonanz.switchboard import shapes
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Member, Voice, Workspace

# What lies on nobody's desk: others do not see it where it was said.
PUT_AWAY = (shapes.Standing.SPAM.value, shapes.Standing.TRASH.value)


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts."""

    def still_there(self) -> Self:
        """Posts that were not deleted where they came from."""
        return self.filter(gone_at=None)


class Post(models.Model):
    """Anything anyone said.

    `html` is cleaned, `text` is the same as plain text. `mentions`, `links`, `pictures` are the
    switchboard's shapes as JSON, and so are `poll` and `card` (empty where there is none).
    `answers_uid` is kept until the post it names has arrived, and so is `quotes_uid`.
    `reason` says why we keep it. `standing` says whether others see it where it was said, and
    `is_closed` that nobody can answer there any more. `noted_by` wrote it down by hand: it was
    said at the counter, on the phone, or where Resonanz cannot read.
    `answers_address` is where what it answers stands, until that has arrived, if only an address
    of any network is known. `copy_of` is the post whose words it brings elsewhere;
    `copy_address` is the page of ours that it may be a copy of, until that has arrived.
    `is_settled`: a human called the matter settled while it lay in a conversation of its own.
    """

    class Reason(models.TextChoices):
        """Why we keep a post."""

        TO_US = "to_us", _("said to us or about us")
        THREAD = "thread", _("part of a conversation with us")
        NEIGHBOURHOOD = "neighbourhood", _("said by somebody we read")
        OURS = "ours", _("said by us")

    class Kind(models.TextChoices):
        """What it is, where that matters to whoever reads it."""

        POST = shapes.Kind.POST.value, _("post")
        ARTICLE = shapes.Kind.ARTICLE.value, _("article")
        COMMENT = shapes.Kind.COMMENT.value, _("comment")
        PING = shapes.Kind.PING.value, _("link from another page")

    class Standing(models.TextChoices):
        """Whether others see it."""

        PUBLISHED = shapes.Standing.PUBLISHED.value, _("published")
        HELD = shapes.Standing.HELD.value, _("waits for approval")
        SPAM = shapes.Standing.SPAM.value, _("spam")
        TRASH = shapes.Standing.TRASH.value, _("in the trash")

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
    poll = models.JSONField(default=dict, blank=True)
    card = models.JSONField(default=dict, blank=True)
    quotes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="quoted_by"
    )
    quotes_uid = models.CharField(max_length=500, blank=True)
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    answers_uid = models.CharField(max_length=500, blank=True)
    answers_address = models.CharField(max_length=1000, blank=True)
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    copy_address = models.CharField(max_length=1000, blank=True)
    shared_by = models.ForeignKey(
        Identity, models.SET_NULL, null=True, blank=True, related_name="shared_posts"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POST)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PUBLISHED)
    is_closed = models.BooleanField(default=False)
    noted_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="noted_posts"
    )
    is_ours = models.BooleanField(default=False)
    is_to_us = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
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
            models.Index(
                fields=["workspace", "quotes_uid"],
                condition=~models.Q(quotes_uid=""),
                name="post_quotes",
            ),
            models.Index(
                fields=["workspace", "answers_address"],
                condition=models.Q(answers=None) & ~models.Q(answers_address=""),
                name="post_awaits_address",
            ),
            models.Index(
                fields=["workspace", "copy_address"],
                condition=models.Q(copy_of=None) & ~models.Q(copy_address=""),
                name="post_awaits_original",
            ),
            models.Index(
                fields=["workspace", "url"],
                condition=~models.Q(url=""),
                name="post_at_address",
            ),
            models.Index(
                fields=["workspace", "conversation"],
                condition=models.Q(standing="held", gone_at=None, is_ours=False),
                name="post_held",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_put_away(self) -> bool:
        """Whether it is spam, or in the trash."""
        return self.standing in PUT_AWAY


class PostAddress(models.Model):
    """An address under which the words of a post stand, too: a copy, the original, a bridge.

    The same words that arrive under it by another way are this post, and not one more. A post's
    own `uid` and `url` are here as soon as another network may name them: for articles and
    comments, for what is ours, and wherever `same_as` told of another address.
    `address` is a key, as `understanding.same_address` writes it; `url` is what a reader opens,
    where it leads into the web. `is_own` is false for what was only claimed: the post says that
    it stands there, too. `network` is where the words were seen at this address, "" where they
    were not.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="addresses")
    address = models.CharField(max_length=1000)
    url = models.CharField(max_length=1000, blank=True)
    network = models.CharField(max_length=40, blank=True)
    is_own = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "post addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "address"], name="post_address_once_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.address


class PostVersion(models.Model):
    """What a post said before its author changed it. Goes when the post is deleted there."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=400, blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    warning = models.CharField(max_length=300, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["post", "-replaced_at"], name="post_version_latest")]

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
            ),
            models.Index(fields=["post", "channel"], name="sighting_of_post"),
        ]

    def __str__(self) -> str:
        return self.local_id


class Lookup(models.Model):
    """A conversation that has to be read whole: from a channel's server, or at its origin.

    `is_at_origin` asks the server that `url` names, without our account, because ours knows
    only a part. Then `found` counts what was new to us (None before it was asked), and the
    trouble says what kept it from answering.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="lookups")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="lookups")
    local_id = models.CharField(max_length=200)
    is_at_origin = models.BooleanField(default=False)
    url = models.CharField(max_length=1000, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(null=True, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "local_id", "is_at_origin"], name="lookup_once_per_way"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="lookup_due")
        ]

    def __str__(self) -> str:
        return self.local_id


class Fetching(models.Model):
    """A post that was read elsewhere, to be found at a channel's server so that it can be answered.

    Done with a `trouble_code` the server does not know it, or could not get it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="fetchings")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="fetchings")
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "channel"], name="fetching_once_per_channel")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="fetching_due")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.channel_id}"

"""Tables: Draft, Upload, Publication, Delivery, Amendment, Gesture, Shielding, Moderation."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.people.models import Identity
from resonanz.switchboard.shapes import Audience, ReactionKind, Standing
from resonanz.workspaces.models import Member, Voice, Workspace

AUDIENCES = [
    (Audience.PUBLIC.value, _("everybody")),
    (Audience.UNLISTED.value, _("everybody, quietly")),
    (Audience.FOLLOWERS.value, _("followers only")),
    (Audience.DIRECT.value, _("only the people named")),
]


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about drafts."""

    def open(self) -> Self:
        """Drafts that are being written: not sent, thrown away, or waiting for a second person."""
        return self.filter(state=Draft.State.OPEN)

    def unsent(self) -> Self:
        """Drafts that are being written or wait for a second person."""
        return self.filter(state__in=[Draft.State.OPEN, Draft.State.REVIEW])


class Draft(models.Model):
    """A text of ours that is being written.

    `answering` is the switchboard's `Answering` as JSON, empty for a first word of our own.
    An answer has exactly one channel, a post of our own one or several. `edited_in` names the
    open page in which it was last written, so that two windows do not overwrite one another.
    A draft in REVIEW has been asked about (`asked_at`): the `reviewer`, or any other member who
    may speak, agrees or gives it back with a `review_note`. One that `is_article` goes to one site
    of ours with a `title`; with `stays_draft` it is laid there and published by hand. `quoting` is
    the switchboard's `Quoting` as JSON with the `audience` of the quoted post, empty where nothing
    is quoted.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        REVIEW = "review", _("waits for a second person")
        SENT = "sent", _("on its way")
        DISCARDED = "discarded", _("thrown away")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="drafts")
    voice = models.ForeignKey(Voice, models.SET_NULL, null=True, blank=True)
    channels: Any = models.ManyToManyField(Channel, related_name="drafts", blank=True)
    text = models.TextField(blank=True)
    warning = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, blank=True)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=Audience.PUBLIC.value)
    answering = models.JSONField(default=dict, blank=True)
    answering_uid = models.CharField(max_length=500, blank=True, db_index=True)
    is_article = models.BooleanField(default=False)
    title = models.CharField(max_length=400, blank=True)
    stays_draft = models.BooleanField(default=False)
    quoting = models.JSONField(default=dict, blank=True)
    is_thanks = models.BooleanField(default=False)
    edited_in = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="to_review"
    )
    review_note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "answering_uid", "is_article"],
                condition=models.Q(state="open") & ~models.Q(answering_uid=""),
                name="draft_once_per_answer",
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "state", "updated_at"], name="draft_open"),
            models.Index(
                fields=["author", "edited_in"],
                condition=~models.Q(edited_in=""),
                name="draft_edited_in",
            ),
        ]

    def __str__(self) -> str:
        return self.title[:40] or self.text[:40]


class Upload(models.Model):
    """A picture of ours that belongs to a draft, and to what becomes of it.

    The file lies in the data folder under `sha256`, made anew by us from what was uploaded, so
    that place and device are no longer in it. `position` counts from 0. One that was taken out
    (`removed_at`) can be put back.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="uploads")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="uploads")
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(max_length=60)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["draft", "position"], name="upload_in_order")]

    def __str__(self) -> str:
        return self.file_name


class Publication(models.Model):
    """A text that a voice has approved, frozen. One draft gives at most one publication.

    `parts` are the texts of several posts in a row, in order; empty where it is one post.
    `seconded_by` is the second person who agreed, where one was wanted. `title`, `stays_draft` and
    `quoting` are the draft's.
    """

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="publication")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="publications")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="publications")
    approved_by = models.ForeignKey(Member, models.SET_NULL, null=True)
    approved_at = models.DateTimeField(default=timezone.now)
    seconded_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    parts = models.JSONField(default=list, blank=True)
    warning = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=400, blank=True)
    stays_draft = models.BooleanField(default=False)
    quoting = models.JSONField(default=dict, blank=True)
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    answering = models.JSONField(default=dict, blank=True)
    answering_uid = models.CharField(max_length=500, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.text[:40]


class OnItsWayQuerySet(models.QuerySet[Any]):
    """Questions about what is on its way."""

    def to_do(self) -> Self:
        """What still has to be done on a channel that works."""
        return self.filter(state__in=OnItsWay.State.still_to_do(), channel__state=Channel.State.OK)

    def stuck(self) -> Self:
        """What a human should look at: refused, waiting for its channel, or tried three times."""
        tried = models.Q(state__in=OnItsWay.State.still_to_do(), attempts__gte=3)
        waits = models.Q(state=OnItsWay.State.WAITING) & ~models.Q(channel__state=Channel.State.OK)
        return self.filter(models.Q(state=OnItsWay.State.REFUSED) | waits | tried)


class OnItsWay(models.Model):
    """What a text and a gesture have in common on their way to a channel: the truth of it.

    `first_tried_at` is written before the network is spoken to for the first time: whoever
    finds it set has to look before saying it again.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("waiting")
        UNSURE = "unsure", _("unsure whether it arrived")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

        @classmethod
        def still_to_do(cls) -> list[str]:
            """The states in which there is something left to do."""
            return [cls.WAITING.value, cls.UNSURE.value]

    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OnItsWayQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def matter(self) -> str:
        """The matter of its alarm: one per row."""
        return f"{type(self).__name__.lower()}:{self.pk}"


class Delivery(OnItsWay):
    """A publication on its way to one channel. `key` is ours and the same on every attempt.

    Of several posts in a row each is a delivery with its `position`; it goes out when the one
    in `after` stands there, as an answer to it. `picture_ids` are the server's names for the
    pictures that were brought there already, in their order.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    key = models.UUIDField(default=uuid4, unique=True)
    uid = models.CharField(max_length=500, blank=True, db_index=True)
    local_id = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    after = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    picture_ids = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "channel", "position"],
                name="delivery_once_per_position",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["state", "-created_at", "-id"], name="delivery_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} → {self.channel_id}"


class Amendment(OnItsWay):
    """A change of what stands there already: other words, or its deletion.

    The latest amendment of a delivery counts; an older one that has not gone out is withdrawn.
    """

    class Kind(models.TextChoices):
        """What is done."""

        EDIT = "edit", _("edit")
        DELETE = "delete", _("delete")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="amendments")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="amendments")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField(blank=True)
    warning = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="amendment_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.delivery_id}"


class Gesture(OnItsWay):
    """A boost, a favourite or a follow on its way, or its taking back (`is_wanted` is false).

    Doing one twice changes nothing.
    """

    KINDS: ClassVar = [
        (ReactionKind.FAVOURITE.value, _("like")),
        (ReactionKind.BOOST.value, _("share")),
        (ReactionKind.FOLLOW.value, _("follow")),
    ]

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="gestures")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="gestures")
    voice = models.ForeignKey(Voice, models.PROTECT)
    kind = models.CharField(max_length=12, choices=KINDS)
    target_uid = models.CharField(max_length=500)
    target_local_id = models.CharField(max_length=200)
    is_wanted = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "kind", "target_uid"], name="gesture_once_per_target"
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="gesture_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_uid}"


class Shielding(OnItsWay):
    """A mute, a block or a report on its way to a network, or its taking back.

    `post_local_ids`, `reason` and `is_forwarded` (the account's own server is told as well)
    belong to a report, which cannot be taken back.
    """

    class Kind(models.TextChoices):
        """What the network is asked for."""

        MUTE = "mute", _("mute")
        BLOCK = "block", _("block")
        REPORT = "report", _("report")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="shieldings")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="shieldings")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="shieldings")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    is_wanted = models.BooleanField(default=True)
    reason = models.CharField(max_length=1000, blank=True)
    post_local_ids = models.JSONField(default=list, blank=True)
    is_forwarded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "identity", "kind"],
                condition=~models.Q(kind="report"),
                name="shielding_once",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="shielding_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.identity_id}"


class Moderation(OnItsWay):
    """Another standing of a comment on a page of ours, on its way there. The latest wish counts.

    `before` is how it stood for us before the last click, `stood` how the network has it as far
    as we know: undoing leads to the one, a refusal to the other. Those of one `batch` were wished
    for by one click and are undone by one. Wishing for the same twice changes nothing.
    """

    STANDINGS: ClassVar = [
        (Standing.PUBLISHED.value, _("published")),
        (Standing.HELD.value, _("waits for approval")),
        (Standing.SPAM.value, _("spam")),
        (Standing.TRASH.value, _("in the trash")),
    ]

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="moderations")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="moderations")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    target_uid = models.CharField(max_length=500)
    target_local_id = models.CharField(max_length=200)
    wanted = models.CharField(max_length=10, choices=STANDINGS)
    before = models.CharField(max_length=10, choices=STANDINGS)
    stood = models.CharField(max_length=10, choices=STANDINGS)
    batch = models.UUIDField(default=uuid4, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "target_local_id"], name="moderation_once_per_target"
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="moderation_due"),
            models.Index(fields=["workspace", "target_uid"], name="moderation_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.wanted} {self.target_uid}"

"""Tables: Act, Contact, Walk."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.people.models import Identity
from resonanz.workspaces.models import Member, Workspace


class ActQuerySet(models.QuerySet["Act"]):
    """Questions about acts."""

    def kindnesses(self) -> Self:
        """What somebody did for us that asks for a word of thanks: passing on, linking."""
        return self.filter(
            direction=Act.Direction.RECEIVED, kind__in=[Act.Kind.SHARE, Act.Kind.LINK]
        )


class Act(models.Model):
    """What a post or a reaction does between an identity and us.

    `uid` is the same however often the act is seen. A post that is erased leaves its act.
    `is_backlog` marks what lies long before our first look: nobody is reminded of it.
    """

    class Kind(models.TextChoices):
        """Kinds that can be told from structure alone; what a text means comes later."""

        MENTION = "mention", _("named us")
        ANSWER = "answer", _("answered")
        SHARE = "share", _("passed it on")
        FAVOURITE = "favourite", _("liked it")
        FOLLOW = "follow", _("followed")
        LINK = "link", _("linked to us")

    class Direction(models.TextChoices):
        """Given by us, or received from them."""

        GIVEN = "given", _("from us")
        RECEIVED = "received", _("from them")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="acts")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    at = models.DateTimeField()
    uid = models.CharField(max_length=700)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="acts")
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True)
    is_backlog = models.BooleanField(default=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "uid"], name="act_once_in_workspace")
        ]
        indexes = [
            models.Index(fields=["identity", "direction", "-at", "-id"], name="act_of_identity")
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.kind}"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about contacts."""

    def owed(self) -> Self:
        """Those who did us a kindness and got nothing back, the longest first."""
        return self.filter(owed_since__isnull=False).order_by("owed_since", "pk")


class Contact(models.Model):
    """The acts of one identity summed up: last contact each way, and what we owe.

    `owed_since` is the time of the oldest kindness (a share, a link) since we last gave the
    person something back, at whichever of her accounts; `owed_act` is that act. `settled_at`
    says that a human called us quits, and `settled_before` when that was done the time before,
    so that it can be taken back.
    """

    identity = models.OneToOneField(Identity, models.CASCADE, related_name="contact")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="contacts")
    first_at = models.DateTimeField(null=True, blank=True)
    last_received_at = models.DateTimeField(null=True, blank=True)
    last_given_at = models.DateTimeField(null=True, blank=True)
    received_count = models.PositiveIntegerField(default=0)
    given_count = models.PositiveIntegerField(default=0)
    owed_since = models.DateTimeField(null=True, blank=True)
    owed_act = models.ForeignKey(Act, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_before = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "owed_since"],
                condition=models.Q(owed_since__isnull=False),
                name="contact_owed",
            ),
            models.Index(fields=["workspace", "-last_received_at"], name="contact_latest"),
        ]

    def __str__(self) -> str:
        return str(self.identity_id)


class Walk(models.Model):
    """How far a member has walked round the neighbourhood.

    She has seen what had arrived until `seen_until`.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="walk")
    seen_until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.member_id)

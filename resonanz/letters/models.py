"""Tables: Letter, PushSubscription."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models import Member, Workspace


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def waiting(self) -> Self:
        """Those that are to be sent."""
        return self.filter(state=Letter.State.WAITING)


class Letter(models.Model):
    """One e-mail or pushed message to a member, or to somebody who is invited (without `member`).

    `matter` is what it is about: the same matter is told once to the same member in the same way.
    `facts` hold what its words need: ids, names of our own, counts; never anybody's text. A link
    that opens something is sealed in them, and wiped as soon as it is on its way.
    """

    class Kind(models.TextChoices):
        """What it says."""

        INVITATION = "invitation", _("invitation")
        RESET = "reset", _("new password")
        DIGEST = "digest", _("morning digest")
        ALARM = "alarm", _("alarm")
        NOTE = "note", _("named in a note")
        REVIEW = "review", _("asked to agree")
        NEWS = "news", _("something new waits")
        ASSIGNED = "assigned", _("given to you")
        TRIAL = "trial", _("trial letter")

    class Way(models.TextChoices):
        """How it goes."""

        MAIL = "mail", _("e-mail")
        PUSH = "push", _("pushed message")

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        DROPPED = "dropped", _("no longer needed")

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    to = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="de")
    matter = models.CharField(max_length=160)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=400, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "way", "matter"],
                condition=~models.Q(member=None),
                name="letter_once_per_matter",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="letter_due"),
            models.Index(fields=["created_at"], name="letter_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.matter}"


class PushSubscription(models.Model):
    """A browser in which a member wants to be told. `endpoint` is its push service's address.

    `p256dh` and `auth` are the browser's keys (RFC 8291), base64url without padding.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=1000)
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    browser = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "endpoint_hash"], name="push_subscription_once"
            )
        ]

    def __str__(self) -> str:
        return self.browser or str(self.pk)

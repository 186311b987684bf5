"""Tables: Alarm, TrailEntry, Routine."""

from django.db import models
from django.utils import timezone

from resonanz.workspaces.models.members import Member
from resonanz.workspaces.models.organisation import Workspace


class Alarm(models.Model):
    """Something that a human has to know, told once per matter until it is over.

    `code` names the sentence, which each page words in its reader's language; `subject` is the
    name that stands in it (a channel's handle).
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="alarms")
    matter = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.TextField(blank=True)
    raised_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "matter"],
                condition=models.Q(over_at=None),
                name="alarm_once_per_matter",
            )
        ]

    def __str__(self) -> str:
        return self.matter


class TrailEntry(models.Model):
    """The audit trail: who did what to what, and when. Holds no personal texts."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="trail")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural = "trail entries"

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Routine(models.Model):
    """A duty that comes back: due, leased while somebody does it, due again afterwards."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

"""Table: Bringing."""

from django.db import models
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models.posts import Post
from resonanz.workspaces.models import Member, Workspace


class Bringing(models.Model):
    """An address that a member brought from elsewhere, to be found by an account of ours.

    Done with `post`, what stands there is here. Done with a `trouble_code`, this account does
    not know it or could not get it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="bringings")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="bringings")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    url = models.CharField(max_length=1000)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="bringings")
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "url"], name="bringing_once_per_channel")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="bringing_due")
        ]

    def __str__(self) -> str:
        return self.url

"""Table: PictureCopy."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models import Workspace


class PictureCopy(models.Model):
    """Our copy of a picture from outside, fetched once and made anew.

    `digest` is the SHA-256 of its address in hex and names it in our own addresses; `file` is the
    name of the copy in the data folder. What nobody has looked at for long is thrown away and
    fetched again when somebody does.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("waiting")
        KEPT = "kept", _("kept")
        REFUSED = "refused", _("cannot be had")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="picture_copies")
    digest = models.CharField(max_length=64)
    url = models.CharField(max_length=1000)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    file = models.CharField(max_length=80, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "picture copies"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "digest"], name="picture_copy_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="picture_copy_due"
            ),
            models.Index(fields=["seen_at"], name="picture_copy_seen"),
        ]

    def __str__(self) -> str:
        return self.url

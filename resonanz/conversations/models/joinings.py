"""Tables of conversations that were put together and can be parted again: Joining, JoinedPost."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.models.conversations import Conversation
from resonanz.conversations.models.posts import Post
from resonanz.workspaces.models import Member, Workspace


class JoiningQuerySet(models.QuerySet["Joining"]):
    """Questions about joinings."""

    def open(self) -> Self:
        """Those that were not taken back."""
        return self.filter(parted_at=None)


class Joining(models.Model):
    """Two conversations were put together: `joined_pk` went into `conversation`.

    `joined_pk` is the id that the other one had, and has again after parting, so that its address
    leads somewhere all the time. `before` and `after` hold columns of the two and of what became
    of them, as JSON without anybody's words (`joining.py`); `brought` the ids of notes, promises,
    moves and matters that came along, by kind.
    """

    class Reason(models.TextChoices):
        """Why they were put together."""

        HAND = "hand", _("by hand")
        COPY = "copy", _("the same words in two places")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="joinings")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="joinings")
    joined_pk = models.BigIntegerField()
    reason = models.CharField(max_length=8, choices=Reason.choices, default=Reason.HAND)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    brought = models.JSONField(default=dict)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    objects = JoiningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "joined_pk"],
                condition=models.Q(parted_at=None),
                name="joining_of_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.joined_pk} into {self.conversation_id}"


class JoinedPost(models.Model):
    """A post that was in the conversation which went into the other one."""

    joining = models.ForeignKey(Joining, models.CASCADE, related_name="joined_posts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["joining", "post"], name="joined_post_once")]

    def __str__(self) -> str:
        return f"{self.post_id} of {self.joining_id}"

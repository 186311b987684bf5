"""Tables of what we owe beyond an answer: Promise, Matter, MatterLink, MatterStep."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.models.conversations import Conversation
from resonanz.workspaces.models import Member, Voice, Workspace
from resonanz.workspaces.roles import May, may


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


class MatterQuerySet(models.QuerySet["Matter"]):
    """Questions about matters."""

    def open(self) -> Self:
        """Those that are not settled."""
        return self.filter(settled_at=None)

    def visible_to(self, member: Member) -> Self:
        """Those of her workspace; a guest's are those that she looks after."""
        found = self.filter(workspace=member.workspace_id)
        return found if may(member, May.READ) else found.filter(colleague=member)


class Matter(models.Model):
    """Something that people told us and that a colleague looks after: a fault, an idea, a wish.

    When it is settled, `outcome` says in our words what became of it, and those who spoke of it
    are to be told.
    """

    class Kind(models.TextChoices):
        """Whose field it is."""

        PRODUCT = "product", _("product")
        SUPPORT = "support", _("support")
        STAFF = "staff", _("work and applications")
        PRESS = "press", _("press")
        OTHER = "other", _("something else")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="matters")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PRODUCT)
    colleague = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="matters"
    )
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "settled_at"], name="matter_open"),
            models.Index(
                fields=["workspace", "-created_at"],
                condition=models.Q(settled_at=None),
                name="matter_open_latest",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MatterLink(models.Model):
    """A conversation in which people spoke of a matter; told when they heard the outcome."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="links")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="matter_links")
    linked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "conversation"], name="matter_link_once")
        ]
        indexes = [
            models.Index(
                fields=["matter"], condition=models.Q(told_at=None), name="matter_link_untold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} in {self.conversation_id}"


class MatterStep(models.Model):
    """What a member did with a matter or wrote about it, oldest first: the matter's history.

    `text` is the note, or the outcome when it was settled; else the name of whom it was given to.
    """

    class Verb(models.TextChoices):
        """What was done."""

        OPENED = "opened", _("opened")
        GIVEN = "given", _("given to")
        NOTED = "noted", _("noted")
        SETTLED = "settled", _("settled")
        REOPENED = "reopened", _("reopened")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="steps")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="matter_step_in_order")]

    def __str__(self) -> str:
        return f"{self.verb} {self.matter_id}"

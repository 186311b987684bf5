"""Tables: Person, Identity."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.workspaces.models import Workspace


class Person(models.Model):
    """A human being (or a house, or a bot that we know) behind one or several accounts."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="people")
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class IdentityQuerySet(models.QuerySet["Identity"]):
    """Questions about identities."""

    def others(self) -> Self:
        """Accounts that are not ours."""
        return self.filter(is_ours=False)


class Identity(models.Model):
    """An account of a person on a network: where we know it from, since when and why.

    `bio` is plain text. `met_url` is the address of the post through which we met.
    """

    class Met(models.TextChoices):
        """How we met; the first reason stays."""

        MENTIONED_US = "mentioned_us", _("named us")
        ANSWERED_US = "answered_us", _("answered us")
        WROTE_TO_US = "wrote_to_us", _("wrote to us directly")
        SHARED_US = "shared_us", _("passed on something of ours")
        LIKED_US = "liked_us", _("liked something of ours")
        FOLLOWED_US = "followed_us", _("began to follow us")
        LINKED_US = "linked_us", _("linked to us")
        NEIGHBOUR = "neighbour", _("somebody we read")
        IN_CONVERSATION = "in_conversation", _("took part in a conversation")
        OURSELVES = "ourselves", _("an account of our own")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="identities")
    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    network = models.CharField(max_length=40)
    uid = models.CharField(max_length=500)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    bio = models.TextField(blank=True)
    is_bot = models.BooleanField(default=False)
    is_indexable = models.BooleanField(default=True)
    is_ours = models.BooleanField(default=False)
    met_at = models.DateTimeField(default=timezone.now)
    met_how = models.CharField(max_length=20, choices=Met.choices)
    met_url = models.CharField(max_length=1000, blank=True)
    met_through = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "uid"], name="identity_once_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.handle

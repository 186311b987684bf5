"""Tables: Channel, Lane, PendingConnection, ListImport, ListedAddress."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models import Member, Workspace


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about channels."""

    def working(self) -> Self:
        """Channels that may be read and written."""
        return self.filter(state=Channel.State.OK)

    def stuck(self) -> Self:
        """Channels that wait for a human."""
        return self.exclude(state=Channel.State.OK)


class Channel(models.Model):
    """One connected account or source on a network.

    `credentials` is sealed with a key outside the database. `facts`, `profile` are the
    switchboard's shapes as JSON. `calls_left` is the channel's budget of requests, topped up
    with time (a token bucket), so that a network's rate limit is respected across processes.
    `wanting` are abilities that it would have after being connected again.
    `arrived` counts posts and reactions that came in; `longest_silence_seconds` is the longest
    usual pause between two arrivals (`rhythm.py`), 0 while it is not known.
    """

    class State(models.TextChoices):
        """Whether the channel works; anything but OK waits for a human."""

        OK = "ok", _("working")
        SIGN_IN_AGAIN = "sign_in_again", _("has to be connected again")
        GONE = "gone", _("no longer there")
        PAUSED = "paused", _("paused by hand")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="channels")
    network = models.CharField(max_length=40)
    uid = models.CharField(max_length=500)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=1000)
    profile = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    abilities = models.JSONField(default=list)
    wanting = models.JSONField(default=list, blank=True)
    credentials = models.BinaryField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OK)
    state_since = models.DateTimeField(default=timezone.now)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_arrival_at = models.DateTimeField(null=True, blank=True)
    arrived = models.PositiveBigIntegerField(default=0)
    longest_silence_seconds = models.PositiveIntegerField(default=0)
    calls_left = models.FloatField(default=40)
    calls_counted_at = models.DateTimeField(default=timezone.now)
    connected_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    connected_at = models.DateTimeField(default=timezone.now)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "uid"], name="channel_once_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.handle


class Lane(models.Model):
    """One stream of reading on a channel (its notifications, its home timeline …).

    `cursor` is the connector's own word for how far we have read, stored together with what was
    read. The row is due, leased while a worker reads, and due again.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="lanes")
    kind = models.CharField(max_length=20)
    cursor = models.TextField(blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_ok_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "kind"], name="lane_once_per_channel")
        ]
        indexes = [models.Index(fields=["due_at"], name="lane_due")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.kind}"


class PendingConnection(models.Model):
    """Somebody was sent to a network to say yes, and is expected back at the inbound door.

    `token` stands in the address she comes back to; `memo` is sealed.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    network = models.CharField(max_length=40)
    token = models.CharField(max_length=64, unique=True)
    memo = models.BinaryField()
    replaces = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.network


class ListImport(models.Model):
    """A list of addresses that somebody brought (OPML), to be connected one by one."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="list_imports")
    member = models.ForeignKey(Member, models.CASCADE)
    network = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200, blank=True)
    brought_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name


class ListedAddress(models.Model):
    """One address of a list: waiting to be connected, or what became of it.

    `trouble_code` and `trouble_reason` are those of the trouble that kept it out.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        ADDED = "added", _("added")
        KNOWN = "known", _("there already")
        FAILED = "failed", _("not added")

    list_import = models.ForeignKey(ListImport, models.CASCADE, related_name="addresses")
    title = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_reason = models.CharField(max_length=400, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "listed addresses"
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="waiting"),
                name="listed_address_due",
            ),
            models.Index(fields=["list_import", "state"], name="listed_address_state"),
        ]

    def __str__(self) -> str:
        return self.address

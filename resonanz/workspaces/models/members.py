"""Tables: Member, Voice, Invitation, Absence, Programme."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models.organisation import Workspace
from resonanz.workspaces.models.users import User


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members."""

    def present(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at=None)


class Member(models.Model):
    """A login in a workspace, with its role, her language, and the hours that are hers.

    `work_days` holds ISO weekdays ("12345" is Monday to Friday). Hours are local to the
    workspace's time zone; where they are not set, there is no such limit. Outside of her working
    hours and within her quiet hours nothing is sent to her, but kept until they are over.
    `minutes` is how much time her programme on Today fits into. A member who has left
    (`left_at`) cannot come in; what she wrote keeps her name.
    """

    class Role(models.TextChoices):
        """What a member may do; access.py of each room says what that means."""

        OWNER = "owner", _("Owner")
        COLLEAGUE = "colleague", _("Colleague")
        GUEST = "guest", _("Guest")
        AGENCY = "agency", _("Agency")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.COLLEAGUE)
    language = models.CharField(max_length=8, default="de")
    theme = models.CharField(max_length=8, default="")
    work_days = models.CharField(max_length=7, default="1234567")
    works_from = models.TimeField(null=True, blank=True)
    works_until = models.TimeField(null=True, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=20)
    wants_digest = models.BooleanField(default=True)
    wants_alarms = models.BooleanField(default=True)
    wants_news = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Questions about voices."""

    def speaking_for(self, member: Member) -> Self:
        """The voices that this member may speak with: her own, while she is here."""
        return self.filter(member=member, left_at=None)


class Voice(models.Model):
    """The named human whose text goes out, and in which capacity.

    `signature` is put under what the voice writes on a shared account, and counts there.
    """

    class Capacity(models.TextChoices):
        """In which capacity a voice speaks; the reader sees it in the signature."""

        OWN_NAME = "own_name", _("in my own name")
        ORGANISATION = "organisation", _("for the organisation")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="voices")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="voices"
    )
    name = models.CharField(max_length=120)
    capacity = models.CharField(
        max_length=16, choices=Capacity.choices, default=Capacity.ORGANISATION
    )
    signature = models.CharField(max_length=60, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = VoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A link by which somebody becomes a member. The link's secret is kept only as a hash."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=16, choices=Member.Role.choices)
    language = models.CharField(max_length=8, default="de")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email or self.name or str(self.pk)

    @property
    def is_too_old(self) -> bool:
        """Whether its link opens nothing any more, only because of its age."""
        return self.expires_at <= timezone.now()


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about absences."""

    def on(self, day: date) -> Self:
        """Those that cover a day (of the workspace's time zone)."""
        still = models.Q(until_day=None) | models.Q(until_day__gte=day)
        return self.filter(still, from_day__lte=day, ended_at=None)


class Absence(models.Model):
    """Days on which a member is away, and who stands in for her. Both days are included.

    Without `until_day` it lasts until she ends it. “Not me today” is an absence of one day.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="stands_in"
    )
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.member_id} {self.from_day}"


class Programme(models.Model):
    """What a member has taken on for a stretch of time: fixed when it begins, so that it ends.

    `items` is a list of [section name, row key], in order.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="programmes")
    minutes = models.PositiveSmallIntegerField()
    items = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-started_at"], name="programme_latest")]

    def __str__(self) -> str:
        return f"{self.minutes} minutes of {self.member_id}"

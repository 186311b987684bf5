"""Tables: User, Workspace, OwnDomain, Member, Voice, Alarm, TrailEntry, Routine."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password he cannot sign in."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in, by e-mail address."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.email


class Workspace(models.Model):
    """One organisation. `time_zone` is an IANA name; `language` one of the LANGUAGES setting."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="de")
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class OwnDomain(models.Model):
    """A domain of ours: a link to it is a link to us. Stored as typed hosts, lower case."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="domains")
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "host"], name="own_domain_once")
        ]

    def __str__(self) -> str:
        return self.host


class Member(models.Model):
    """A login in a workspace, with its role and the language its pages are shown in."""

    class Role(models.TextChoices):
        """What a member may do; access.py of each room says what that means."""

        OWNER = "owner", _("Owner")
        COLLEAGUE = "colleague", _("Colleague")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.COLLEAGUE)
    language = models.CharField(max_length=8, default="de")
    theme = models.CharField(max_length=8, default="")
    created_at = models.DateTimeField(default=timezone.now)

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

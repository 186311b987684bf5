"""Every read of this room that another file needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resonanz.workspaces.models import (
    Absence,
    Alarm,
    Invitation,
    Member,
    User,
    Voice,
    Workspace,
)
from resonanz.workspaces.roles import May, may, roles_with


def is_set_up() -> bool:
    """Whether somebody has been through the first visit."""
    return Workspace.objects.exists()


def memberships(user: User) -> list[Member]:
    """The memberships of a user with their workspaces, oldest first; not where she has left.

    Each says in `may_be_away` whether anybody there may be away today, for `away_today`.
    """
    found = user.memberships.filter(left_at=None).annotate(may_be_away=Exists(_around_today()))
    return list(found.select_related("workspace").order_by("pk"))


def _around_today() -> QuerySet[Absence]:
    """Absences in the outer membership's workspace that cover today in some time zone."""
    today = timezone.now().date()
    lasts = Q(until_day=None) | Q(until_day__gte=today - timedelta(days=1))
    return Absence.objects.filter(
        lasts,
        member__workspace=OuterRef("workspace"),
        member__left_at=None,
        ended_at=None,
        from_day__lte=today + timedelta(days=1),
    )


def voices_of(member: Member) -> list[Voice]:
    """The voices a member may speak with; none where her role does not speak."""
    if not may(member, May.SPEAK):
        return []
    return list(Voice.objects.speaking_for(member).order_by("pk"))


def voices_to_write_for(member: Member) -> list[Voice]:
    """The voices in whose name a member may write drafts.

    Her own; for an agency, which prepares and never sends, those of everybody who speaks here.
    """
    if may(member, May.SPEAK) or not may(member, May.PREPARE):
        return voices_of(member)
    return list(
        Voice.objects.filter(
            workspace=member.workspace_id,
            left_at=None,
            member__left_at=None,
            member__role__in=roles_with(May.SPEAK),
        ).order_by("name", "pk")
    )


def voices_to_note(member: Member) -> list[Voice]:
    """The voices of whom a member may note that they said something: her own first, then others.

    What is noted was said already, by a human; nothing goes out. An agency notes what others
    said, and never what one of us did: that would be words in our name.
    """
    if not may(member, May.SPEAK):
        return []
    there = Voice.objects.filter(workspace=member.workspace_id, left_at=None)
    found = there.order_by("name", "pk")
    return sorted(found, key=lambda voice: voice.member_id != member.pk)


def own_hosts(workspace: Workspace) -> frozenset[str]:
    """The hosts that are ours, lower case."""
    return frozenset(workspace.domains.values_list("host", flat=True))


def open_alarms(workspace: Workspace) -> list[Alarm]:
    """Alarms that are up, the newest first."""
    return list(workspace.alarms.filter(over_at=None).order_by("-raised_at"))


@dataclass(frozen=True)
class Away:
    """A member who is away on a day: why it is known, and who stands in (None: nobody)."""

    absence: Absence
    member: Member
    stand_in: Member | None

    @property
    def in_words(self) -> str:
        """Until when, and who stands in, as part of a sentence."""
        until = self.absence.until_day and date_format(self.absence.until_day)
        told = {"day": until, "name": self.stand_in.name if self.stand_in else ""}
        if until and self.stand_in:
            return _("away until %(day)s, %(name)s stands in") % told
        if until:
            return _("away until %(day)s, nobody stands in") % told
        if self.stand_in:
            return _("away for now, %(name)s stands in") % told
        return _("away for now, nobody stands in")


def local_day(workspace: Workspace, moment: datetime | None = None) -> date:
    """The day it is in the workspace's time zone, now or at a moment (aware)."""
    return (moment or timezone.now()).astimezone(ZoneInfo(workspace.time_zone)).date()


def away_on(workspace: Workspace, day: date) -> dict[int, Away]:
    """Everybody who is away on a day, by the id of the member, as `away_by` says. One query."""
    told = Absence.objects.on(day).filter(member__workspace=workspace, member__left_at=None)
    return away_by(told.select_related("member", "stand_in"))


def away_by(absences: Iterable[Absence]) -> dict[int, Away]:
    """Everybody who is away by these absences of one day, by the id of the member.

    Who stands in is worked out along the chain: where the stand-in is away as well, hers stands
    in for both; where the chain ends in nobody or in a circle, nobody does. Of two absences
    that overlap the one told last counts.
    """
    latest = {one.member_id: one for one in sorted(absences, key=attrgetter("pk"))}
    return {
        pk: Away(absence=one, member=one.member, stand_in=_end_of_chain(pk, latest))
        for pk, one in latest.items()
    }


def away_today(member: Member) -> dict[int, Away]:
    """Everybody who is away today where a member works, as `away_on` gives them.

    Costs nothing where the request knows already that nobody is, and one query otherwise,
    however often it is asked about the same member object.
    """
    if not getattr(member, "may_be_away", True):
        return {}
    day = local_day(member.workspace)
    known: tuple[date, dict[int, Away]] | None = getattr(member, "_away", None)
    if known is None or known[0] != day:
        known = (day, away_on(member.workspace, day))
        member._away = known  # type: ignore[attr-defined]
    return known[1]


def _end_of_chain(pk: int, absences: dict[int, Absence]) -> Member | None:
    passed = {pk}
    stand_in = absences[pk].stand_in
    while stand_in is not None and stand_in.pk in absences:
        if stand_in.pk in passed:
            return None
        passed.add(stand_in.pk)
        stand_in = absences[stand_in.pk].stand_in
    return stand_in if stand_in is not None and stand_in.left_at is None else None


def stands_in_for(member: Member, day: date) -> list[Member]:
    """For whom a member stands in on a day: what is theirs is hers too. By name."""
    away = away_on(member.workspace, day).values()
    return sorted((one.member for one in away if one.stand_in == member), key=lambda one: one.name)


@dataclass(frozen=True)
class Colleague:
    """A member as the page of members shows her; `seen_at` is when her login was last used."""

    member: Member
    voices: list[Voice]
    seen_at: datetime | None
    away: Away | None = None


def present_members(workspace: Workspace) -> list[Colleague]:
    """Who is here, by name. Four queries."""
    away = away_on(workspace, local_day(workspace))
    used = UserSession.objects.filter(user=OuterRef("user")).order_by("-last_seen_at")
    rows = workspace.members.present().annotate(used_at=Subquery(used.values("last_seen_at")[:1]))
    seen = {
        pk: max((at for at in times if at is not None), default=None)
        for pk, *times in rows.values_list("pk", "used_at", "user__last_login")
    }
    found = workspace.members.present().prefetch_related("voices").order_by("name", "pk")
    return [
        Colleague(
            member=member,
            voices=[voice for voice in member.voices.all() if voice.left_at is None],
            seen_at=seen[member.pk],
            away=away.get(member.pk),
        )
        for member in found
    ]


def who_left(workspace: Workspace, most: int = 50) -> list[Member]:
    """Who has left, the latest first, with their voices; what they wrote keeps their names."""
    gone = workspace.members.exclude(left_at=None).prefetch_related("voices")
    return list(gone.order_by("-left_at")[:most])


def invitations_to_show(workspace: Workspace, most: int = 50) -> list[Invitation]:
    """Invitations that nobody has accepted or withdrawn, also those that are too old."""
    waiting = workspace.invitations.filter(accepted_at=None, withdrawn_at=None)
    return list(waiting.select_related("invited_by").order_by("-created_at")[:most])


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation of a link's secret, or None."""
    hashed = sha256(secret.encode()).hexdigest()
    found = Invitation.objects.open().filter(secret_hash=hashed)
    return found.select_related("workspace", "invited_by").first()


def coming_absences(workspace: Workspace, day: date) -> list[Absence]:
    """Absences of those who are here that are not over on a day, the next first."""
    found = Absence.objects.filter(
        Q(until_day=None) | Q(until_day__gte=day),
        member__workspace=workspace,
        member__left_at=None,
        ended_at=None,
    )
    return list(found.select_related("member", "stand_in").order_by("from_day", "pk"))

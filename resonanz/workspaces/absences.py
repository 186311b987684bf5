"""Writes about hours and absences: when somebody works, when she is away, who stands in."""

from datetime import date, time

from django.db import transaction
from django.utils import timezone

from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.queries import local_day


class NobodyToStandIn(Exception):
    """Whoever is to stand in is the member herself, has left, or works elsewhere."""


@transaction.atomic
def go_away(
    *, member: Member, from_day: date, until_day: date | None, stand_in: Member | None
) -> Absence:
    """Note an absence; both days are included. The same told twice is kept once.

    Raises `NobodyToStandIn`.
    """
    if stand_in is not None:
        _check_stand_in(member, stand_in)
    absence, is_new = Absence.objects.get_or_create(
        member=member,
        from_day=from_day,
        until_day=until_day,
        ended_at=None,
        defaults={"stand_in": stand_in},
    )
    if not is_new and absence.stand_in != stand_in:
        absence.stand_in = stand_in
        absence.save(update_fields=["stand_in"])
    if is_new:
        _note(member, "absence told", f"{from_day} – {until_day or '…'}")
    return absence


def not_me_today(*, member: Member, stand_in: Member | None) -> Absence:
    """She cannot today: what waits with her is the other's for this day, and hers tomorrow.

    Raises `NobodyToStandIn`.
    """
    today = local_day(member.workspace)
    return go_away(member=member, from_day=today, until_day=today, stand_in=stand_in)


@transaction.atomic
def come_back(*, absence: Absence, by: Member) -> None:
    """End an absence now, or take one back that has not begun. Twice changes nothing."""
    ended = Absence.objects.filter(pk=absence.pk, ended_at=None).update(ended_at=timezone.now())
    if ended:
        _note(by, "absence ended", f"{absence.from_day} – {absence.until_day or '…'}")


def set_hours(
    *,
    member: Member,
    work_days: str,
    works_from: time | None,
    works_until: time | None,
    quiet_from: time | None,
    quiet_until: time | None,
) -> None:
    """Set when a member works and when it is quiet for her, local to the workspace."""
    member.work_days = work_days
    member.works_from, member.works_until = works_from, works_until
    member.quiet_from, member.quiet_until = quiet_from, quiet_until
    member.save(
        update_fields=["work_days", "works_from", "works_until", "quiet_from", "quiet_until"]
    )


def _check_stand_in(member: Member, stand_in: Member) -> None:
    is_here = stand_in.left_at is None and stand_in.workspace_id == member.workspace_id
    if not is_here or stand_in.pk == member.pk:
        raise NobodyToStandIn


def _note(member: Member, verb: str, subject: str) -> None:
    note_in_trail(workspace=member.workspace, member=member, verb=verb, subject=subject)

"""The morning digest: what stands on Today, once, when a member's day of work begins."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz.letters.models import Letter
from resonanz.letters.places import MAIL, Source, Tidings, Wording, matter_of
from resonanz.letters.sending import one_line
from resonanz.letters.wishes import can_mail
from resonanz.workspaces.hours import next_moment
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import Section, sections_of
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.roles import May, roles_with

WHERE_NO_HOURS_ARE_SET = time(7, 30)
# A house that was down in the morning does not send a morning letter in the afternoon.
STILL_MORNING = timedelta(hours=3)


def digests_due(now: datetime) -> Iterator[Tidings]:
    """Everybody whose day has just begun, here and not away."""
    if not can_mail():
        return
    readers = Member.objects.present().filter(wants_digest=True, role__in=roles_with(May.READ))
    due = [one for one in readers.select_related("user", "workspace") if _begins(one, now)]
    told = set(
        Letter.objects.filter(
            member__in=due, matter__in={_matter(one, now) for one in due}
        ).values_list("member", "matter")
    )
    for member in due:
        if (member.pk, _matter(member, now)) not in told and _is_here_today(member, now):
            yield Tidings(member, f"{local_day(member.workspace, now)}")


def _begins(member: Member, now: datetime) -> bool:
    zone = ZoneInfo(member.workspace.time_zone)
    today = local_day(member.workspace, now)
    begin = datetime.combine(today, member.works_from or WHERE_NO_HOURS_ARE_SET, tzinfo=zone)
    return f"{today.isoweekday()}" in member.work_days and begin <= now < begin + STILL_MORNING


def _is_here_today(member: Member, now: datetime) -> bool:
    moment = next_moment(member, now)
    return local_day(member.workspace, moment) == local_day(member.workspace, now)


def _matter(member: Member, now: datetime) -> str:
    return matter_of(SOURCE, f"{local_day(member.workspace, now)}")


def words_of_digest(letter: Letter) -> Wording | None:
    """What stands on Today now; None on another day, and when nothing does."""
    member = letter.member
    if member is None or letter.matter != _matter(member, timezone.now()):
        return None
    sections = sections_of(member)
    if not sections:
        return None
    headline = next((section.headline for section in sections if section.headline), "")
    lines = "\n".join(f"· {_line(section)}" for section in sections)
    return Wording(
        title=_("Today at %(name)s") % {"name": one_line(member.workspace.name)},
        paragraphs=tuple(part for part in (one_line(headline), lines) if part),
        path=reverse("today"),
    )


def _line(section: Section) -> str:
    if section.is_more:
        return _("%(title)s: more than %(count)s") % {
            "title": section.title,
            "count": section.total,
        }
    return _("%(title)s: %(count)s") % {"title": section.title, "count": section.total}


SOURCE = Source(
    name="digest",
    kind=Letter.Kind.DIGEST,
    words=words_of_digest,
    find=digests_due,
    ways=frozenset({MAIL}),
)

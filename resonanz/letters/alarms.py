"""Letters about alarms: one for each matter, to those who look after the workspace."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.letters.models import Letter
from resonanz.letters.outcome import ALARM
from resonanz.letters.places import ALARM_WORDS, Source, Tidings, Wording
from resonanz.workspaces.models import Alarm, Member
from resonanz.workspaces.roles import May, roles_with

# What is over after two minutes wakes nobody.
OLD_ENOUGH = timedelta(minutes=2)
TOO_OLD = timedelta(days=30)
# A matter that comes and goes is told again only after this.
TOLD_AGAIN_AFTER = timedelta(hours=6)


def alarms_to_tell(now: datetime) -> Iterator[Tidings]:
    """Alarms that are up, for each who can do something about them."""
    found = Alarm.objects.filter(
        over_at=None, raised_at__lte=now - OLD_ENOUGH, raised_at__gt=now - TOO_OLD
    ).exclude(matter=ALARM)
    alarms = list(found.order_by("pk"))
    if not alarms:
        return
    readers = _readers({alarm.workspace_id for alarm in alarms})
    told = _told_lately(now)
    for alarm in alarms:
        for member in readers.get(alarm.workspace_id, ()):
            if told.get((member.pk, alarm.matter), alarm.pk) == alarm.pk:
                yield Tidings(member, f"{alarm.pk}", {"alarm": alarm.pk, "of": alarm.matter})


def _readers(workspaces: set[int]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    looking_after = Member.objects.present().filter(
        workspace__in=workspaces, role__in=roles_with(May.LOOK_AFTER), wants_alarms=True
    )
    for member in looking_after.select_related("user", "workspace"):
        found.setdefault(member.workspace_id, []).append(member)
    return found


def _told_lately(now: datetime) -> dict[tuple[int | None, str], int]:
    """Which alarm was told last, by member and matter."""
    letters = Letter.objects.filter(
        kind=Letter.Kind.ALARM, created_at__gt=now - TOLD_AGAIN_AFTER
    ).exclude(state=Letter.State.DROPPED)
    return {
        (member, facts.get("of", "")): facts.get("alarm", 0)
        for member, facts in letters.order_by("pk").values_list("member", "facts")
    }


def words_of_alarm(letter: Letter) -> Wording | None:
    """What happened and what to do; None when it is over."""
    alarm = Alarm.objects.filter(pk=letter.facts.get("alarm"), over_at=None).first()
    if alarm is None or letter.workspace is None:
        return None
    what, next_step = next((told(alarm) for told in ALARM_WORDS), (alarm.subject, ""))
    title = _("%(name)s: something needs a look") % {"name": letter.workspace.name}
    more = _("No further letter comes about this while it lasts. The status page has the rest.")
    return Wording(
        title=title,
        paragraphs=tuple(part for part in (what, next_step, more) if part),
        path=reverse("status"),
    )


SOURCE = Source(name="alarm", kind=Letter.Kind.ALARM, words=words_of_alarm, find=alarms_to_tell)

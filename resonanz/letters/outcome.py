"""What came of sending a letter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from resonanz.clockwork.rows import pause_after
from resonanz.letters.models import Letter
from resonanz.letters.places import MAIL
from resonanz.letters.sealing import without_link
from resonanz.letters.trouble import LetterTrouble, Misset, Refused
from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Alarm

TRIED_FOR = timedelta(days=2)
TOLD_AFTER = timedelta(hours=1)
ALARM = "mail"


def note_sent(*, letter: Letter) -> str:
    """It is on its way; mail works again, if it did not."""
    now = timezone.now()
    _end(letter, Letter.State.SENT, sent_at=now, trouble="")
    if letter.way == MAIL:
        for alarm in Alarm.objects.filter(matter=ALARM, over_at=None).select_related("workspace"):
            end_alarm(workspace=alarm.workspace, matter=ALARM)
    return "sent"


def note_dropped(*, letter: Letter) -> str:
    """Nobody needs it any more."""
    _end(letter, Letter.State.DROPPED)
    return "dropped"


def note_later(*, letter: Letter, due_at: datetime) -> str:
    """It waits for its reader's hours; that is no failed attempt."""
    Letter.objects.filter(pk=letter.pk).update(
        due_at=due_at, leased_until=timezone.now(), attempts=0
    )
    return "put off"


def note_trouble(*, letter: Letter, trouble: LetterTrouble) -> str:
    """Try again, for two days at most; what a human has to set right is told on Status."""
    now = timezone.now()
    is_over = isinstance(trouble, Refused) or now - letter.created_at > TRIED_FOR
    if isinstance(trouble, (Refused, Misset)) or now - letter.created_at > TOLD_AFTER:
        _tell(letter, trouble)
    if is_over:
        _end(letter, Letter.State.REFUSED, trouble=trouble.reason)
        return "refused"
    pause = pause_after(letter.attempts, asked=trouble.after, pace=settings.RESONANZ_PACE)
    Letter.objects.filter(pk=letter.pk).update(
        due_at=now + pause, leased_until=now, trouble=trouble.reason
    )
    return f"{type(trouble).__name__.lower()}, tried again"


def _tell(letter: Letter, trouble: LetterTrouble) -> None:
    """One alarm for all mail; a browser that refuses is no matter for everybody."""
    if letter.workspace is None or letter.way != MAIL:
        return
    codes = {Refused: "mail_refused", Misset: "mail_settings"}
    raise_alarm(
        workspace=letter.workspace,
        matter=ALARM,
        code=codes.get(type(trouble), "mail_away"),
        subject=letter.member.name if letter.member else letter.to,
        detail=trouble.reason,
    )


def _end(letter: Letter, state: Letter.State, **changes: object) -> None:
    """The last word about a letter; a link that opens something is not kept."""
    Letter.objects.filter(pk=letter.pk).update(
        state=state, leased_until=timezone.now(), facts=without_link(letter), **changes
    )

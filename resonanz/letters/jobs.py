"""Background entry points: bring one letter to its reader, and find those that are due."""

import logging
from datetime import datetime

from django_tasks import task

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.holding import claimed, sending_lease
from resonanz.clockwork.rows import nudgeable
from resonanz.letters.bringing import bring
from resonanz.letters.models import Letter

log = logging.getLogger(__name__)


@task(queue_name="sending")
def send_letter(letter_id: int) -> None:
    """Bring one letter to its reader. Does nothing when there is nothing to do."""
    rows = Letter.objects.waiting().select_related("member__user", "member__workspace", "workspace")
    with claimed(rows, letter_id, lease=sending_lease()) as letter:
        if letter is not None:
            log.info("letter %s: %s", letter.pk, bring(letter))


def due_letters(now: datetime, most: int) -> list[int]:
    """Letters that it is time to send."""
    return nudgeable(Letter.objects.waiting(), now=now, most=most)


def register() -> None:
    """Put this room's duty into the sweep."""
    DUTIES.add(70, Duty(name="letters", find=due_letters, nudge=send_letter))

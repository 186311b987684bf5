"""Background entry points of this room: fetching a picture from where it was shown."""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.holding import claimed, reading_lease
from resonanz.clockwork.rows import nudgeable, pause_after
from resonanz.pictures.encoding import NotAPicture, made_anew
from resonanz.pictures.fetching import content_at
from resonanz.pictures.files import path_of
from resonanz.pictures.models import PictureCopy
from resonanz.plumbing.whole_files import replace_file
from resonanz.switchboard.trouble import Trouble, TryLater

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4
# One that ended the process each time (too much memory, a broken decoder) is let be.
MOST_BROKEN_OFF = 8
# Wide enough for a talk on a large screen; the original is one click away.
LONGEST_EDGE_PIXELS = 1280


@task(queue_name="reading")
def fetch_copy(copy_id: int) -> None:
    """Fetch one picture and keep a copy made anew; what cannot be had is not asked for again."""
    rows = PictureCopy.objects.filter(state=PictureCopy.State.WAITING)
    with claimed(rows, copy_id, lease=reading_lease()) as copy:
        if copy is not None and copy.attempts > MOST_BROKEN_OFF:
            _refuse(copy, "broke off too often")
        elif copy is not None:
            _fetch(copy)


def _fetch(copy: PictureCopy) -> None:
    try:
        content = content_at(copy.url)
        made = made_anew(content, longest_edge=LONGEST_EDGE_PIXELS)
    except NotAPicture:
        _refuse(copy, "not a picture")
        return
    except Trouble as trouble:
        _note_trouble(copy, trouble)
        return
    replace_file(path_of(copy), made.content)
    PictureCopy.objects.filter(pk=copy.pk).update(
        state=PictureCopy.State.KEPT,
        width=made.width,
        height=made.height,
        leased_until=timezone.now(),
    )


def _note_trouble(copy: PictureCopy, trouble: Trouble) -> None:
    if not isinstance(trouble, TryLater) or copy.attempts >= MOST_ATTEMPTS:
        _refuse(copy, trouble.code)
        return
    now = timezone.now()
    pause = pause_after(copy.attempts, asked=trouble.after, pace=settings.RESONANZ_PACE)
    PictureCopy.objects.filter(pk=copy.pk).update(leased_until=now, due_at=now + pause)


def _refuse(copy: PictureCopy, why: str) -> None:
    log.info("picture %s cannot be had: %s", copy.pk, why)
    PictureCopy.objects.filter(pk=copy.pk).update(
        state=PictureCopy.State.REFUSED, leased_until=timezone.now()
    )


def due_copies(now: datetime, most: int) -> list[int]:
    """Pictures that it is time to fetch."""
    return nudgeable(
        PictureCopy.objects.filter(state=PictureCopy.State.WAITING), now=now, most=most
    )


def register() -> None:
    """Put this room's duty into the sweep."""
    DUTIES.add(60, Duty(name="pictures", find=due_copies, nudge=fetch_copy))

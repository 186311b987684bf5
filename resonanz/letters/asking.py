"""Asking, every minute, what is worth a letter."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from resonanz.letters.actions import write_letters
from resonanz.letters.models import Letter
from resonanz.letters.places import SOURCES

log = logging.getLogger(__name__)

KEPT = timedelta(days=90)


def ask_sources(now: datetime | None = None) -> int:
    """Ask every source, and write the letters. Gives how many. Runs as a routine."""
    moment = now or timezone.now()
    written = 0
    for source in SOURCES:
        written += write_letters(source=source, tidings=list(source.find(moment)), now=moment)
    if written:
        log.info("letters written: %s", written)
    return written


def throw_away_old_letters(now: datetime | None = None) -> None:
    """Letters that went long ago are of no use to anybody. Runs as a routine."""
    old = Letter.objects.filter(created_at__lt=(now or timezone.now()) - KEPT)
    old.exclude(state=Letter.State.WAITING).delete()

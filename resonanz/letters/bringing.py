"""Bringing one letter: is it still needed, may she be told now, what does it say, and out it goes.

The trouble a letter may meet on its way:

    LetterTrouble
     ├── Later        nobody is there at the moment, or asks for patience: tried again by itself
     ├── Misset       the server does not let us in: a human sets it right, then it goes by itself
     └── Refused      this letter is not taken, and will not be
"""

from contextlib import ExitStack
from datetime import timedelta

from django.utils import timezone, translation

from resonanz.letters.models import Letter
from resonanz.letters.outcome import note_dropped, note_later, note_sent, note_trouble
from resonanz.letters.places import MAIL, Source, Wording, source_of
from resonanz.letters.push import push
from resonanz.letters.sending import send_mail
from resonanz.letters.trouble import LetterTrouble, NobodyThere
from resonanz.letters.wishes import can_mail, wants
from resonanz.workspaces.hours import next_moment

# A clock that goes a little wrong makes no letter wait for another day.
ABOUT_NOW = timedelta(minutes=1)


def bring(letter: Letter) -> str:
    """Send it, drop it, or put it off. Gives what became of it, in a word for the log."""
    with ExitStack() as stack:
        reader = letter.member
        stack.enter_context(translation.override(reader.language if reader else letter.language))
        if reader is not None:
            stack.enter_context(timezone.override(reader.workspace.time_zone))
        return _bring(letter, source_of(letter))


def _bring(letter: Letter, source: Source | None) -> str:
    if source is None or not _is_wanted(letter):
        return note_dropped(letter=letter)
    if source.keeps_hours and letter.member is not None:
        now = timezone.now()
        moment = next_moment(letter.member, now)
        if moment > now + ABOUT_NOW:
            return note_later(letter=letter, due_at=moment)
    wording = source.words(letter)
    if wording is None:
        return note_dropped(letter=letter)
    return _send(letter, wording)


def _is_wanted(letter: Letter) -> bool:
    if letter.way == MAIL and not can_mail():
        return False
    return letter.member is None or wants(letter.member, letter.kind)


def _send(letter: Letter, wording: Wording) -> str:
    try:
        if letter.way == MAIL:
            send_mail(letter, wording)
        else:
            push(letter, wording)
    except NobodyThere:
        return note_dropped(letter=letter)
    except LetterTrouble as trouble:
        return note_trouble(letter=letter, trouble=trouble)
    return note_sent(letter=letter)

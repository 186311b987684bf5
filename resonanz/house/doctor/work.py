"""What is being done: processes, the task engine, what waits, backups, channels."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone, translation

from resonanz.channels.models import Channel
from resonanz.channels.queries import IN_NEED
from resonanz.channels.sentences import health_of
from resonanz.clockwork.checkup import Finding, bad, good, odd
from resonanz.clockwork.nudges import carrier, trouble
from resonanz.house.alive import signs
from resonanz.house.backup.daily import MISSED_AFTER, last_backup_at
from resonanz.house.waiting import oldest_due
from resonanz.plumbing.moments import span_in_words

PARTS = {"web": "the web server", "listen": "the listener", "work": "a worker"}
MOST_CHANNELS = 20


def processes() -> Iterator[Finding]:
    """Which processes have given a sign of life of late."""
    alive = [sign for sign in signs() if sign.is_alive]
    for part, name in PARTS.items():
        here = [f"{sign.machine} ({sign.process})" for sign in alive if sign.part == part]
        if here:
            yield good("processes", f"Running, {name}: {', '.join(here)}.")
        else:
            yield odd(
                "processes",
                f"Not heard of in the last minutes: {name}.",
                f"Start everything by “resonanz up”, or this part by “resonanz {part}”.",
            )


def task_engine() -> Iterator[Finding]:
    """Whether what carries nudges can be reached."""
    place = carrier()
    if told := trouble():
        yield bad("task engine", f"{place} cannot be used: {told}", "Start it, or see the address.")
    else:
        yield good("task engine", f"Nudges go by {place or 'the database'}.")


def what_waits() -> Iterator[Finding]:
    """Whether something has been due for long and nobody does it."""
    due = oldest_due()
    if due is None or timezone.now() - due.since < due.patience:
        yield good("queue", "Nothing that is due has been waiting for long.")
    else:
        span = span_in_words(timezone.now() - due.since)
        yield bad(
            "queue",
            f"Something of the kind “{due.name}” has been due for {span}.",
            "See whether a worker runs, and what its log says.",
        )


def backups() -> Iterator[Finding]:
    """When the last backup was taken."""
    last, about = last_backup_at(), "backup"
    if last is not None:
        span = span_in_words(timezone.now() - last)
        if timezone.now() - last < MISSED_AFTER:
            yield good(about, f"The last backup was taken {span} ago.")
            return
        yield bad(about, f"The last backup was taken {span} ago.", _how_to_back_up())
    else:
        yield odd(about, "There is no backup that Resonanz knows of.", _how_to_back_up())


def _how_to_back_up() -> str:
    if settings.RESONANZ_BACKUP_FOLDER:
        return f"Try “resonanz backup”, and see whether {settings.RESONANZ_BACKUP_FOLDER} is there."
    return "Set RESONANZ_BACKUP_FOLDER; then one is taken every day."


def channels() -> Iterator[Finding]:
    """Which channels need somebody."""
    every = Channel.objects.count()
    needs = list(Channel.objects.filter(IN_NEED).order_by("pk")[: MOST_CHANNELS + 1])
    yield good("channels", f"{every} channels are connected.")
    with translation.override("en"):
        for channel in needs[:MOST_CHANNELS]:
            told = health_of(channel).told
            name = f"{channel.handle} ({channel.network})"
            yield odd("channels", f"{name}: {told.what}", str(told.next_step))
    if len(needs) > MOST_CHANNELS:
        yield odd("channels", "More channels need somebody.", "The status page shows them.")

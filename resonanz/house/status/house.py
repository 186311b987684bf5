"""The house in plain sentences: its processes, what waits longest, database, disk, backup, version.

Three questions to the database, whatever is in it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz import __version__
from resonanz.house.alive import Sign, signs
from resonanz.house.backup.daily import MISSED_AFTER, backups
from resonanz.house.backup.taking import database_bytes
from resonanz.house.disk import Room, room_on_disk
from resonanz.outbox.models import Delivery
from resonanz.plumbing.moments import span_in_words
from resonanz.workspaces.models import Workspace

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MEGABYTE = 10**6


@dataclass(frozen=True)
class Line:
    """One thing about the house: what it is, a sentence, and whether somebody should look at it."""

    what: str
    words: str
    is_odd: bool = False


def lines(workspace: Workspace, language: str) -> list[Line]:
    """Everything in order, in the reader's language."""
    due_since, backed_up_at = _times(workspace)
    return [
        *_processes(signs(), language),
        _oldest(due_since, language),
        _backup(backed_up_at, language),
        _disk(room_on_disk()),
        Line(_("Database"), _database()),
        Line(_("Version"), f"Resonanz {__version__}"),
    ]


def _processes(known: list[Sign], language: str) -> list[Line]:
    names = {"web": _("Web server"), "listen": _("Listener"), "work": _("Worker")}
    alive = {sign.part for sign in known if sign.is_alive}
    shown = [sign for sign in known if sign.is_alive or sign.part not in alive]
    return [_process(sign, names.get(sign.part, sign.part), language) for sign in shown]


def _process(sign: Sign, name: str, language: str) -> Line:
    span = span_in_words(timezone.now() - sign.heard_at, language)
    given = {"machine": sign.machine, "process": sign.process, "span": span}
    if sign.is_alive:
        return Line(name, _("Runs on %(machine)s, as process %(process)s.") % given)
    return Line(name, _("Has not been heard of on %(machine)s for %(span)s.") % given, is_odd=True)


def _times(workspace: Workspace) -> tuple[datetime | None, datetime | None]:
    """Since when the oldest text has been due, and when the last backup was taken."""
    waiting = Delivery.objects.to_do().filter(
        publication__workspace=OuterRef("pk"), due_at__lte=timezone.now()
    )
    told = Workspace.objects.values_list(
        Subquery(waiting.order_by("due_at").values("due_at")[:1]),
        Subquery(backups().values("last_done_at")[:1]),
    )
    due_since, backed_up_at = told.get(pk=workspace.pk)
    return due_since, backed_up_at


def _oldest(due: datetime | None, language: str) -> Line:
    what = _("What is to be sent")
    if due is None:
        return Line(what, _("Nothing is due at this moment."))
    span = span_in_words(timezone.now() - due, language)
    return Line(what, _("The oldest text has been due for %(span)s.") % {"span": span})


def _backup(last: datetime | None, language: str) -> Line:
    what = _("Last backup")
    if last is None and not settings.RESONANZ_BACKUP_FOLDER:
        return Line(what, _("There is none, and none is taken by itself."), is_odd=True)
    if last is None:
        return Line(what, _("There is none yet; one is taken every day."), is_odd=True)
    span = timezone.now() - last
    told = _("Taken %(span)s ago.") % {"span": span_in_words(span, language)}
    return Line(what, told, is_odd=span > MISSED_AFTER)


def _disk(room: Room) -> Line:
    given = {"free": _size(room.free), "total": _size(room.total)}
    return Line(_("Disk"), _("%(free)s of %(total)s are free.") % given, is_odd=room.is_low)


def _database() -> str:
    size = _size(database_bytes() // MEGABYTE)
    return _("%(kind)s, %(size)s large.") % {"kind": KINDS[connection.vendor], "size": size}


def _size(megabytes: int) -> str:
    return f"{megabytes} MB" if megabytes < 10_000 else f"{megabytes // 1000} GB"

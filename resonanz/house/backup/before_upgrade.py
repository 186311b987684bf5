"""A copy of database and keys before an upgrade changes the tables, so that one can go back."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from resonanz.house.backup.contents import BEFORE_UPGRADES
from resonanz.house.backup.taking import take_backup, throw_old_away
from resonanz.house.backup.trouble import CannotBackUp
from resonanz.house.schema import recorded_migrations, too_new, waiting_migrations

log = logging.getLogger(__name__)

KEPT = 2
MARK = "-before-upgrade"


def copy_before_upgrade() -> str:
    """Copy database and keys when tables are about to change. Gives why the upgrade cannot begin.

    "" means: go on. Nothing is copied for a new installation or when nothing changes.
    """
    try:
        recorded = recorded_migrations()
        if told := too_new():
            return told
        is_needed = bool(recorded) and waiting_migrations() > 0
    except DatabaseError as cause:
        return f"The database cannot be asked ({cause}). Look whether it runs, and start again."
    if not is_needed:
        return ""
    folder = Path(settings.RESONANZ_HOME) / BEFORE_UPGRADES
    folder.mkdir(exist_ok=True, mode=0o700)
    try:
        taken = take_backup(folder, mark=MARK, with_files=False)
    except CannotBackUp as reason:
        return f"Nothing was changed, because no copy could be made before the upgrade. {reason}"
    throw_old_away(folder, kept=KEPT)
    log.info("before the upgrade: a copy of the data is in %s", taken.path)
    return ""

"""`resonanz backup` and `resonanz restore`, as a person sees them."""

import sys
from pathlib import Path

from django.conf import settings

from resonanz.house.backup.daily import back_up_now
from resonanz.house.backup.passphrase import ask_for_new_passphrase, passphrase_of_settings
from resonanz.house.backup.trouble import CannotBackUp


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def back_up(target: str, *, seal: bool) -> int:
    """Back everything up, and say where to and what is in it. 1 when that was not possible."""
    folder = target or settings.RESONANZ_BACKUP_FOLDER
    if not folder:
        sys.stderr.write("Where to? Say “resonanz backup FOLDER”, or set RESONANZ_BACKUP_FOLDER.\n")
        return 1
    try:
        passphrase = ask_for_new_passphrase() if seal else passphrase_of_settings()
        taken = back_up_now(Path(folder).expanduser(), passphrase=passphrase)
    except CannotBackUp as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    rows = sum(taken.manifest.counts.values())
    say(f"{taken.path}: {taken.size / 10**6:.1f} MB, {rows} rows, checked.")
    if passphrase:
        say("It is sealed: without the passphrase nobody opens it again, you neither.")
    else:
        say(
            "It holds the key that opens your accounts: whoever has this file can speak in your "
            "name. Keep it as safe as your passwords."
        )
    return 0

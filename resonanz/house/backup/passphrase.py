"""Where the passphrase of a sealed backup comes from: a file that a setting names, or a person."""

import os
import sys
from getpass import getpass
from pathlib import Path

from resonanz.house.backup.sealing import is_sealed
from resonanz.house.backup.trouble import CannotBackUp, CannotRestore

PASSPHRASE_FILE = "RESONANZ_BACKUP_PASSPHRASE_FILE"


def ask_for_new_passphrase() -> str:
    """Ask twice. Raises `CannotBackUp` when the two differ or nothing was typed."""
    first = _ask("Passphrase for the backup: ")
    if not first or first != _ask("The passphrase again: "):
        raise CannotBackUp("The two passphrases are not the same, or empty. No backup was made.")
    return first


def _ask(question: str) -> str:
    return getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def passphrase_of_settings() -> str:
    """The first line of the file that the setting names, "" without one.

    Raises `CannotBackUp`: a backup that should be sealed is never made open.
    """
    path = os.environ.get(PASSPHRASE_FILE, "").strip()
    if not path:
        return ""
    try:
        lines = Path(path).expanduser().read_text().splitlines()
    except OSError as cause:
        raise CannotBackUp(f"{PASSPHRASE_FILE}: {path} cannot be read.") from cause
    if not lines or not lines[0].strip():
        raise CannotBackUp(f"{PASSPHRASE_FILE}: there is no passphrase in {path}.")
    return lines[0].strip()


def passphrase_for(file: Path) -> str:
    """What opens a backup: from the settings or asked for; "" where it is not sealed."""
    if not is_sealed(file):
        return ""
    try:
        return passphrase_of_settings() or _ask("Passphrase of the backup: ")
    except CannotBackUp as cause:
        raise CannotRestore(str(cause)) from cause

"""`resonanz restore`, as a person sees it. Loads no settings before the backup lies unpacked."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from resonanz.house import data_folder
from resonanz.house.backup.passphrase import passphrase_for
from resonanz.house.backup.restoring import restore
from resonanz.house.backup.trouble import CannotRestore


def bring_back(file: Path, *, move_aside: bool) -> int:
    """Bring a backup back into the data folder, and say what comes next. 1 when it cannot be."""
    home = data_folder.home()
    try:
        if not file.is_file():
            raise CannotRestore(f"There is no file {file}.")
        passphrase = passphrase_for(file)
        told = restore(file, home, passphrase=passphrase, move_aside=move_aside, say=say)
    except CannotRestore as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except (OSError, ImproperlyConfigured) as cause:
        sys.stderr.write(f"The backup was not restored: {cause}.\n")
        return 1
    say(f"{sum(told.counts.values())} rows and the keys are in {home}.")
    say(
        "What was on its way when the backup was taken is looked for before it is said again. "
        "Make sure that the old installation is ended, and start this one: “resonanz up”."
    )
    return 0


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()

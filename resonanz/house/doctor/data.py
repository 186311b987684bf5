"""What lies on the disk: settings, data folder, keys, database, room."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.checks.messages import WARNING
from django.db import connection

from resonanz import __version__
from resonanz.channels.queries import sealed_credentials
from resonanz.clockwork.checkup import Finding, bad, good, odd
from resonanz.house.backup.taking import database_bytes
from resonanz.house.disk import room_on_disk
from resonanz.house.schema import recorded_migrations, too_new, waiting_migrations
from resonanz.plumbing.secrets import KeyDoesNotFit, KeyFileUnusable, Vault, load_or_create_keys

LOOPBACK = ("127.0.0.1", "::1", "localhost")
OLDEST_POSTGRESQL = 130000
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def settings_fit() -> Iterator[Finding]:
    """Whether the settings go together."""
    about = "settings"
    address = settings.RESONANZ_PUBLIC_ADDRESS
    yield good(about, f"This is Resonanz {__version__}; its settings can be read.")
    if not address and settings.RESONANZ_BIND not in LOOPBACK:
        yield odd(
            about,
            f"The pages can be reached from outside ({settings.RESONANZ_BIND}) without TLS.",
            "Put a proxy before it and set RESONANZ_PUBLIC_ADDRESS; "
            "docs/how-to/proxies-and-public-addresses.md says how.",
        )
    if address.startswith("https://"):
        for found in run_checks(include_deployment_checks=True):
            if found.level >= WARNING:
                yield odd(about, f"{found.id}: {found.msg}", str(found.hint or "See the docs."))


def data_folder() -> Iterator[Finding]:
    """Whether the data folder can be used, and by nobody else."""
    about, home = "data folder", Path(settings.RESONANZ_HOME)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield bad(about, f"{home} cannot be read or written.", f"Give it to {_user()}.")
        return
    yield good(about, f"The data folder {home} can be read and written.")
    if home.stat().st_mode & FOR_OTHERS:
        yield odd(about, f"Others on this machine can look into {home}.", f"chmod 700 {home}")
    owner = home.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        yield odd(
            about,
            "You are root, and the data folder belongs to somebody else.",
            f"Run the doctor as user {owner}, so that it sees what Resonanz sees.",
        )


def _user() -> str:
    return f"the user that runs Resonanz (you are user {os.geteuid()})"


def keys() -> Iterator[Finding]:
    """Whether the key files are there, closed to others, and open every credential."""
    about, path = "keys", Path(settings.RESONANZ_KEY_FILE)
    for file in sorted(path.parent.glob("*.key")):
        if file.stat().st_mode & FOR_OTHERS:
            yield bad(about, f"{file} can be read by others.", f"chmod 600 {file}")
    try:
        vault = Vault(load_or_create_keys(path))
    except KeyFileUnusable as reason:
        yield bad(about, str(reason), "Take it from a backup.")
        return
    locked, tried = [], 0
    for name, sealed in sealed_credentials():
        tried += 1
        try:
            vault.open(sealed)
        except KeyDoesNotFit:
            locked.append(name)
    if locked:
        yield bad(
            about,
            f"The key does not open the credentials of {', '.join(locked[:5])}"
            + (f" and {len(locked) - 5} more." if len(locked) > 5 else "."),
            "Put the key file back that belongs to this database, or connect them again.",
        )
    else:
        yield good(about, f"The key opens all {tried} stored credentials.")


def database() -> Iterator[Finding]:
    """Whether the database is whole and of this version."""
    about = "database"
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(3)")
            wrong = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        if wrong:
            yield bad(about, f"The database is damaged: {wrong[0]}", "Restore a backup.")
    elif _server_version() < OLDEST_POSTGRESQL:
        yield odd(about, "PostgreSQL is older than 13.", "Upgrade the server.")
    yield good(about, f"{kind} answers; the database has {database_bytes() / 10**6:.1f} MB.")
    if told := too_new():
        yield bad(about, told, "Start the newer version again.")
    elif not recorded_migrations():
        yield odd(about, "The database is empty.", "Run “resonanz prepare”, or “resonanz up”.")
    elif waiting := waiting_migrations():
        yield bad(about, f"{waiting} changes of the tables wait.", "Run “resonanz prepare”.")
    else:
        yield good(about, "The tables are those of this version.")


def _server_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def disk() -> Iterator[Finding]:
    """Whether there is room."""
    room = room_on_disk()
    if room.is_low:
        yield bad(
            "disk",
            f"Only {room.free} MB are free where the data folder lies.",
            "Make room: on a full disk nothing can be read or sent.",
        )
    else:
        yield good("disk", f"{room.free} of {room.total} MB are free where the data folder lies.")

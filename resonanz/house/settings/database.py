"""Where the rows are: SQLite in the data folder, or PostgreSQL by one address."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BUSY_TIMEOUT_SECONDS = 20

# WAL lets readers go on while one writes; NORMAL keeps the database whole after a crash and may
# lose only the last commits after a power cut (https://www.sqlite.org/wal.html, read 2026-11).
SQLITE_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 268435456;
PRAGMA cache_size = -20000;
"""

# Failed sign-ins are counted in the cache. In the database all web processes count together, on
# however many machines, and nothing more has to run or can be away.
CACHE_IN_DATABASE = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "house_cache",
    }
}


def databases(home: Path) -> dict[str, Any]:
    """The DATABASES setting."""
    address = os.environ.get("RESONANZ_DATABASE_URL", "").strip()
    if not address:
        return {"default": sqlite(home / "resonanz.sqlite3")}
    try:
        found = dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as cause:
        raise ImproperlyConfigured(
            "RESONANZ_DATABASE_URL has to look like postgresql://user:password@host/name."
        ) from cause
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return {"default": sqlite(Path(found["NAME"]))}
    return {"default": dict(found)}


def sqlite(path: Path) -> dict[str, Any]:
    """Settings of one SQLite file. Transactions take the write lock at their start."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }

"""Where the rows are: SQLite in the data folder, or PostgreSQL by one address."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BUSY_TIMEOUT_SECONDS = 20
KEPT_SECONDS = 60
# As many as pages are answered at once; the eleventh waits for its turn, up to `timeout` seconds.
POOL = {"min_size": 2, "max_size": 10, "timeout": 20}

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
    """The DATABASES setting.

    The web server answers each request in a thread of its own, so a connection that is kept by
    its thread would be used once and stay open for a minute: 120 pages within it, and PostgreSQL
    takes nobody in any more. There the threads share a pool instead
    (https://docs.djangoproject.com/en/5.2/ref/databases/#connection-pool, read 2026-11-22), and
    with SQLite they hand on the open file.
    """
    # Told by the part that begins (parts.py).
    for_web = os.environ.get("RESONANZ_PART") == "web"
    address = os.environ.get("RESONANZ_DATABASE_URL", "").strip()
    if not address:
        return {"default": sqlite(home / "resonanz.sqlite3", is_shared=for_web)}
    try:
        kept_seconds = 0 if for_web else KEPT_SECONDS
        found = dj_database_url.parse(address, conn_max_age=kept_seconds, conn_health_checks=True)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as cause:
        raise ImproperlyConfigured(
            "RESONANZ_DATABASE_URL has to look like postgresql://user:password@host/name."
        ) from cause
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return {"default": sqlite(Path(found["NAME"]), is_shared=for_web)}
    if for_web:
        found.setdefault("OPTIONS", {})["pool"] = POOL
    return {"default": dict(found)}


def sqlite(path: Path, *, is_shared: bool = False) -> dict[str, Any]:
    """Settings of one SQLite file. Transactions take the write lock at their start.

    Where it `is_shared`, threads that come and go use the same open files, one after the other.
    """
    return {
        "ENGINE": "resonanz.plumbing.pooled_sqlite" if is_shared else "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 0 if is_shared else KEPT_SECONDS,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }

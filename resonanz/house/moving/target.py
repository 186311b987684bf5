"""The database that everything is moved to: opened, given its tables, and looked over."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import dj_database_url
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from resonanz.house.moving.tables import tables
from resonanz.house.moving.trouble import MoveStopped

TARGET = "moving_target"
# What the making of the tables and `resonanz prepare` put there; nobody has said it.
FILLED_BY_A_START = frozenset(
    {
        "auth.Permission",
        "contenttypes.ContentType",
        "django_tasks_db.DBTaskResult",
        "workspaces.Routine",
    }
)


def open_target(address: str) -> None:
    """Make the database known under `TARGET`. Raises `MoveStopped` with a sentence."""
    try:
        found = dj_database_url.parse(address)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as cause:
        raise MoveStopped(_expected()) from cause
    if found.get("ENGINE") != "django.db.backends.postgresql" or not urlsplit(address).path[1:]:
        raise MoveStopped(_expected())
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: dict(found)})
    connections.databases[TARGET] = settings[DEFAULT_DB_ALIAS]
    try:
        connections[TARGET].ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as cause:
        told = str(cause).strip().splitlines()[0]
        raise MoveStopped(f"The PostgreSQL cannot be used: {told}") from cause


def _expected() -> str:
    return "The address has to look like postgresql://user:password@host/name."


def run_on_target(address: str, *words: str) -> None:
    """Run one of Django's commands with the target as the default database.

    In a process of its own, because what runs there speaks to the default database.
    """
    told = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "resonanz", "manage", *words],
        env={**os.environ, "RESONANZ_DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        last = (told.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise MoveStopped(f"`{words[0]}` did not work on the PostgreSQL: {last}")


def check_is_fitting(alias: str, name: str) -> None:
    """Raise `MoveStopped` unless the database has exactly the tables of this version."""
    executor = MigrationExecutor(connections[alias])
    loader = executor.loader
    known = set(loader.disk_migrations) | {
        old for migration in loader.disk_migrations.values() for old in migration.replaces
    }
    labels = {config.label for config in apps.get_app_configs()}
    newer = [key for key in loader.applied_migrations if key[0] in labels and key not in known]
    if newer:
        raise MoveStopped(f"The {name} database is that of a newer version of Resonanz.")
    if executor.migration_plan(loader.graph.leaf_nodes()):
        raise MoveStopped(
            f"The {name} database is that of an older version of Resonanz: run `resonanz prepare`"
            " with it first."
        )


def check_is_empty() -> None:
    """Raise `MoveStopped` when somebody's data are in the target already."""
    for table in tables():
        if table.model._meta.label in FILLED_BY_A_START:
            continue
        if table.model._base_manager.using(TARGET).exists():
            raise MoveStopped(
                f"The PostgreSQL is not empty: there are rows in {table.name}. Nothing is ever"
                " overwritten; take an empty database."
            )

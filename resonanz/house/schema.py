"""Whether the database fits this version of the code: neither behind it nor ahead of it."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unknown_migrations(recorded: Mapping[str, Iterable[str]]) -> list[str]:
    """What was applied by a newer version, as “app.name”; empty when this one knows it all."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations) | {
        old for migration in loader.disk_migrations.values() for old in migration.replaces
    }
    labels = {config.label for config in apps.get_app_configs()}
    return sorted(
        f"{app}.{name}"
        for app, names in recorded.items()
        for name in names
        if app in labels and (app, name) not in known
    )


def recorded_migrations() -> dict[str, list[str]]:
    """What was applied to this database, per app; empty for a database without tables."""
    found: dict[str, list[str]] = {}
    for app, name in MigrationRecorder(connection).applied_migrations():
        found.setdefault(app, []).append(name)
    return found


def waiting_migrations() -> int:
    """How many migrations this version brings that were not applied yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def too_new() -> str:
    """The sentence that keeps this version from touching newer data, "" if there are none."""
    unknown = unknown_migrations(recorded_migrations())
    if not unknown:
        return ""
    return (
        "The data come from a newer version of Resonanz than this one "
        f"(this version does not know {unknown[0]}). Start the newer version again, or restore a "
        "copy from before the upgrade: docs/how-to/upgrade-and-back.md says how."
    )


def misfit() -> str:
    """The sentence that keeps a part from starting, "" when code and data fit."""
    if waiting_migrations():
        return too_new() or (
            "The data come from an older version of Resonanz. Run “resonanz prepare” first; it "
            "makes a copy and brings them up to date."
        )
    return too_new()

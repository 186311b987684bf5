"""What the house itself does after a restore."""

from datetime import datetime

from django_tasks_db.models import DBTaskResult

from resonanz.clockwork.restoring import RESTORED
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Workspace


def forget_nudges(_taken_at: datetime) -> None:
    """Nudges of that time mean nothing any more: the rows say what is due."""
    DBTaskResult.objects.all().delete()


def note_restore(taken_at: datetime) -> None:
    """Say in every workspace's trail that what came after that moment was lost here."""
    for workspace in Workspace.objects.all():
        note_in_trail(
            workspace=workspace,
            member=None,
            verb="backup restored",
            subject=f"taken at {taken_at:%Y-%m-%d %H:%M} UTC",
        )


def register() -> None:
    """Be asked after a restore."""
    RESTORED.add(80, forget_nudges)
    RESTORED.add(90, note_restore)

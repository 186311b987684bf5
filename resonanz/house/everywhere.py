"""Alarms about the house itself: every workspace in it is told, once per matter."""

from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Workspace


def raise_alarm_everywhere(*, matter: str, code: str, detail: str = "") -> None:
    """Raise an alarm in every workspace, unless one on the same matter is up there."""
    for workspace in Workspace.objects.all():
        raise_alarm(workspace=workspace, matter=matter, code=code, detail=detail)


def end_alarm_everywhere(*, matter: str) -> None:
    """Say in every workspace that a matter is over."""
    for workspace in Workspace.objects.all():
        end_alarm(workspace=workspace, matter=matter)

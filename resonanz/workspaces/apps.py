"""The room of workspaces."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Registers the room."""

    name = "resonanz.workspaces"
    label = "workspaces"

"""The room of workspaces."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Registers the room."""

    name = "resonanz.workspaces"
    label = "workspaces"

    def ready(self) -> None:
        """Let the trail hear what happens to logins."""
        from resonanz.workspaces import sign_in_trail

        sign_in_trail.listen()

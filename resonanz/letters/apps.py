"""The room's entry into Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters to members."""

    name = "resonanz.letters"
    label = "letters"

    def ready(self) -> None:
        """Take a place in the room below."""
        from resonanz.letters import after_restore, handing_over
        from resonanz.workspaces.places import LEAVING

        after_restore.register()
        LEAVING.add(30, handing_over.hand_over)

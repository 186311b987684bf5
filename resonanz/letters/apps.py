"""The room's entry into Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters to members."""

    name = "resonanz.letters"
    label = "letters"

    def ready(self) -> None:
        """Take a place in the rooms below."""
        from resonanz.letters import panels

        panels.register()

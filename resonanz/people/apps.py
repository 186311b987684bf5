"""The room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room."""

    name = "resonanz.people"
    label = "people"

    def ready(self) -> None:
        """Take a place in the rooms below."""
        from resonanz.people import panels

        panels.register()

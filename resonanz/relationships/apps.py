"""The room of relationships."""

from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    """Registers the room: it derives acts from what is kept and what we did."""

    name = "resonanz.relationships"
    label = "relationships"

    def ready(self) -> None:
        """Take a place in the rooms below."""
        from resonanz.relationships import panels

        panels.register()

"""The room of mentions."""

from django.apps import AppConfig


class MentionsConfig(AppConfig):
    """Registers the room, its background duties and its words for alarms."""

    name = "resonanz.mentions"
    label = "mentions"

    def ready(self) -> None:
        """Take places in the rooms below."""
        from resonanz.mentions import duties, panels

        duties.register()
        panels.register()

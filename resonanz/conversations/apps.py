"""The room of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Registers the room: it keeps what arrives and what we sent."""

    name = "resonanz.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Take a place in the rooms below."""
        from resonanz.conversations import panels, tidings
        from resonanz.conversations.search import panels as search_panels

        panels.register()
        tidings.register()
        search_panels.register()

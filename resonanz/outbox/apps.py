"""The room of what we say."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the room and its background duties."""

    name = "resonanz.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Tell clockwork what to sweep, and take a place on Today."""
        from resonanz.outbox import after_restore, duties, panels, tidings

        after_restore.register()
        duties.register()
        panels.register()
        tidings.register()

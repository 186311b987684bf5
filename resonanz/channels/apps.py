"""The room of channels."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Registers the room and its background duties."""

    name = "resonanz.channels"
    label = "channels"

    def ready(self) -> None:
        """Tell clockwork what to sweep, and put doors on the welcome page."""
        from resonanz.channels import duties, panels

        duties.register()
        panels.register()

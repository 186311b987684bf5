"""The room of channels."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Registers the room and its background duties."""

    name = "resonanz.channels"
    label = "channels"

    def ready(self) -> None:
        """Tell clockwork what to sweep."""
        from resonanz.channels import duties

        duties.register()

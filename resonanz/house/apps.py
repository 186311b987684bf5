"""The house itself."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Registers the house."""

    name = "resonanz.house"
    label = "house"

    def ready(self) -> None:
        """Tell clockwork what to sweep."""
        from resonanz.house import routines, sentences
        from resonanz.house.backup import afterwards
        from resonanz.house.doctor import round

        routines.register()
        sentences.register()
        afterwards.register()
        round.register()

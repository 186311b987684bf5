"""The room's entry into Django."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """Copies of pictures."""

    name = "resonanz.pictures"
    label = "pictures"

    def ready(self) -> None:
        """Take a place in the sweep."""
        from resonanz.pictures import jobs

        jobs.register()

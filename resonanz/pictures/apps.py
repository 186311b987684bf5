"""The room's entry into Django."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """Copies of pictures."""

    name = "resonanz.pictures"
    label = "pictures"

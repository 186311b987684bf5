"""The room's entry into Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters to members."""

    name = "resonanz.letters"
    label = "letters"

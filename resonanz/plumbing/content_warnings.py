"""Content warnings in the reader's language, where a network gave them in words of ours."""

from django.utils.translation import gettext

BETWEEN = ", "


def warning_words(warning: str) -> str:
    """The warning of a post, with those of its parts translated that are words of ours.

    Labels come as message ids (“Nudity, Graphic pictures”); what an author wrote stays as it is.
    """
    return BETWEEN.join(gettext(part) if part.strip() else part for part in warning.split(BETWEEN))

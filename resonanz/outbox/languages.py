"""The languages a text of ours can be marked with, named in the reader's own language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# What is written most in the neighbourhoods we know; anything else stays as it came.
# fmt: off
OFFERED = (
    "de", "en", "fr", "it", "es", "nl", "pl", "cs", "da", "sv", "nb", "fi", "pt", "ro", "hu",
    "tr", "uk", "ru", "el", "ar", "fa", "he", "hi", "ja", "ko", "zh", "eo", "la",
)
# fmt: on


def language_choices(*chosen: str) -> list[tuple[str, str]]:
    """Codes with names, those already chosen first."""
    wanted = dict.fromkeys([*(code for code in chosen if code), *OFFERED])
    return [*((code, name_of(code)) for code in wanted), ("", _("not said"))]


def name_of(code: str) -> str:
    """The name of a language in the reader's language, or the code itself."""
    return _name_in(get_language() or "en", code)


@lru_cache(maxsize=1000)
def _name_in(language: str, code: str) -> str:
    try:
        known = Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return code
    return known.get_display_name(language) or code

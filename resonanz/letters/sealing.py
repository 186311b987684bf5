"""Links that open something are sealed in their letter's row, and wiped when it has gone."""

from functools import cache

from django.conf import settings

from resonanz.letters.models import Letter
from resonanz.plumbing.secrets import KeyDoesNotFit, Vault, load_or_create_keys

SEALED = "sealed"


@cache
def _vault() -> Vault:
    return Vault(load_or_create_keys(settings.RESONANZ_KEY_FILE))


def sealed_link(link: str) -> dict[str, str]:
    """Facts that hold a link which nobody reads in the database."""
    return {SEALED: _vault().seal(link).decode()}


def link_of(letter: Letter) -> str:
    """The link of a letter, "" when it was wiped or the key does not fit any more."""
    try:
        return _vault().open(letter.facts.get(SEALED, "").encode())
    except KeyDoesNotFit:
        return ""


def without_link(letter: Letter) -> dict[str, object]:
    """The letter's facts without the link."""
    return {name: fact for name, fact in letter.facts.items() if name != SEALED}

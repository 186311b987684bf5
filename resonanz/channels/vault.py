"""Sealing and opening what must not stand in the database in the clear."""

from functools import cache

from django.conf import settings

from resonanz.plumbing.secrets import Vault, load_or_create_key


@cache
def vault() -> Vault:
    """The vault with the key of this installation, read once per process."""
    return Vault([load_or_create_key(settings.RESONANZ_KEY_FILE)])

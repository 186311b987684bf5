"""Signing in: passwords, the second step, passkeys, and a provider of one's own organisation."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PROVIDER_CLASS = "resonanz.workspaces.provider_sign_in.HouseProvider"
# The word in our addresses: /sign-in/with/house/.
PROVIDER_ID = "house"
ON_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def provider_address() -> str:
    """The address of the OpenID Connect provider, "" where there is none."""
    told = os.environ.get("RESONANZ_OIDC_ADDRESS", "").strip().rstrip("/")
    if not told:
        return ""
    parts = urlsplit(told)
    # Who one is comes over this line unsigned, so it has to be a line that nobody else can write.
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE
    )
    if not parts.hostname or not is_safe or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"RESONANZ_OIDC_ADDRESS is “{told}”, but has to look like https://login.example."
        )
    return told


def provider_secret() -> str:
    """The secret that the provider gave us, from the environment or from a file."""
    file = os.environ.get("RESONANZ_OIDC_SECRET_FILE", "").strip()
    if not file:
        return os.environ.get("RESONANZ_OIDC_SECRET", "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as cause:
        raise ImproperlyConfigured(
            f"RESONANZ_OIDC_SECRET_FILE names {file}, and this file cannot be read."
        ) from cause


def providers(address: str) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: the one provider that may be set."""
    common = {"provider_class": PROVIDER_CLASS, "OAUTH_PKCE_ENABLED": True}
    return {"openid_connect": {**common, "APPS": [_app(address)] if address else []}}


def _app(address: str) -> dict[str, Any]:
    client, secret = os.environ.get("RESONANZ_OIDC_CLIENT", "").strip(), provider_secret()
    if not client or not secret:
        raise ImproperlyConfigured(
            "RESONANZ_OIDC_ADDRESS is set, so RESONANZ_OIDC_CLIENT and RESONANZ_OIDC_SECRET (or"
            " RESONANZ_OIDC_SECRET_FILE) have to be set too. The provider gives both."
        )
    return {
        "provider_id": PROVIDER_ID,
        "name": provider_name(address),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": address},
    }


def provider_name(address: str) -> str:
    """What the button of the sign-in page calls the provider: a name, or its host."""
    return os.environ.get("RESONANZ_OIDC_NAME", "").strip() or urlsplit(address).hostname or ""


def provider_only(address: str) -> bool:
    """Whether the provider is the only door."""
    told = os.environ.get("RESONANZ_OIDC_ONLY", "").strip().lower() or "no"
    if told not in ("yes", "no"):
        raise ImproperlyConfigured(f"RESONANZ_OIDC_ONLY is “{told}”, but has to be yes or no.")
    if told == "yes" and not address:
        raise ImproperlyConfigured(
            "RESONANZ_OIDC_ONLY is yes, but RESONANZ_OIDC_ADDRESS is empty: nobody could sign in."
        )
    return told == "yes"

"""Reads the environment: every RESONANZ_… variable in one place, each with its type.

The documentation of each stands in docs/reference/settings.md; a test compares the two.
A wrong value stops the start with a sentence.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from resonanz.house.data_folder import PACKAGE

SHORTEST_TOKEN = 20

KNOWN = (
    "RESONANZ_HOME",
    "RESONANZ_PORT",
    "RESONANZ_BIND",
    "RESONANZ_PUBLIC_ADDRESS",
    "RESONANZ_HOSTS",
    "RESONANZ_DATABASE_URL",
    "RESONANZ_TASKS",
    "RESONANZ_ALLOWED_HOSTS_INSIDE",
    "RESONANZ_LOG_LEVEL",
    "RESONANZ_LOG_FORMAT",
    "RESONANZ_METRICS_TOKEN",
    "RESONANZ_BACKUP_FOLDER",
    "RESONANZ_BACKUPS_KEPT",
    "RESONANZ_BACKUP_PASSPHRASE_FILE",
    "RESONANZ_DISK_ALARM_MB",
    "RESONANZ_TRUSTED_PROXIES",
    "RESONANZ_PLC_DIRECTORY",
    "RESONANZ_PACE",
    "RESONANZ_LEASE_SECONDS",
    "RESONANZ_OIDC_ADDRESS",
    "RESONANZ_OIDC_CLIENT",
    "RESONANZ_OIDC_SECRET",
    "RESONANZ_OIDC_SECRET_FILE",
    "RESONANZ_OIDC_NAME",
    "RESONANZ_OIDC_ONLY",
    "RESONANZ_MAIL_ADDRESS",
    "RESONANZ_MAIL_ADDRESS_FILE",
    "RESONANZ_MAIL_FROM",
)


def whole_number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number from the environment, within its bounds."""
    told = os.environ.get(name, "").strip() or str(default)
    if not told.isdigit() or not lowest <= int(told) <= highest:
        raise ImproperlyConfigured(
            f"{name} is “{told}”, but has to be a whole number from {lowest} to {highest}."
        )
    return int(told)


def factor(name: str) -> float:
    """A number above 0 from the environment, 1 where it is not set."""
    told = os.environ.get(name, "").strip() or "1"
    try:
        value = float(told)
    except ValueError as cause:
        raise ImproperlyConfigured(f"{name} is “{told}”, but has to be a number.") from cause
    if not 0.01 <= value <= 1000:
        raise ImproperlyConfigured(f"{name} is “{told}”, but has to lie between 0.01 and 1000.")
    return value


def words(name: str) -> tuple[str, ...]:
    """A comma-separated list from the environment, blanks removed."""
    return tuple(word.strip() for word in os.environ.get(name, "").split(",") if word.strip())


def public_address() -> str:
    """The address under which people reach this installation ("" where none was told)."""
    told = os.environ.get("RESONANZ_PUBLIC_ADDRESS", "").strip().rstrip("/")
    if not told:
        return ""
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"RESONANZ_PUBLIC_ADDRESS is “{told}”, but has to look like https://resonanz.example"
            " without anything behind the host."
        )
    return told


def bind() -> str:
    """The address that the web server listens on; only this machine where none was told."""
    return os.environ.get("RESONANZ_BIND", "").strip() or "127.0.0.1"


def log_level() -> str:
    """One of Python's level names."""
    told = os.environ.get("RESONANZ_LOG_LEVEL", "INFO").upper()
    if told not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ImproperlyConfigured(
            f"RESONANZ_LOG_LEVEL is “{told}”, but has to be DEBUG, INFO, WARNING or ERROR."
        )
    return told


def folder(name: str) -> str:
    """An absolute path of a folder from the environment, "" where none was told."""
    told = os.environ.get(name, "").strip()
    if told and not Path(told).expanduser().is_absolute():
        raise ImproperlyConfigured(
            f"{name} is “{told}”, but has to be a whole path such as /var/backups/resonanz."
        )
    return str(Path(told).expanduser()) if told else ""


def log_format() -> str:
    """How a line of the log is written: `text` or `json`."""
    told = os.environ.get("RESONANZ_LOG_FORMAT", "").strip().lower() or "text"
    if told not in ("text", "json"):
        raise ImproperlyConfigured(f"RESONANZ_LOG_FORMAT is “{told}”, but has to be text or json.")
    return told


def metrics_token() -> str:
    """The secret with which metrics may be asked for; "" means not at all."""
    told = os.environ.get("RESONANZ_METRICS_TOKEN", "").strip()
    if told and len(told) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(
            f"RESONANZ_METRICS_TOKEN has to have at least {SHORTEST_TOKEN} characters, so that"
            " nobody guesses it."
        )
    return told


def proxies(name: str) -> list[str]:
    """Addresses or networks from the environment that are proxies of ours."""
    found = words(name)
    for one in found:
        try:
            ip_network(one)
        except ValueError as cause:
            raise ImproperlyConfigured(
                f"{name}: “{one}” is no address and no network such as 10.0.0.0/8."
            ) from cause
    return list(found)


def locale_folders() -> list[Path]:
    """The translations of the floors that are no Django apps."""
    return sorted([*PACKAGE.glob("switchboard/locale"), *PACKAGE.glob("networks/*/locale")])

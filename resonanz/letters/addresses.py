"""Whole addresses of our pages, for readers who are not on one of them."""

from django.conf import settings

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "localhost", "::1": "localhost"}  # noqa: S104 (compared)


def whole(path: str) -> str:
    """The address of a path, by the public address, or else on this machine."""
    return home_address() + path


def home_address() -> str:
    """Where people reach this installation, without a slash at its end."""
    if settings.RESONANZ_PUBLIC_ADDRESS:
        return str(settings.RESONANZ_PUBLIC_ADDRESS)
    bind = ANYWHERE.get(settings.RESONANZ_BIND, settings.RESONANZ_BIND)
    return f"http://{bind}:{settings.RESONANZ_PORT}"

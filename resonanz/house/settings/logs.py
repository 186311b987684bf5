"""Logs go to standard error, one line each, and hold no personal texts and no tokens."""

from typing import Any


def logging(level: str) -> dict[str, Any]:
    """The LOGGING setting. Outside libraries speak only from WARNING on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "resonanz": {"level": level},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            # Request lines of HTTP libraries hold whole addresses, and those may hold tokens.
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }

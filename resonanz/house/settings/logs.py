"""Logs go to standard error, one line each, and hold no personal texts and no tokens."""

from logging import Filter, LogRecord
from typing import Any


class WithoutLostLines(Filter):
    """Leaves out that RQ could not reach its Redis."""

    def filter(self, record: LogRecord) -> bool:
        """Whether the record is let through."""
        return "could not connect to Redis" not in str(record.msg)


FORMS = {"text": "resonanz.house.log_lines.Discreet", "json": "resonanz.house.log_lines.Json"}


def logging(level: str, form: str) -> dict[str, Any]:
    """The LOGGING setting. Outside libraries speak only from WARNING on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": FORMS[form]},
        },
        "filters": {"once": {"()": "resonanz.house.settings.logs.WithoutLostLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "resonanz": {"level": level},
            # Django would bring handlers of its own, which know nothing of discretion.
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.server": {"level": "WARNING", "handlers": [], "propagate": True},
            "uvicorn": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            # That the Redis is away is told once, by the sweep, and not by every thread.
            "rq": {"level": "WARNING"},
            "rq.worker": {"level": "WARNING", "filters": ["once"]},
            "rq.job": {"level": "WARNING"},
            # Request lines of HTTP libraries hold whole addresses, and those may hold tokens.
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }

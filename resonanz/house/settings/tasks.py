"""Who carries nudges to the workers: the database, or RQ on a Redis or Valkey."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "RESONANZ_TASKS"
DATABASE = "database"
# A Valkey is spoken to as a Redis is (https://valkey.io/topics/migration/, read 2026-11).
SCHEMES = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
QUEUES = ("reading", "sending")
CONNECT_WITHIN_SECONDS = 2


def tasks() -> tuple[dict[str, Any], dict[str, Any]]:
    """The settings TASKS and RQ_QUEUES; the latter is empty with the database."""
    told = os.environ.get(NAME, "").strip() or DATABASE
    if told == DATABASE:
        return {"default": _backend("django_tasks_db.DatabaseBackend")}, {}
    queue = {
        "URL": _address(told),
        # Held work has its own limit, and a thread cannot be ended from outside.
        "DEFAULT_TIMEOUT": -1,
        # Whoever can write to the Redis must not be able to make us run what he likes.
        "SERIALIZER": "rq.serializers.JSONSerializer",
        "QUEUE_CLASS": "resonanz.clockwork.redis_queue.NudgeQueue",
    }
    backend = _backend("resonanz.clockwork.redis_queue.NudgesByRedis")
    return {"default": backend}, dict.fromkeys(QUEUES, queue)


def _backend(path: str) -> dict[str, Any]:
    return {"BACKEND": path, "QUEUES": list(QUEUES)}


def _address(told: str) -> str:
    """The address as Redis's client takes it. The sentence keeps the password to itself."""
    wrong = ImproperlyConfigured(
        f"{NAME} has to be “{DATABASE}”, or the address of a Redis or Valkey such as"
        " redis://host:6379/0 or valkey://:password@host:6379/1."
    )
    try:
        parts = urlsplit(told)
        port = parts.port or 6379
    except ValueError as cause:
        raise wrong from cause
    database = parts.path.strip("/") or "0"
    if parts.scheme not in SCHEMES or not parts.hostname or not database.isdigit() or parts.query:
        raise wrong
    account = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return (
        f"{SCHEMES[parts.scheme]}://{account}{host}:{port}/{database}"
        f"?socket_connect_timeout={CONNECT_WITHIN_SECONDS}"
    )

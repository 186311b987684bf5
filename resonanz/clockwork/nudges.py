"""What carries nudges from the sweep to the workers: the database, or RQ on a Redis or Valkey."""

import logging

from django.conf import settings
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

REDIS_BACKEND = "resonanz.clockwork.redis_queue.NudgesByRedis"


def go_by_redis() -> bool:
    """Whether nudges travel by RQ instead of the database."""
    return bool(settings.TASKS["default"]["BACKEND"] == REDIS_BACKEND)


def trouble() -> str:
    """Why no nudge would arrive at this moment, in the words of Redis's client; "" if it would."""
    if not go_by_redis():
        return ""
    # RQ and the Redis client are loaded only by who uses them.
    from resonanz.clockwork import redis_queue  # noqa: PLC0415

    return redis_queue.trouble()


def waiting(most: int) -> int | None:
    """How many nudges wait for a worker, counted up to `most`. None when the Redis is away."""
    if not go_by_redis():
        return DBTaskResult.objects.ready()[:most].count()
    from resonanz.clockwork import redis_queue  # noqa: PLC0415 (as above)

    found = redis_queue.waiting()
    return found if found is None else min(found, most)


def carrier() -> str:
    """`host:port` of the Redis; "" where the database carries the nudges."""
    if not go_by_redis():
        return ""
    from resonanz.clockwork import redis_queue  # noqa: PLC0415 (as above)

    return redis_queue.place()

"""What carries nudges from the sweep to the workers: the database, or RQ on a Redis or Valkey."""

from threading import Event
from typing import Protocol, runtime_checkable

from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult


@runtime_checkable
class Courier(Protocol):
    """A task backend that carries nudges somewhere else than in the database."""

    def trouble(self) -> str:
        """Why no nudge would arrive at this moment, in its client's words; "" if it would."""

    def waiting(self) -> int | None:
        """How many nudges wait for a worker. None when that cannot be asked."""

    def place(self) -> str:
        """Where it is, as `host:port`."""

    def carry_out(self, queue: str, stop: Event) -> None:
        """Carry the tasks of one queue out until `stop` is set or it goes away."""


def courier() -> Courier | None:
    """Who carries the nudges; None: the database."""
    backend = task_backends["default"]
    return backend if isinstance(backend, Courier) else None


def trouble() -> str:
    """Why no nudge would arrive at this moment; "" if it would."""
    found = courier()
    return found.trouble() if found else ""


def waiting(most: int) -> int | None:
    """How many nudges wait for a worker, counted up to `most`. None when their carrier is away."""
    found = courier()
    if found is None:
        return DBTaskResult.objects.ready()[:most].count()
    count = found.waiting()
    return count if count is None else min(count, most)


def carrier() -> str:
    """`host:port` of the Redis; "" where the database carries the nudges."""
    found = courier()
    return found.place() if found else ""

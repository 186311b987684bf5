"""Nudges that travel by RQ, on a Redis or Valkey. Loaded only where the settings say so.

What lies in the Redis may be lost at any time, and the Redis itself may be away: a nudge that
is lost costs a moment, because the row is the truth and the sweep nudges again.
"""

import logging
from collections.abc import Iterable
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import django_rq
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import close_old_connections
from django_rq.queues import DjangoRQ
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id
from django_tasks_rq import Job, RQBackend
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.queue import Queue
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

log = logging.getLogger(__name__)

DONE_KEPT_SECONDS = 60
FAILED_KEPT_SECONDS = 6 * 60 * 60
LOOK_FOR_STOP_SECONDS = 1
# RQ waits for nudges for its time to live less 15 seconds; it says so in BaseWorker.
TIME_TO_LIVE_SECONDS = 15 + LOOK_FOR_STOP_SECONDS


class NudgeQueue(DjangoRQ):
    """A queue that forgets early: what is done and what failed stands in the rows."""

    def create_job(self, *args: Any, **kwargs: Any) -> Any:
        """Make a job; see RQ's own."""
        return super().create_job(
            *args, **{"result_ttl": DONE_KEPT_SECONDS, "failure_ttl": FAILED_KEPT_SECONDS} | kwargs
        )


class NudgesByRedis(RQBackend):
    """The task backend: RQ's, but a Redis that is away is no error of whoever nudges."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Nudge. Where that is not possible now, the sweep will do it later."""
        try:
            return super().enqueue(task, args, kwargs)
        except RedisError:
            log.info("%s was not nudged: the Redis is away", task.name)
            return _unheard(task, args, kwargs, self.alias)

    def trouble(self) -> str:
        """Why the Redis cannot be used, in its client's words; "" while it can."""
        try:
            django_rq.get_connection(_any_queue()).ping()
        except RedisError as cause:
            return str(cause) or type(cause).__name__
        return ""

    def waiting(self) -> int | None:
        """How many nudges wait for a worker; None when the Redis is away."""
        try:
            return sum(django_rq.get_queue(name).count for name in settings.RQ_QUEUES)
        except RedisError:
            return None

    def place(self) -> str:
        """Where the Redis is, as `host:port`, without its password."""
        parts = urlsplit(settings.RQ_QUEUES[_any_queue()]["URL"])
        return f"{parts.hostname}:{parts.port}"

    def carry_out(self, queue: str, stop: Event) -> None:
        """Carry the tasks of one queue out until `stop` is set or the Redis goes away."""
        if not self.trouble():
            ThreadWorker(queue, stop).work(logging_level=None)
        stop.wait(LOOK_FOR_STOP_SECONDS)

    def check(self, **kwargs: Any) -> Iterable[CheckMessage]:
        """Django's system checks: without RQ's pages and tables nothing has to be installed."""
        yield from BaseTaskBackend.check(self, **kwargs)


def _any_queue() -> str:
    return str(next(iter(settings.RQ_QUEUES)))


def _unheard(task: Any, args: Any, kwargs: Any, alias: str) -> TaskResult[Any]:
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=None,
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=list(args),
        kwargs=dict(kwargs),
        backend=alias,
        errors=[],
        worker_ids=[],
    )


class ThreadWorker(SimpleWorker):
    """A worker of RQ that lives in a thread and leaves when `stop` is set."""

    death_penalty_class = TimerDeathPenalty

    def __init__(self, queue: str, stop: Event) -> None:
        """Prepare for one queue. Raises `RedisError` when the Redis is away."""
        connection = django_rq.get_connection(queue)
        super().__init__(
            [django_rq.get_queue(queue, job_class=Job, connection=connection)],
            connection=connection,
            job_class=Job,
            serializer=JSONSerializer,
            worker_ttl=TIME_TO_LIVE_SECONDS,
            log_job_description=False,
        )
        self.stop = stop

    def _install_signal_handlers(self) -> None:
        """None: signals belong to the process, which sets `stop`."""

    def subscribe(self) -> None:
        """Listen to no orders from the Redis."""

    def procline(self, message: str) -> None:
        """Leave the name of the process alone."""

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Any, Queue] | None:
        """Wait for a nudge, and look every second whether it is time to leave."""
        while not self.stop.is_set():
            patience = max_idle_time or LOOK_FOR_STOP_SECONDS
            found = super().dequeue_job_and_maintain_ttl(timeout, patience)
            if found is not None:
                return found
        raise StopRequested

    def execute_job(self, job: Any, queue: Queue) -> None:
        """Carry one task out, as Django does a request: with connections that are alive."""
        close_old_connections()
        try:
            super().execute_job(job, queue)
        finally:
            close_old_connections()

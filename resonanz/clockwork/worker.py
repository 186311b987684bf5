"""The worker: a sweep every second, and threads that carry tasks out.

Sending and reading have threads of their own, so that a slow source never holds an answer back.
They take their tasks from the database, or from RQ where the settings name a Redis.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from resonanz.clockwork.duties import sweep
from resonanz.clockwork.nudges import carrier, courier, trouble

log = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 1.0
LOOK_FOR_TASKS_SECONDS = 0.25
PAUSE_AFTER_TROUBLE_SECONDS = 2.0
LEAVE_SECONDS = 8.0

THREADS = (("sending", 2), ("reading", 3))


class Workshop:
    """All threads of one worker process."""

    def __init__(self) -> None:
        """Start with nothing running."""
        self.stop = Event()
        self.workers: list[Worker] = []

    def run(self) -> None:
        """Work until `stop` is set; what is under way is finished, for up to eight seconds."""
        threads = [
            Thread(target=self.go_on, args=(self.carry_out, queue, number), daemon=True)
            for queue, count in THREADS
            for number in range(count)
        ]
        threads.append(Thread(target=self.go_on, args=(self.sweep_for_ever,), daemon=True))
        for thread in threads:
            thread.start()
        self.stop.wait()
        for worker in self.workers:
            worker.running = False
        for thread in threads:
            thread.join(timeout=LEAVE_SECONDS / len(threads) + 1)

    def go_on(self, work: Callable[..., None], *arguments: object) -> None:
        """Run `work` again and again: this is the job runner, which outlives every error."""
        while not self.stop.is_set():
            try:
                work(*arguments)
            except Exception:
                log.exception("the worker had trouble and goes on")
                close_old_connections()
                self.stop.wait(PAUSE_AFTER_TROUBLE_SECONDS)

    def carry_out(self, queue: str, number: int) -> None:
        """Carry the tasks of one queue out, one after the other."""
        if found := courier():
            found.carry_out(queue, self.stop)
            return
        # Looking is a question. Only where there is something does the worker ask for it, which
        # takes the one lock that SQLite has for whoever writes; it returns when nothing is left.
        worker = Worker(
            queue_names=[queue],
            interval=LOOK_FOR_TASKS_SECONDS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{queue}-{number}",
            excluded_queue_names=[],
        )
        self.workers.append(worker)
        while not self.stop.is_set():
            close_old_connections()
            if DBTaskResult.objects.ready().filter(queue_name=queue).exists():
                worker.run()
            self.stop.wait(LOOK_FOR_TASKS_SECONDS)

    def sweep_for_ever(self) -> None:
        """Sweep every second. While no nudge would arrive, rows wait and are not marked."""
        is_away = False
        while not self.stop.is_set():
            close_old_connections()
            told = trouble()
            if told and not is_away:
                log.warning("Redis at %s: %s. What is due waits in its rows.", carrier(), told)
            elif is_away and not told:
                log.warning("Redis at %s is back; work goes on", carrier())
            is_away = bool(told)
            if not is_away:
                sweep(timezone.now())
            self.stop.wait(SWEEP_EVERY_SECONDS)

"""What Prometheus is told, asked from the database at each visit.

Names and units follow https://prometheus.io/docs/practices/naming/ (read 2026-11): seconds,
bytes, `_total` for what only grows.
"""

from collections.abc import Iterator

from django.db.models import Count
from django.utils import timezone
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from resonanz import __version__
from resonanz.channels.models import Channel
from resonanz.clockwork.nudges import waiting
from resonanz.house.alive import signs
from resonanz.house.backup.daily import last_backup_at
from resonanz.house.backup.taking import database_bytes
from resonanz.house.disk import room_on_disk
from resonanz.house.waiting import all_due
from resonanz.outbox.models import Delivery
from resonanz.workspaces.models import Alarm

MOST_NUDGES_COUNTED = 10_000
MEGABYTE = 10**6

REGISTRY = CollectorRegistry()
REQUESTS = Histogram(
    "resonanz_request_duration_seconds",
    "How long pages took on the server, by the name of the page.",
    ("method", "page", "status"),
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class House(Collector):
    """Asks the database; fifteen small questions, none of which grows with the posts."""

    def collect(self) -> Iterator[Metric]:
        """All figures."""
        yield _one("resonanz_info", "The version that runs.", 1, version=__version__)
        yield from _work()
        yield from _channels()
        yield from _deliveries_and_alarms()
        yield from _machine()


def _one(name: str, help_text: str, value: float, **labels: str) -> Metric:
    found = GaugeMetricFamily(name, help_text, labels=list(labels))
    found.add_metric(list(labels.values()), value)
    return found


def _work() -> Iterator[Metric]:
    """What is due and not done."""
    rows = GaugeMetricFamily("resonanz_due_rows", "What is due and not done.", labels=["kind"])
    age = GaugeMetricFamily(
        "resonanz_oldest_due_seconds", "For how long the oldest has been due.", labels=["kind"]
    )
    now = timezone.now()
    for due in all_due():
        rows.add_metric([due.name], due.count)
        age.add_metric([due.name], (now - due.since).total_seconds())
    yield rows
    yield age
    nudges = waiting(MOST_NUDGES_COUNTED)
    if nudges is not None:
        yield _one("resonanz_nudges_waiting", "Nudges that no worker has taken yet.", nudges)


def _channels() -> Iterator[Metric]:
    """By number, never by name."""
    labels = ["channel", "network"]
    arrived = CounterMetricFamily(
        "resonanz_channel_arrivals", "Posts and reactions that came in.", labels=labels
    )
    last = GaugeMetricFamily(
        "resonanz_channel_last_ok_timestamp_seconds", "When it was last read well.", labels=labels
    )
    state = GaugeMetricFamily(
        "resonanz_channel_working",
        "1 while it may be read and written, 0 otherwise.",
        labels=labels,
    )
    columns = ("pk", "network", "arrived", "last_ok_at", "state")
    for pk, network, count, ok_at, how in Channel.objects.order_by("pk").values_list(*columns):
        names = [str(pk), network]
        arrived.add_metric(names, count)
        state.add_metric(names, how == Channel.State.OK)
        if ok_at is not None:
            last.add_metric(names, ok_at.timestamp())
    yield arrived
    yield last
    yield state


def _deliveries_and_alarms() -> Iterator[Metric]:
    states = GaugeMetricFamily(
        "resonanz_deliveries", "Texts on their way or done, by state.", labels=["state"]
    )
    found = Delivery.objects.order_by().values("state").annotate(n=Count("pk"))
    for state, count in found.values_list("state", "n"):
        states.add_metric([state], count)
    yield states
    alarms = GaugeMetricFamily("resonanz_alarms_open", "Open alarms, by code.", labels=["code"])
    up = Alarm.objects.filter(over_at=None).order_by().values("code").annotate(n=Count("pk"))
    for code, count in up.values_list("code", "n"):
        alarms.add_metric([code], count)
    yield alarms


def _machine() -> Iterator[Metric]:
    """Processes, disk, database, backup."""
    now = timezone.now()
    heard = GaugeMetricFamily(
        "resonanz_sign_of_life_age_seconds",
        "How long ago a process was last heard of.",
        labels=["part", "machine", "process"],
    )
    for sign in signs():
        names = [sign.part, sign.machine, str(sign.process)]
        heard.add_metric(names, (now - sign.heard_at).total_seconds())
    yield heard
    free = room_on_disk().free * MEGABYTE
    yield _one("resonanz_disk_free_bytes", "Room where the data folder lies.", free)
    yield _one("resonanz_database_size_bytes", "How large the database is.", database_bytes())
    last = last_backup_at()
    if last is not None:
        name = "resonanz_last_backup_timestamp_seconds"
        yield _one(name, "When the last good backup was taken.", last.timestamp())


REGISTRY.register(House())

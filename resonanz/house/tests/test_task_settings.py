"""RESONANZ_TASKS: who carries nudges, what is said of a wrong address, and a Redis that is away."""

import socket
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django_tasks import TaskResultStatus
from pytest_django import Settings

from resonanz.clockwork import nudges
from resonanz.house.routines import run_routine
from resonanz.house.settings.tasks import tasks
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

SECRET = "geheim-und-lang"


@pytest.fixture
def no_redis(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, still_house: None
) -> Iterator[str]:
    """The settings name a Redis at a port where nobody is. Gives its `host:port`."""
    with socket.socket() as taken:
        # Bound and not listening: nobody else can take the port meanwhile.
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("RESONANZ_TASKS", f"valkey://:{SECRET}@{place}/3")
        settings.TASKS, settings.RQ_QUEUES = tasks()
        yield place


def test_nothing_told_means_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("", " database "):
        monkeypatch.setenv("RESONANZ_TASKS", told)
        found, queues = tasks()
        assert found["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
        assert queues == {}


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("redis://lighthouse.example", "redis://lighthouse.example:6379/0"),
        ("valkey://lighthouse.example:7000/4", "redis://lighthouse.example:7000/4"),
        ("rediss://ada:word@lighthouse.example", "rediss://ada:word@lighthouse.example:6379/0"),
        ("valkeys://[::1]:7000/", "rediss://[::1]:7000/0"),
    ],
)
def test_an_address_means_rq(monkeypatch: pytest.MonkeyPatch, told: str, meant: str) -> None:
    """A Valkey is spoken to as a Redis is; both queues are there."""
    monkeypatch.setenv("RESONANZ_TASKS", told)
    found, queues = tasks()
    assert found["default"]["BACKEND"] == "resonanz.clockwork.redis_queue.NudgesByRedis"
    assert {queue["URL"].partition("?")[0] for queue in queues.values()} == {meant}
    assert set(queues) == set(found["default"]["QUEUES"])


@pytest.mark.parametrize(
    "told",
    [
        "rq",
        "redis://",
        "redis://host:port/0",
        f"redis://:{SECRET}@host/zero",
        f"https://:{SECRET}@host/",
        f"redis://:{SECRET}@host/0?db=1",
        "lighthouse.example:6379",
    ],
)
def test_a_wrong_address_is_answered_by_a_sentence(
    monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    """It shows what is expected, and keeps the password to itself."""
    monkeypatch.setenv("RESONANZ_TASKS", told)
    with pytest.raises(ImproperlyConfigured, match="redis://host:6379/0") as caught:
        tasks()
    assert SECRET not in str(caught.value)


def test_a_nudge_that_cannot_travel_is_no_error(no_redis: str) -> None:
    """Whoever approved a text sees no error page; the sweep nudges later."""
    told = run_routine.enqueue(1)
    assert (told.status, told.enqueued_at) == (TaskResultStatus.READY, None)


def test_why_no_nudge_travels_is_told_without_the_password(no_redis: str) -> None:
    assert "refused" in nudges.trouble()
    assert nudges.carrier() == no_redis
    assert nudges.waiting(10) is None
    assert SECRET not in nudges.trouble() + nudges.carrier()


def test_the_status_page_says_that_the_redis_is_away(
    no_redis: str, alice: Member, client_of: ClientOf
) -> None:
    """And that nothing is lost."""
    page = client_of(alice).get("/status/").content.decode()
    assert f"The Redis or Valkey at {no_redis} does not answer." in page
    assert SECRET not in page


def test_the_status_page_names_no_redis_where_there_is_none(
    alice: Member, client_of: ClientOf
) -> None:
    assert "Valkey" not in client_of(alice).get("/status/").content.decode()

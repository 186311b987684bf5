"""A listener that has much to take in lets others write in between; SQLite has one writer."""

import pytest
from django.db import connection, transaction

from resonanz.channels.arrivals import MOST_ROOM_SECONDS, take_in
from resonanz.channels.models import Channel
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Page

NOTHING_NEW = Page(cursor="later")


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were rested, with whether a transaction was open meanwhile."""
    found: list[float] = []

    def rest(seconds: float) -> None:
        assert not connection.in_atomic_block
        found.append(seconds)

    monkeypatch.setattr("resonanz.channels.arrivals.time.sleep", rest)
    return found


@pytest.mark.django_db(transaction=True)
def test_it_rests_after_each_page_on_sqlite_only(
    pretend_channel: Channel, rests: list[float]
) -> None:
    """A part of the time that it wrote, and never long."""
    for _ in range(3):
        take_in(channel=pretend_channel, lane=Can.HOME.value, page=NOTHING_NEW)
    assert len(rests) == (3 if connection.vendor == "sqlite" else 0)
    assert all(0 < seconds <= MOST_ROOM_SECONDS for seconds in rests)


@pytest.mark.django_db(transaction=True)
def test_whoever_holds_a_transaction_does_not_rest_in_it(
    pretend_channel: Channel, rests: list[float]
) -> None:
    """Nobody else could write meanwhile."""
    with transaction.atomic():
        take_in(channel=pretend_channel, lane=Can.HOME.value, page=NOTHING_NEW)
    assert rests == []

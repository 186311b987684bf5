"""Figures for Prometheus: only for whoever has the token, and about nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from resonanz.channels.models import Channel
from resonanz.house.tests.things import Things
from resonanz.outbox.models import Delivery
from resonanz.workspaces.actions import note_routine_done
from resonanz.workspaces.models import Member

TOKEN = "a-token-for-the-tests-of-metrics"
MOST_QUERIES = 15

pytestmark = pytest.mark.django_db


@pytest.fixture
def prometheus(settings: Settings) -> Client:
    """A Prometheus that has the token."""
    settings.RESONANZ_METRICS_TOKEN = TOKEN
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


def samples(client: Client) -> dict[tuple[str, str], float]:
    """Every figure by its name and the values of its labels."""
    text = client.get("/metrics").content.decode()
    return {
        (sample.name, ",".join(sorted(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_without_a_setting_there_are_no_metrics(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer ä"])
def test_without_the_token_nothing_is_told(settings: Settings, given: str) -> None:
    settings.RESONANZ_METRICS_TOKEN = TOKEN
    answer = Client(headers={"authorization": given}).get("/metrics")
    assert answer.status_code == 401
    assert answer.content == b""


def test_the_figures_are_those_of_the_house(prometheus: Client, things: Things) -> None:
    """What is due, what came in, what is on its way, who is there."""
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=3))
    note_routine_done(name="alive work a machine 17")
    found = samples(prometheus)
    channel = f"{things.channel.pk},pretend"
    things.channel.refresh_from_db()
    assert found["resonanz_channel_arrivals_total", channel] == things.channel.arrived > 5
    assert found["resonanz_channel_working", channel] == 1
    assert found["resonanz_due_rows", "delivery"] == 1
    assert 170 < found["resonanz_oldest_due_seconds", "delivery"] < 240
    assert found["resonanz_deliveries", "waiting"] == 1
    assert found["resonanz_sign_of_life_age_seconds", "17,a machine,work"] < 60
    assert found["resonanz_disk_free_bytes", ""] > 10**6


def test_nobody_is_named(prometheus: Client, things: Things, alice: Member) -> None:
    """Neither we nor others, nor any text."""
    prometheus.get(f"/people/{things.person.pk}/")
    text = prometheus.get("/metrics").content.decode()
    for secret in (things.channel.handle, things.post.text, things.person.name, alice.user.email):
        assert secret
        assert secret not in text


def test_requests_are_counted_by_the_name_of_the_page(prometheus: Client, things: Things) -> None:
    """Not by their address."""
    prometheus.get("/healthz")
    prometheus.get("/nothing/here/?q=secret")
    text = prometheus.get("/metrics").content.decode()
    assert 'resonanz_request_duration_seconds_count{method="GET",page="healthz"' in text
    assert 'page="unknown",status="4xx"' in text
    assert "secret" not in text


def test_ten_more_channels_cost_no_more_queries(
    prometheus: Client,
    things: Things,
    alice: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        Channel.objects.create(
            workspace=alice.workspace, network="feeds", uid=str(number), credentials=b""
        )
    with django_assert_max_num_queries(MOST_QUERIES + 2):
        prometheus.get("/metrics")

"""Whether our own site says where links to it are told."""

from resonanz.mentions.jobs import look_at_own_site
from resonanz.mentions.models import Endpoint
from resonanz.mentions.tests.web import Web


def looked(endpoint: Endpoint) -> Endpoint:
    Endpoint.objects.update(due_at="2020-01-01T00:00Z")
    look_at_own_site.call(endpoint.pk)
    return Endpoint.objects.select_related("channel__workspace").get(pk=endpoint.pk)


def test_a_new_domain_is_looked_at_until_the_line_is_there(endpoint: Endpoint, web: Web) -> None:
    """And an alarm says when it was there once and is no more."""
    assert endpoint.is_announced is None
    assert looked(endpoint).is_announced is False
    web.ours("/", '<link rel="webmention" href="https://elsewhere.example/webmention/x">')
    assert looked(endpoint).is_announced is False
    line = f'<link rel="webmention" href="https://house.example/webmention/{endpoint.token}">'
    web.ours("/", line)
    there = looked(endpoint)
    assert (there.is_announced, there.is_announced_for_pingback) == (True, False)
    alarms = endpoint.channel.workspace.alarms.filter(over_at=None)
    assert not alarms.exists()
    web.ours("/", "A new theme.")
    assert looked(endpoint).is_announced is False
    assert alarms.get().code == "endpoint_lost"
    web.ours("/", line)
    looked(endpoint)
    assert not alarms.exists()


def test_a_site_that_is_down_says_nothing_about_its_lines(endpoint: Endpoint, web: Web) -> None:
    web.ours("/", status=500)
    found = looked(endpoint)
    assert (found.is_announced, found.trouble_code) == (None, "try_later")

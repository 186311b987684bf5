"""What people type by mistake when they connect: each gets its sentence, and nothing is lost.

Real networks against real servers on loopback; only the guarded client's list of allowed hosts
is changed.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from resonanz.channels.models import Channel
from resonanz.plumbing.tests.loopback import Asked, serving
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Rye and caraway</title>
<link>http://blog.example/</link><item><title>Bread</title><link>http://blog.example/1</link>
<guid>http://blog.example/1</guid></item></channel></rss>"""
PAGE = b"<!doctype html><title>A page</title><p>Only words.</p>"
FIFTY_MB = 50 * 1024 * 1024


def a_feed(asked: Asked) -> None:
    asked.give(FEED, Content_Type="application/rss+xml")


def a_page(asked: Asked) -> None:
    asked.give(PAGE, Content_Type="text/html")


def fifty_megabytes(asked: Asked) -> None:
    asked.send_response(200)
    asked.send_header("Content-Length", str(FIFTY_MB))
    asked.end_headers()


def nothing(asked: Asked) -> None:
    asked.give(b"no", status=404)


@pytest.fixture(params=["alice", "berta"])
def client(
    request: pytest.FixtureRequest, alice: Member, berta: Member, client_of: ClientOf
) -> Client:
    """Alice's browser in English, then Berta's in German."""
    return client_of(alice if request.param == "alice" else berta)


def told(client: Client, network: str, way: str, field: str, typed: str) -> str:
    """Connect, expect that it fails and keeps what was typed, and give the page."""
    answer = client.post(f"/channels/connect/{network}/", {"way": way, f"{way}-{field}": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert not Channel.objects.exists()
    return page


def one_of(page: str, *sentences: str) -> bool:
    return sum(sentence in page for sentence in sentences) == 1


def test_a_feed_is_connected(client: Client, allow_inside: Callable[..., None]) -> None:
    """To know that the others fail for their own reasons."""
    with serving(a_feed) as server:
        allow_inside(server.host)
        client.post("/channels/connect/feeds/", {"way": "address", "address-address": server.host})
    assert Channel.objects.get().name == "Rye and caraway"


def test_a_page_without_a_feed(client: Client, allow_inside: Callable[..., None]) -> None:
    """It says where to look for the feed."""
    with serving(a_page) as server:
        allow_inside(server.host)
        page = told(client, "feeds", "address", "address", server.address)
    assert one_of(page, "and no feed was found on it", "weder auf ihr noch daneben war ein Feed")


def test_a_feed_of_fifty_megabytes(client: Client, allow_inside: Callable[..., None]) -> None:
    """It is not taken, and nobody waits for it."""
    with serving(fifty_megabytes) as server:
        allow_inside(server.host)
        page = told(client, "feeds", "address", "address", server.address)
    assert one_of(page, "larger than what Resonanz reads", "ist größer, als Resonanz liest")


def test_an_address_inside_the_own_network(client: Client) -> None:
    """Resonanz does not go there, whatever listens."""
    with serving(a_feed) as server:
        page = told(client, "feeds", "address", "address", server.address)
        assert server.requests == []
    assert one_of(page, "leads into a private network", "in ein privates Netz")


def test_a_server_name_that_is_none(client: Client) -> None:
    """The form says what a name looks like."""
    page = told(client, "mastodon", "oauth", "server", "no name at all, just words")
    assert one_of(page, "does not look like the name of a server", "nicht nach dem Namen eines")


def test_a_server_that_nobody_runs(client: Client, allow_inside: Callable[..., None]) -> None:
    """It may be a slip, or down."""
    with serving(nothing) as server:
        host = server.host
    allow_inside(host)
    page = told(client, "mastodon", "oauth", "server", f"http://{host}")
    assert one_of(page, "No server answers under this name", "Unter diesem Namen antwortet kein")


def test_a_server_that_speaks_something_else(
    client: Client, allow_inside: Callable[..., None]
) -> None:
    """There is a server, but not of that kind."""
    with serving(a_page) as server:
        allow_inside(server.host)
        page = told(client, "mastodon", "oauth", "server", server.address)
    assert one_of(
        page, "does not speak the Mastodon API", "spricht die Mastodon-Schnittstelle nicht"
    )

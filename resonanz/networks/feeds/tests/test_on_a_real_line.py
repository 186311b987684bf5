"""Feeds through the guarded client, from a real server on loopback."""

from pathlib import Path

import pytest

from resonanz.networks.feeds.connector import network
from resonanz.networks.feeds.tests.world import ATOM, last_cursor, titles
from resonanz.plumbing.outgoing import ForbiddenAddress, TooLarge, guarded_client
from resonanz.plumbing.tests.loopback import Asked, serving
from resonanz.switchboard.contract import Surroundings, Way
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import Refused


def blog(asked: Asked) -> None:
    if asked.path == "/large":
        asked.give(b"x", Content_Length=str(50 * 2**20))
    elif asked.path == "/inward":
        asked.give(status=302, Location="http://10.0.0.1/feed")
    elif asked.path != "/feed":
        page = b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed>"
        asked.give(page, Content_Type="text/html")
    elif asked.headers.get("If-None-Match") == '"1"':
        asked.give(status=304)
    else:
        asked.give(ATOM, ETag='"1"')


def test_a_blog_is_found_read_and_asked_politely_and_what_is_not_allowed_is_told() -> None:
    with (
        serving(blog) as town,
        guarded_client(allowed_hosts=frozenset({town.host}), user_agent="Resonanz tests") as http,
    ):
        world = Surroundings(http=http, folder=Path())
        # Without a scheme, as people type it: https is tried first, and nobody speaks it there.
        account = network.begin(Way.ADDRESS, {"address": f"{town.host}/blog"}, "", world)
        assert isinstance(account, Account)
        assert account.address == f"{town.address}/feed"
        connector = network.open(account, world)
        pages = list(connector.home(""))
        assert titles(pages) == ["Gast", "Brötchen & Zopf"]
        assert titles(list(connector.home(last_cursor(pages)))) == []
        assert "if-none-match" in town.requests[-1][2]
        for path, refusal in (("large", TooLarge), ("inward", ForbiddenAddress)):
            with pytest.raises(Refused) as told:
                network.begin(Way.ADDRESS, {"address": f"{town.address}/{path}"}, "", world)
            assert told.value.reason == refusal.sentence

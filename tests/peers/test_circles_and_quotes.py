"""Followers and quotes at servers that speak the Mastodon API."""

from pathlib import Path

import httpx
import pytest

from resonanz.networks.mastodon.connector import MastodonConnector, network
from resonanz.switchboard.contract import Can, Surroundings, Way
from resonanz.switchboard.shapes import Account, Outgoing, Quoting, ReactionKind
from tests.peers.servers.mastodon_api import Person
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.running import wait_until
from tests.peers.servers.snac import SnacServer

pytestmark = pytest.mark.peer


def connected(person: Person) -> MastodonConnector:
    """Resonanz's connector on the account of a person."""
    around = Surroundings(http=httpx.Client(follow_redirects=True, timeout=20), folder=Path())
    told = {"server": person.address, "token": person.token}
    account = network.begin(Way.TOKEN, told, "", around)
    assert isinstance(account, Account)
    return network.open(account, around)


def names(connector: MastodonConnector, kind: str) -> set[str]:
    parts = connector.followers("") if kind == "followers" else connector.followed("")
    return {profile.uid.partition("@")[0] for part in parts for profile in part.profiles}


def test_who_follows_us_and_whom_we_follow_is_told_by_the_mock(mock: MockServer) -> None:
    us, dora = mock.users["lighthouse"], mock.users["dora"]
    ours, hers = connected(us), connected(dora)
    assert names(ours, "followers") == set()
    hers.react(ReactionKind.FOLLOW, us.me().id)
    assert names(ours, "followers") == {"dora"}
    assert names(hers, "followed") == {"lighthouse"}
    hers.react(ReactionKind.FOLLOW, us.me().id, is_on=False)
    assert names(ours, "followers") == set()


def test_a_quote_stands_at_the_mock_with_what_it_quotes(mock: MockServer) -> None:
    us, dora = mock.users["lighthouse"], mock.users["dora"]
    said = dora.post("The lamp is lit.")
    ours = connected(us)
    assert Can.QUOTE in ours.can
    quoting = Quoting(uid=said.uri, local_id=said.id)
    receipt = ours.publish(Outgoing(key="quote-1", text="So it is.", quoting=quoting))
    (post,) = [one for one in ours.thread(receipt.local_id).posts if one.uid == receipt.uid]
    assert post.quotes_uid == said.uri
    assert post.quoted is not None
    assert "lamp" in post.quoted.html


def test_snac_tells_whom_it_tells_and_takes_no_quotes(snac_a: SnacServer) -> None:
    us, anna = snac_a.users["lighthouse"], snac_a.users["anna"]
    ours = connected(us)
    assert Can.QUOTE not in ours.can
    known = us.account(anna.handle)
    for is_on in (True, False):
        ours.react(ReactionKind.FOLLOW, known.id, is_on=is_on)
        wait_until(
            lambda wanted=is_on: ("anna" in names(ours, "followed")) is wanted,
            seconds=30,
            what=f"anna among the followed: {is_on}",
            pause_seconds=0.5,
        )
        assert "anna" not in names(ours, "followers")

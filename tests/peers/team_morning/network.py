"""What people say to us at the real server, and what of ours stands there."""

from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.running import wait_until
from tests.peers.team_morning.colleague import ARRIVES_WITHIN_SECONDS


def say(network: MockServer, name: str, text: str) -> str:
    """Somebody at the server speaks to us. Gives the id there."""
    return network.users[name].post(f"@lighthouse {text}", language="de").id


def said(network: MockServer, words: str) -> list[str]:
    """What of ours with these words stands at the server."""
    ours = network.users["lighthouse"].said_ever()
    return [status.content for status in ours if words in status.content]


def wait_until_said(network: MockServer, words: str) -> None:
    """Wait until it stands at the server; it stands there once."""
    wait_until(
        lambda: said(network, words),
        seconds=ARRIVES_WITHIN_SECONDS,
        what=f"our “{words}” at the server",
        pause_seconds=0.3,
    )
    assert len(said(network, words)) == 1

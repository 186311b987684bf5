"""Looking at a blog as its connector sees it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from resonanz.networks.wordpress.connector import WordPressConnector, network
from resonanz.switchboard.contract import Surroundings, Way
from resonanz.switchboard.shapes import Account, Answering, Outgoing, Page, Said
from tests.peers.servers.wordpress import WordPressServer

# Another address of the loopback: sites are told apart by their hosts, not by their ports.
ELSEWHERE = "127.0.0.2"
ROLES = {"mehl": "editor", "lena": "author", "karl": "contributor", "gast": "subscriber"}


def connected(blog: WordPressServer, world: Surroundings, user: str = "mehl") -> Account:
    """Our account there, as a person connects it."""
    answers = {"blog": blog.address, **blog.users[user].answers}
    found = network.begin(Way.TOKEN, answers, "", world)
    assert isinstance(found, Account)
    return found


def connector(blog: WordPressServer, world: Surroundings, user: str = "mehl") -> WordPressConnector:
    """A connector in one user's name."""
    return network.open(connected(blog, world, user), world)


def look(ours: WordPressConnector, cursor: str = "", lane: str = "notifications") -> Page:
    """One look, as one page."""
    pages = list(getattr(ours, lane)(cursor))
    return Page(
        posts=tuple(said for page in pages for said in page.posts),
        gone_local=tuple(id for page in pages for id in page.gone_local),
        cursor=pages[-1].cursor,
    )


def one(posts: Sequence[Said], local_id: str) -> Said:
    """The post of that name; there is one."""
    [found] = [said for said in posts if said.local_id == local_id]
    return found


def answering(comment: int, article: int, ours: WordPressConnector) -> Answering:
    """What an answer to a comment has to know."""
    thread = ours.thread(f"c{comment}")
    said = one(thread.posts, f"c{comment}")
    return Answering(uid=said.uid, local_id=said.local_id, url=said.url)


def tried(outgoing: Outgoing) -> Outgoing:
    """The same text at a second attempt."""
    return msgspec.structs.replace(
        outgoing, first_tried_at=datetime.now(UTC) - timedelta(seconds=20)
    )

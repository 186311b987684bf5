"""Our account at Bluesky's own reference servers, asked through the connector."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import msgspec

from resonanz.networks.bluesky.connector import network
from resonanz.networks.bluesky.session import Credentials
from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.contract import Connector, Surroundings, Way
from resonanz.switchboard.shapes import Account, Answering, Outgoing, Page, Pages, Said, Secret
from tests.peers.servers.bluesky import SHOWN_WITHIN_SECONDS, BlueskyPerson
from tests.peers.servers.running import wait_until

LOOPBACK = frozenset({"localhost", "127.0.0.1"})


class Us:
    """Our account, connected, with what the house would keep of renewed credentials."""

    def __init__(self, person: BlueskyPerson, folder: Path, server: str = "") -> None:
        """Connect; `server` is another address under which hers is found."""
        self.person = person
        self.kept: list[Secret] = []
        self._http = guarded_client(allowed_hosts=LOOPBACK, user_agent="Resonanz tests")
        self.around = Surroundings(http=self._http, folder=folder, renewed=self.kept.append)
        answers = {
            "handle": person.handle,
            "password": person.app_password,
            "server": server or person.address,
        }
        account = network.begin(Way.TOKEN, answers, "", self.around)
        assert isinstance(account, Account)
        self.account = account

    @property
    def connector(self) -> Connector:
        """A fresh one, as each job opens one."""
        return network.open(self.account, self.around)

    def with_tokens(self, access: str, refresh: str) -> None:
        """From now on only these tokens are kept."""
        credentials = Credentials.of(self.account)
        changed = msgspec.structs.replace(
            credentials, access=Secret(value=access), refresh=Secret(value=refresh)
        )
        self.account = msgspec.structs.replace(self.account, credentials=changed.sealed())

    def close(self) -> None:
        """End the line."""
        self._http.close()


def text(words: str, **more: object) -> Outgoing:
    """A text of ours, under a key of its own."""
    return msgspec.structs.replace(Outgoing(key=str(uuid4()), text=words, language="de"), **more)


def to(uri: str) -> Answering:
    """As an answer to a post."""
    return Answering(uid=uri, local_id=uri)


def everything(pages: Pages) -> Page:
    """All that a lane gives, as one page."""
    found = list(pages)
    return Page(
        posts=tuple(one for page in found for one in page.posts),
        reactions=tuple(one for page in found for one in page.reactions),
        cursor=found[-1].cursor,
    )


def heard(read: Callable[[], Pages], words: str) -> Page:
    """What a lane gives, once a post with these words is in it."""

    def look() -> Page | None:
        found = everything(read())
        return found if any(words in one.html for one in found.posts) else None

    return wait_until(look, seconds=SHOWN_WITHIN_SECONDS, what=f"“{words}”", pause_seconds=0.3)


def only(page: Page, words: str) -> Said:
    """The one post with these words."""
    (found,) = [one for one in page.posts if words in one.html]
    return found

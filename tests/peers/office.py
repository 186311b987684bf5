"""An installation with a desk at it, for tests of one account in a running house."""

from collections import Counter
from typing import Any

from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.torture.desk import Desk


class Office:
    """An installation with a desk, connected to a server under one address."""

    def __init__(self, house: ResonanzProcess) -> None:
        """Sit down at a house that may be furnished or not. Changes nothing."""
        self.house, self.desk = house, Desk(house)
        self.channel = 0

    @classmethod
    def founded(cls, house: ResonanzProcess) -> "Office":
        """Make the data folder ready and found the workspace. No part runs yet."""
        house.furnish()
        office = cls(house)
        office.desk.ask("found", name="The lighthouse")
        return office

    def close(self) -> None:
        """End every part, and the desk."""
        self.house.stop()
        self.desk.kill()

    def connect(self, address: str, token: str, **more: str) -> None:
        """Connect the account, or connect it again. `more` names another network and a handle."""
        told = self.desk.ask("connect", server=address, token=token, **more)
        self.channel = told["channel"]

    def say(self, text: str) -> None:
        """Approve a text."""
        self.desk.ask("say", text=text, channels=[self.channel])

    def look(self) -> dict[str, Any]:
        """What is on its way, and the alarms."""
        return self.desk.ask("look")

    def texts(self) -> Counter[str]:
        """How many rows each text has."""
        return Counter(text for _, text, *_ in self.desk.ask("kept")["posts"])

    def has(self, words: str) -> bool:
        """Whether a post with these words is kept."""
        return any(words in text for text in self.texts())

    def wait_until_out(self, *, seconds: float = 90) -> None:
        """Wait until nothing is on its way."""
        wait_until(lambda: not self.look()["on_its_way"], seconds=seconds, what="an empty outbox")

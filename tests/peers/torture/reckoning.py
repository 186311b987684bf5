"""The reckoning: what stands on the servers, what stands in our rows, and whether both agree."""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.peers.servers.mastodon_api import Status
from tests.peers.servers.running import NotInTime, wait_until
from tests.peers.torture.rounds import Torture
from tests.peers.torture.town import HEARD, SAID, Town

ALL_HEARD_WITHIN_SECONDS = 120
# Longer than a killed worker's lease and the pause after it: a late second copy would come now.
STAYS_QUIET_SECONDS = 15


@dataclass
class Reckoning:
    """What was lost, what is there twice, and whose turn is wrong: a sentence each."""

    said: int = 0
    heard: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    wrong_turns: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is to be complained about."""
        return not (self.lost or self.duplicated or self.wrong_turns)


def reckon(torture: Torture) -> Reckoning:
    """Wait until it is quiet, then count. The others have been hushed before."""
    with suppress(NotInTime):
        torture.wait_until_all_is_out()
    with suppress(NotInTime):
        wait_until(
            lambda: not _not_heard(torture),
            seconds=ALL_HEARD_WITHIN_SECONDS,
            what="everything that was said to us",
            pause_seconds=2,
        )
    time.sleep(STAYS_QUIET_SECONDS)
    found = Reckoning()
    _reckon_what_we_said(torture, found)
    _reckon_what_we_heard(torture, found)
    _reckon_turns(torture, found)
    return found


def _not_heard(torture: Torture) -> set[str]:
    spoken = {word for town in torture.towns for word in _spoken_to_us(town)}
    return spoken - set(_words_in(torture.desk.ask_until_told("kept")["posts"]))


def _words_in(posts: list[list[Any]]) -> list[str]:
    return [word for _, text, *_ in posts for word in HEARD.findall(text)[:1]]


def _spoken_to_us(town: Town) -> list[str]:
    return [word for status in town.told_us() for word in HEARD.findall(status.content)[:1]]


def _reckon_what_we_said(torture: Torture, found: Reckoning) -> None:
    """Every approved text stands once at each of its channels, and no other text of ours does."""
    approved = torture.desk.ask_until_told("approved")["texts"]
    words = {SAID.findall(text)[0] for text, _, _ in approved}
    found.said = len(approved)
    found.lost += [f"{word} was approved and forgotten" for word in set(torture.promised) - words]
    for town in torture.towns:
        standing = town.standing()
        meant = [
            (SAID.findall(t)[0], state) for t, channel, state in approved if channel == town.channel
        ]
        for word, state in meant:
            count = standing[word]
            if count == 0:
                found.lost.append(f"{word} does not stand at {town.name} ({state})")
            elif count > 1:
                found.duplicated.append(f"{word} stands {count} times at {town.name}")
        strange = set(standing) - {word for word, _ in meant}
        found.duplicated += [f"{word} stands at {town.name}, unasked" for word in strange]


def _reckon_what_we_heard(torture: Torture, found: Reckoning) -> None:
    """Every post that was said to us is one row."""
    kept = torture.desk.ask_until_told("kept")
    rows = Counter(_words_in(kept["posts"]))
    for town in torture.towns:
        spoken = _spoken_to_us(town)
        found.heard += len(spoken)
        for word in spoken:
            if rows[word] == 0:
                found.lost.append(f"{word} of {town.name} was not heard")
            elif rows[word] > 1:
                found.duplicated.append(f"{word} of {town.name} is {rows[word]} rows")
    ours = Counter(word for _, text, *_ in kept["posts"] for word in set(SAID.findall(text)))
    approved = Counter(
        SAID.findall(text)[0] for text, _, _ in torture.desk.ask_until_told("approved")["texts"]
    )
    for word, count in ours.items():
        if count > approved[word]:
            found.duplicated.append(f"{word} of ours is {count} rows")


@dataclass(frozen=True)
class Thread:
    """A thread at one server, where we are `us`: its posts, oldest first."""

    town: str
    us: str
    posts: list[Status]

    @property
    def waits(self) -> bool:
        """Whether somebody's last word to us has no answer."""
        theirs = (post for post in self.posts if post.account.id != self.us)
        return any(not _is_answered(post, self.posts, self.us) for post in theirs)

    def __str__(self) -> str:
        said = (f"{post.account.username} {post.created_at}" for post in self.posts)
        return f"{self.town}: {' / '.join(said)}"


def _reckon_turns(torture: Torture, found: Reckoning) -> None:
    """It is our turn where a thread waits, and only there.

    What we said at several servers is one conversation, so their threads are looked at together.
    """
    kept = torture.desk.ask_until_told("kept")["posts"]
    turn_of = {uid: (talk, turn) for uid, _, turn, talk, _ in kept}
    talks: dict[tuple[int, str], list[Thread]] = {}
    for town in torture.towns:
        seen = {status.id: status for status in [*town.us.said_ever(), *town.told_us()]}
        for posts in _threads(seen).values():
            if posts[0].uri in turn_of:
                thread = Thread(town.name, town.us.me().id, posts)
                talks.setdefault(turn_of[posts[0].uri], []).append(thread)
    for (_, turn), threads in talks.items():
        expected = "ours" if any(thread.waits for thread in threads) else "theirs"
        if turn != expected:
            told = "; ".join(str(thread) for thread in threads)
            found.wrong_turns.append(f"{turn} instead of {expected} after {told}")


def _threads(statuses: dict[str, Status]) -> dict[str, list[Status]]:
    """Posts by the first post of their thread, oldest first."""
    threads: dict[str, list[Status]] = {}
    for status in sorted(statuses.values(), key=lambda status: status.created_at):
        root = status
        while root.in_reply_to_id in statuses:
            root = statuses[root.in_reply_to_id]
        threads.setdefault(root.id, []).append(status)
    return threads


def _is_answered(status: Status, thread: list[Status], us: str) -> bool:
    """As the product says: an answer to it, or a later word of ours to its author."""
    by_id = {other.id: other for other in thread}
    said_at = datetime.fromisoformat(status.created_at)
    for ours in (other for other in thread if other.account.id == us):
        answered = by_id.get(ours.in_reply_to_id or "")
        if ours.in_reply_to_id == status.id:
            return True
        is_later = datetime.fromisoformat(ours.created_at) > said_at
        if is_later and answered and answered.account.id == status.account.id:
            return True
        if is_later and any(m.acct.split("@")[0] == status.account.username for m in ours.mentions):
            return True
    return False

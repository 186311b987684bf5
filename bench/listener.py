"""Takes in twenty posts a second, as a listener does: `python -m bench.listener`.

RESONANZ_HOME names the town. It says "ready", begins when it reads "write", rests when it reads
"rest", and ends with the input. Each rest is told on a line of JSON: how many posts were taken
in, how many seconds one took at most, and how far behind its time the last one was.

Seven posts of ten are overheard; two begin a conversation with us, and one goes on with one.
"""

import json
import os
import random
import select
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from datetime import UTC, datetime

from bench.talks import post_uid
from bench.town import US, name_of, uid_of
from bench.words import Language
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.people.models import Person
from resonanz.switchboard.shapes import Mention, Page, Profile, Said

POSTS_A_SECOND = 20


class Listener:
    """Hears what the town says."""

    def __init__(self) -> None:
        """Get to know the town."""
        self.dice = random.Random(time.time_ns())
        self.language = Language(self.dice)
        self.channel = Channel.objects.select_related("workspace").get()
        self.people = Person.objects.count()
        ours = Post.objects.filter(is_ours=True, conversation__concerns_us=True)
        self.said_by_us = list(ours.order_by("-said_at").values_list("pk", flat=True)[:500])
        self.hear()

    def hear(self) -> None:
        """Take in one post."""
        kind = self.dice.random()
        is_to_us = kind < 0.3
        take_in(
            channel=self.channel,
            lane="notifications" if is_to_us else "home",
            page=Page(posts=(self.said(is_to_us=is_to_us, is_answer=kind < 0.1),)),
        )

    def said(self, *, is_to_us: bool, is_answer: bool) -> Said:
        """Something that somebody says now."""
        author = 2 + int((self.people - 1) * self.dice.random() ** 3)
        name = name_of(author)
        address = f"https://sea.example/live/{time.time_ns()}"
        us = Mention(uid=uid_of(1), handle=f"@{US}@sea.example")
        return Said(
            uid=address,
            local_id=address[-24:],
            url=address,
            author=Profile(uid=uid_of(author), handle=f"@{uid_of(author)}", name=name.title()),
            said_at=datetime.now(UTC),
            html=f"<p>{self.language.some(24)}</p>",
            language="de",
            mentions=(us,) if is_to_us else (),
            answers_uid=post_uid(self.dice.choice(self.said_by_us)) if is_answer else "",
        )

    def write_until_told(self) -> dict[str, float]:
        """Take in post after post at their times, until a line comes."""
        began, count, longest, late = time.monotonic(), 0, 0.0, 0.0
        while not self._is_told(began + count / POSTS_A_SECOND - time.monotonic()):
            started = time.monotonic()
            late = started - began - count / POSTS_A_SECOND
            self.hear()
            longest = max(longest, time.monotonic() - started)
            count += 1
        seconds = time.monotonic() - began
        return {"posts": count, "seconds": seconds, "longest": longest, "late": max(late, 0.0)}

    @staticmethod
    def _is_told(within: float) -> bool:
        """Whether there is a line to read, waiting for it no longer than until the next post."""
        return bool(select.select([sys.stdin], [], [], max(within, 0.0))[0])


def main() -> None:
    """Listen to what is said at the input."""
    listener = Listener()
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        if line.strip() == "write":
            print(json.dumps(listener.write_until_told()), flush=True)


if __name__ == "__main__":
    main()

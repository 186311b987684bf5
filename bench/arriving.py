"""Lets invented people speak to a filled town: `python -m bench.arriving SECONDS`.

RESONANZ_HOME names the folder. One post a second comes in as a listener brings it: half of them
to conversations that concern us, half overheard. Prints how many came. Members are made by
`python -m bench.arriving members COUNT`, who sign in as guest0@…, guest1@… with the town's word.
"""

import os
import sys
import time
from datetime import timedelta
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from django.utils import timezone

from bench.town import PASSWORD
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.switchboard.shapes import Mention, Page, Profile, Said
from resonanz.workspaces.models import Member, User, Voice, Workspace

LATELY = 40


def members(count: int) -> None:
    """Colleagues with a voice each."""
    workspace = Workspace.objects.earliest("pk")
    for number in range(count):
        user = User.objects.create_user(email=f"m{number}@lighthouse.example", password=PASSWORD)
        one = Member.objects.create(
            workspace=workspace, user=user, name=f"M{number}", language="en"
        )
        Voice.objects.create(workspace=workspace, member=one, name=one.name, signature="")


def arrive(seconds: int) -> int:
    """One post a second, whatever the one before it took."""
    channel = Channel.objects.earliest("pk")
    recent = list(
        Post.objects.filter(is_to_us=True)
        .order_by("-said_at")
        .values_list("uid", flat=True)[:LATELY]
    )
    began = time.monotonic()
    for number in range(seconds):
        time.sleep(max(began + number - time.monotonic(), 0))
        is_to_us = number % 2 == 0
        answered = recent[number % len(recent)] if is_to_us and number % 4 else ""
        page = Page(posts=(_said(channel, number, answered, is_to_us=is_to_us),))
        take_in(channel=channel, lane="notifications" if is_to_us else "home", page=page)
    return seconds


def _said(channel: Channel, number: int, answered: str, *, is_to_us: bool) -> Said:
    name = uuid4().hex
    who = f"https://sea.example/users/visitor{number % 20}"
    mention = Mention(uid=channel.uid, handle=channel.handle)
    return Said(
        uid=f"https://sea.example/posts/{name}",
        local_id=name,
        author=Profile(uid=who, local_id=who, handle=f"@visitor{number % 20}@sea.example"),
        said_at=timezone.now() - timedelta(seconds=2),
        html="<p>A lamp for every ship, and one more for the ferry.</p>",
        answers_uid=answered,
        mentions=(mention,) if is_to_us else (),
    )


if __name__ == "__main__":
    if sys.argv[1] == "members":
        members(int(sys.argv[2]))
    else:
        print(arrive(int(sys.argv[1])))

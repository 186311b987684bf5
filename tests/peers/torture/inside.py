"""The desk: a process beside the web that does what a person at it does. Run as a script.

It reads one question a line on standard input and writes one answer a line, both JSON. It runs
with the code that Resonanz runs with at that moment, so nothing of the tests is imported here.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.db.models import Count  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from resonanz.channels.actions import begin_connection  # noqa: E402
from resonanz.channels.models import Channel, Lane  # noqa: E402
from resonanz.channels.vault import vault  # noqa: E402
from resonanz.conversations.actions import answer_post  # noqa: E402
from resonanz.conversations.models import Lookup, Post  # noqa: E402
from resonanz.conversations.moderating import moderate_posts, undo_moderation  # noqa: E402
from resonanz.outbox.actions import approve_and_send, save_draft, start_draft  # noqa: E402
from resonanz.outbox.models import Delivery, OnItsWay, Publication  # noqa: E402
from resonanz.switchboard.contract import Way  # noqa: E402
from resonanz.switchboard.shapes import Standing  # noqa: E402
from resonanz.workspaces.actions import found_workspace  # noqa: E402
from resonanz.workspaces.models import Alarm, Member, Voice  # noqa: E402


def us() -> tuple[Member, Voice]:
    """The only member, and her voice."""
    return Member.objects.select_related("workspace").get(), Voice.objects.get()


def found(name: str) -> dict[str, Any]:
    """Found the workspace."""
    member = found_workspace(
        name=name,
        language="de",
        time_zone="Europe/Berlin",
        domains=["lighthouse.example"],
        member_name="Ada",
        email="ada@lighthouse.example",
        password="a word that nobody guesses",
        signature="",
        capacity="organisation",
    )
    return {"member": member.pk}


def connect(server: str, token: str, network: str = "mastodon", handle: str = "") -> dict[str, Any]:
    """Connect an account by its token or app password, or connect it again."""
    answers = {"server": server, "token": token, "password": token, "handle": handle}
    answers |= {"blog": server, "user": handle}
    channel = begin_connection(
        member=us()[0], network_slug=network, way=Way.TOKEN, answers=answers, callback_base=""
    )
    assert isinstance(channel, Channel)
    return {"channel": channel.pk, "abilities": channel.abilities}


def tokens(channel: int, instead: dict[str, str] | None = None) -> dict[str, Any]:
    """What a channel's credentials hold besides its password, or put others in its place."""
    row = Channel.objects.get(pk=channel)
    kept = json.loads(vault().open(bytes(row.credentials))) | (instead or {})
    if instead:
        row.credentials = vault().seal(json.dumps(kept))
        row.save(update_fields=["credentials"])
    return {name: value for name, value in kept.items() if name != "password"}


def say(text: str, channels: list[int]) -> dict[str, Any]:
    """Write a text of our own, and approve it."""
    member, voice = us()
    draft = start_draft(
        workspace=member.workspace,
        author=member,
        voice=voice,
        channels=Channel.objects.filter(pk__in=channels),
        text=text,
        language="en",
    )
    return {"publication": approve_and_send(draft=draft, member=member).pk}


def answer_one(channel: int, text: str, uid: str = "") -> dict[str, Any]:
    """Answer the post to us that waits longest at a channel, or the one with this uid.

    {"publication": None} where none waits.
    """
    member, voice = us()
    seen = Post.objects.filter(is_to_us=True, gone_at=None, sightings__channel=channel)
    seen = seen.filter(uid=uid) if uid else seen
    post = next(
        (
            post
            for post in seen.order_by("said_at")
            if not Publication.objects.filter(answering_uid=post.uid).exists()
        ),
        None,
    )
    if post is None:
        return {"publication": None}
    draft = answer_post(
        post=post, member=member, voice=voice, channel=Channel.objects.get(pk=channel)
    )
    draft = save_draft(draft=draft, text=text, voice=voice)
    return {"publication": approve_and_send(draft=draft, member=member).pk, "answered": post.uid}


def moderate(text: str, standing: str) -> dict[str, Any]:
    """Give the comments of these words another standing. `batch` takes it back."""
    posts = list(Post.objects.filter(text=text))
    done = moderate_posts(posts=posts, standing=Standing(standing), by=us()[0])
    return {"batch": str(done.batch), "count": done.count}


def undo(batch: str) -> dict[str, Any]:
    """Take it back."""
    return {"count": undo_moderation(batch=UUID(batch), by=us()[0]).count}


def look() -> dict[str, Any]:
    """What is still on its way, and what wants a human."""
    waiting = Delivery.objects.exclude(state=OnItsWay.State.SENT)
    return {
        "on_its_way": [
            {
                "id": row.pk,
                "channel": row.channel_id,
                "state": row.state,
                "trouble": f"{row.trouble_code} {row.trouble_reason}".strip(),
                "attempts": row.attempts,
                "text": row.publication.text,
            }
            for row in waiting.select_related("publication")
        ],
        "lookups": Lookup.objects.filter(done_at=None).count(),
        "alarms": list(Alarm.objects.filter(over_at=None).values_list("code", flat=True)),
        "nudges": DBTaskResult.objects.filter(status="READY").count(),
        "is_listening": Lane.objects.filter(kind="stream", last_ok_at__isnull=False).exists(),
        "alarms_ever": list(Alarm.objects.values_list("code", flat=True)),
        "lanes": [
            f"{lane.channel_id} {lane.kind} attempts {lane.attempts} due {lane.due_at:%T}"
            for lane in Lane.objects.all()
        ],
    }


def approved() -> dict[str, Any]:
    """Every text that was approved, with the channels that it has to stand at."""
    rows = Delivery.objects.select_related("publication").order_by("pk")
    return {"texts": [[row.publication.text, row.channel_id, row.state] for row in rows]}


def kept() -> dict[str, Any]:
    """Every post of others and of ours: its uid, how many rows, its text, its turn."""
    posts = Post.objects.select_related("conversation").filter(gone_at=None)
    twice = (
        Post.objects.values("network", "text", "identity__uid")
        .annotate(rows=Count("pk"))
        .filter(rows__gt=1)
    )
    return {
        "posts": [
            [post.uid, post.text, post.conversation.turn, post.conversation_id, post.is_to_us]
            for post in posts
        ],
        "twice": [row["text"] for row in twice],
        "stamps": stamps(),
    }


def stamps() -> list[int]:
    """The column that the upgrade adds, where it is there."""
    if "words_stamp" not in {field.name for field in Delivery._meta.get_fields()}:
        return []
    return list(Delivery.objects.order_by("pk").values_list("words_stamp", flat=True))


QUESTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    question.__name__: question
    for question in (
        *(found, connect, tokens, say, answer_one, moderate, undo),
        *(look, approved, kept),
    )
}


def main() -> None:
    """Answer until the input ends. An error ends the process, as a crash would."""
    for line in sys.stdin:
        asked = json.loads(line)
        answer = QUESTIONS[asked.pop("ask")](**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

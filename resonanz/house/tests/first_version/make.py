"""Made the fixture beside it, with the code of the first issue's version (commit 8f55710).

Run there, in a checkout of that commit, with this file copied into it:

    RESONANZ_HOME=/tmp/first python make.py /tmp/first-version

It founds a bakery, moves into the pretend town, answers, and leaves something of everything
behind. Nobody in it is real, and its keys open nothing else.
"""

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from resonanz.channels.actions import begin_connection, keep_account, note_trouble  # noqa: E402
from resonanz.channels.jobs import READ, read_lane  # noqa: E402
from resonanz.channels.models import Channel, ListedAddress, ListImport, PendingConnection  # noqa: E402
from resonanz.channels.vault import vault  # noqa: E402
from resonanz.conversations.actions import answer_post  # noqa: E402
from resonanz.conversations.models import Conversation, Post, Promise  # noqa: E402
from resonanz.house.routines import schedule_routines  # noqa: E402
from resonanz.outbox.actions import (  # noqa: E402
    approve_and_send,
    gesture,
    save_draft,
    start_draft,
)
from resonanz.outbox.jobs import deliver, make_gesture  # noqa: E402
from resonanz.outbox.models import Delivery  # noqa: E402
from resonanz.outbox.outcome import note_trouble_on_way  # noqa: E402
from resonanz.switchboard.contract import Way  # noqa: E402
from resonanz.switchboard.shapes import Account, Facts, Profile, ReactionKind, Secret  # noqa: E402
from resonanz.switchboard.trouble import Refused, SignInAgain, Unsure  # noqa: E402
from resonanz.workspaces.actions import found_workspace  # noqa: E402
from resonanz.workspaces.models import Member, User, Voice  # noqa: E402
from resonanz.workspaces.queries import voices_of  # noqa: E402

PASSWORD = "rye-and-caraway-17"
CREDENTIALS = '{"token":"a-token-that-opens-nothing"}'


def found() -> Member:
    """The bakery, its owner and her colleague."""
    owner = found_workspace(
        name="Daybreak Bakery",
        language="en",
        time_zone="Europe/Berlin",
        domains=["bakery.example"],
        member_name="Alice",
        email="alice@bakery.example",
        password=PASSWORD,
        signature="— Alice",
        capacity=Voice.Capacity.ORGANISATION,
    )
    user = User.objects.create_user(email="bob@bakery.example", password=PASSWORD)
    bob = Member.objects.create(workspace=owner.workspace, user=user, name="Bob", language="de")
    Voice.objects.create(workspace=owner.workspace, member=bob, name="Bob", signature="— Bob")
    return owner


def town(owner: Member) -> Channel:
    """The account in the pretend town, read once."""
    channel = begin_connection(
        member=owner,
        network_slug="pretend",
        way=Way.ADDRESS,
        answers={"name": "Daybreak Bakery", "domain": "bakery.example", "language": "en"},
        callback_base="",
    )
    assert isinstance(channel, Channel)
    for lane in channel.lanes.filter(kind__in=READ).order_by("pk"):
        read_lane.call(lane.pk)
    return channel


def mastodon(owner: Member) -> Channel:
    """An account whose permission has ended, and a connection that nobody finished."""
    profile = Profile(
        uid="https://social.example/users/bakery", handle="@bakery@social.example", local_id="1"
    )
    account = Account(
        address="https://social.example",
        profile=profile,
        credentials=Secret(value=CREDENTIALS),
        facts=Facts(text_limit=500),
    )
    channel = keep_account(member=owner, network_slug="mastodon", account=account)
    note_trouble(channel=channel, trouble=SignInAgain("x"), at=timezone.now(), attempts=1)
    PendingConnection.objects.create(
        workspace=owner.workspace,
        member=owner,
        network="mastodon",
        token="t" * 43,
        memo=vault().seal("a memo"),
    )
    return channel


def speak(owner: Member, channel: Channel) -> list[Delivery]:
    """A sent answer, a refused one, an unsure one, one that waits, and drafts."""
    voice = voices_of(owner)[0]
    deliveries = []
    waiting = Conversation.objects.inbox().filter(turn=Conversation.Turn.OURS)
    posts = [
        talk.posts.filter(is_to_us=True).latest("said_at")
        for talk in waiting.order_by("waiting_since")[:5]
    ]
    for number, post in enumerate(posts):
        draft = answer_post(post=post, member=owner, voice=voice, channel=channel)
        draft = save_draft(draft=draft, text=f"Thank you, we look into it ({number}).", voice=voice)
        if number < 4:
            deliveries.append(approve_and_send(draft=draft, member=owner).deliveries.get())
    deliver.call(deliveries[0].pk)
    note_trouble_on_way(row=deliveries[1], trouble=Refused("Validation failed"))
    note_trouble_on_way(row=deliveries[2], trouble=Unsure("ReadTimeout"))
    start_draft(
        workspace=owner.workspace,
        author=owner,
        voice=voice,
        channels=[channel],
        text="Rye bread on Fridays.",
    )
    nod = gesture(
        channel=channel,
        voice=voice,
        kind=ReactionKind.FAVOURITE,
        target_uid=posts[0].uid,
        target_local_id=posts[0].sightings.earliest("pk").local_id,
    )
    make_gesture.call(nod.pk)
    return deliveries


def remember(owner: Member, channel: Channel) -> None:
    """A promise, a note about somebody, and a list that was brought."""
    talk = Conversation.objects.earliest("pk")
    post = Post.objects.filter(is_to_us=True).earliest("pk")
    Promise.objects.create(
        workspace=owner.workspace,
        conversation=talk,
        voice=voices_of(owner)[0],
        what="A cake.",
        due_on="2030-01-01",
    )
    person = post.identity.person
    person.note = "Likes poppy seed."
    person.save()
    brought = ListImport.objects.create(
        workspace=owner.workspace, member=owner, network="feeds", file_name="list.opml"
    )
    ListedAddress.objects.create(
        list_import=brought, address="https://blog.example/feed", channel=channel, state="known"
    )


def dump(path: str, out: Path) -> None:
    """A database as SQL, which reads well in a diff."""
    with sqlite3.connect(path) as rows:
        out.write_text("\n".join(rows.iterdump()) + "\n")


def main(out: Path) -> None:
    """Everything, and then the files."""
    out.mkdir(parents=True)
    call_command("migrate", interactive=False, verbosity=0)
    schedule_routines()
    owner = found()
    channel = town(owner)
    mastodon(owner)
    speak(owner, channel)
    remember(owner, channel)
    home = Path(settings.RESONANZ_HOME)
    database: Any = settings.DATABASES["default"]["NAME"]
    dump(database, out / "rows.sql")
    for ledger in (home / "pretend").iterdir():
        if ledger.suffix not in (".sqlite3-wal", ".sqlite3-shm"):
            dump(str(ledger), out / f"{ledger.name}.sql")
    for key in (home / "keys").iterdir():
        (out / key.name).write_bytes(key.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

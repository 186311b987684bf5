"""Fills an empty data folder with an invented town: `python -m bench.town POSTS`.

RESONANZ_HOME names the folder, RESONANZ_DATABASE_URL a PostgreSQL. There is one person for ten
posts. Seven posts of ten are overheard in the neighbourhood; the others stand in conversations
that concern us, most of them short, some long. Five members work in them. The rows are what the
rooms would have written; only the way is shorter (`bench.rows`).
"""

import os
import random
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from bench.rows import Table, in_a_hurry, settle
from bench.talks import Talks
from bench.teamwork import Team
from bench.words import Language
from resonanz.channels.models import Channel, Lane
from resonanz.channels.vault import vault
from resonanz.people.models import Identity, NameWord, Person
from resonanz.people.names import words_of
from resonanz.switchboard.contract import Can
from resonanz.workspaces.actions import found_workspace
from resonanz.workspaces.models import Member, User

EMAIL, PASSWORD = "ada@lighthouse.example", "a lamp for every ship"
NETWORK = "mastodon"
US = "ours"
OWNER = "Ada"
COLLEAGUES = ("Bruno", "Clara", "Dario", "Edda")


def fill(posts: int) -> None:
    """Make the town with about `posts` posts."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    dice = random.Random(posts)
    in_a_hurry()
    owner = found()
    channel = connect(owner)
    with transaction.atomic():
        people = bring_people(owner, channel, max(posts // 10, 5), dice)
    language = Language(dice)
    talks = Talks(owner, channel, people, language, dice)
    while talks.number < posts:
        with transaction.atomic():
            talks.make(min(10_000, posts - talks.number))
    with transaction.atomic():
        talks.make_contacts()
        Team(owner, channel, talks, dice).work()
    settle(apps.get_models())


def found() -> Member:
    """The workspace, its owner, and four who work with her: one of them is a guest."""
    owner = found_workspace(
        name="Lighthouse",
        language="en",
        time_zone="Europe/Berlin",
        domains=["lighthouse.example"],
        member_name=OWNER,
        email=EMAIL,
        password=PASSWORD,
        signature="— Ada",
        capacity="organisation",
    )
    for name in COLLEAGUES:
        Member.objects.create(
            workspace=owner.workspace,
            user=User.objects.create(email=f"{name.lower()}@lighthouse.example"),
            name=name,
            role=Member.Role.GUEST if name == COLLEAGUES[-1] else Member.Role.COLLEAGUE,
        )
    return owner


def connect(owner: Member) -> Channel:
    """Connect an account that is never spoken to."""
    channel = Channel.objects.create(
        workspace=owner.workspace,
        network=NETWORK,
        uid="ours@sea.example",
        handle="@ours@sea.example",
        name="Lighthouse",
        address="https://sea.example",
        profile={"uid": "ours@sea.example", "handle": "@ours@sea.example"},
        facts={"text_limit": 500, "link_cost": 23},
        abilities=sorted(ability.value for ability in Can),
        credentials=vault().seal('{"token": "invented"}'),
        state=Channel.State.OK,
    )
    far = timezone.now() + timedelta(days=30)
    for kind in (Can.NOTIFICATIONS, Can.HOME, Can.REPLIES):
        Lane.objects.create(channel=channel, kind=kind.value, due_at=far, nudged_at=far)
    return channel


def uid_of(number: int) -> str:
    """What the network calls a person's account; number 1 is our own."""
    return f"{name_of(number)}@sea.example"


def name_of(number: int) -> str:
    """A person's name. Persons and their accounts are numbered alike, from 2 on."""
    return f"guest{number}" if number > 1 else US


def bring_people(owner: Member, channel: Channel, count: int, dice: random.Random) -> range:
    """Persons with one account each; one of five hundred is muted. Gives their numbers."""
    workspace, now = owner.workspace_id, timezone.now()
    numbers = range(1, count + 2)
    names = {number: name_of(number).title() for number in numbers}
    Table(Person, "id", "workspace_id", "name").write(
        (number, workspace, name) for number, name in names.items()
    )
    Table(NameWord, "id", "workspace_id", "person_id", "word").write(
        (number, workspace, number, word)
        for number, name in names.items()
        for word in words_of(name)
    )
    columns = ("id", "workspace_id", "person_id", "network", "uid", "handle", "name", "is_ours")
    more = ("met_how", "met_through_id", "avatar_url", "muted_at")
    Table(Identity, *columns, *more).write(
        (
            *(number, workspace, number, NETWORK, uid_of(number), f"@{uid_of(number)}"),
            *(name, number == 1),
            Identity.Met.OURSELVES if number == 1 else Identity.Met.NEIGHBOUR,
            channel.pk,
            f"https://sea.example/faces/{number}.png" if number % 2 else "",
            now if number > 1 and dice.random() < 0.002 else None,
        )
        for number, name in names.items()
    )
    return numbers[1:]


if __name__ == "__main__":
    fill(int(sys.argv[1]))

"""Fills an empty data folder with an invented town: `python -m bench.town POSTS`.

RESONANZ_HOME names the folder. There is one person for ten posts. Seven posts of ten are
overheard in the neighbourhood; the others stand in conversations that concern us, most of them
short, some long. The rows are what the rooms would have written; only the way is shorter.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel, Lane
from resonanz.channels.vault import vault
from resonanz.conversations.models import Conversation, Post, Sighting
from resonanz.people.models import Identity, NameWord, Person
from resonanz.people.names import words_of
from resonanz.relationships.models import Act, Contact
from resonanz.switchboard.contract import Can
from resonanz.workspaces.actions import found_workspace
from resonanz.workspaces.models import Member

EMAIL, PASSWORD = "ada@lighthouse.example", "a lamp for every ship"
NETWORK = "mastodon"
DAYS = 365
BATCH = 2000
WORDS = [
    "harbour",
    "light",
    "morning",
    "bread",
    "tide",
    "letter",
    "garden",
    "engine",
    "river",
    "market",
    "window",
    "lamp",
    "station",
    "chorus",
    "winter",
    "ferry",
    "paper",
    "kettle",
    "bridge",
    "school",
    "apple",
    "thunder",
    "bicycle",
    "meadow",
    "library",
]


def fill(posts: int) -> None:
    """Make the town with about `posts` posts."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    dice = random.Random(posts)
    owner = found_workspace(
        name="Lighthouse",
        language="en",
        time_zone="Europe/Berlin",
        domains=["lighthouse.example"],
        member_name="Ada",
        email=EMAIL,
        password=PASSWORD,
        signature="— Ada",
        capacity="organisation",
    )
    channel = make_channel(owner)
    with transaction.atomic():
        us = make_people(owner, channel, ["ours"], is_ours=True)[0]
        everybody = make_people(owner, channel, [f"guest{n}" for n in range(max(posts // 10, 5))])
    Maker(owner, channel, us, everybody, dice).make(posts)


def make_channel(owner: Member) -> Channel:
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


def make_people(
    owner: Member, channel: Channel, names: list[str], *, is_ours: bool = False
) -> list[Identity]:
    """Persons with one account each."""
    people = Person.objects.bulk_create(
        [Person(workspace=owner.workspace, name=name.title()) for name in names],
        batch_size=BATCH,
    )
    NameWord.objects.bulk_create(
        [
            NameWord(workspace=owner.workspace, person=person, word=word)
            for person in people
            for word in words_of(person.name)
        ],
        batch_size=BATCH,
    )
    how = Identity.Met.OURSELVES if is_ours else Identity.Met.NEIGHBOUR
    return Identity.objects.bulk_create(
        [
            Identity(
                workspace=owner.workspace,
                person=person,
                network=NETWORK,
                uid=f"{name}@sea.example",
                handle=f"@{name}@sea.example",
                name=person.name,
                is_ours=is_ours,
                met_how=how,
                met_through=channel,
            )
            for name, person in zip(names, people, strict=True)
        ],
        batch_size=BATCH,
    )


class Maker:
    """Makes conversations, posts, sightings, acts and contacts in batches."""

    def __init__(
        self,
        owner: Member,
        channel: Channel,
        us: Identity,
        everybody: list[Identity],
        dice: random.Random,
    ) -> None:
        """Take what the rows refer to."""
        self.workspace, self.channel, self.us = owner.workspace, channel, us
        self.voice = owner.voices.get()
        self.everybody, self.dice = everybody, dice
        self.now = timezone.now()
        self.number = 0

    def make(self, posts: int) -> None:
        """Make about `posts` posts, then the contacts."""
        while self.number < posts:
            with transaction.atomic():
                self.make_batch(min(BATCH, posts - self.number))
        with transaction.atomic():
            self.make_contacts()

    def make_batch(self, posts: int) -> None:
        """One batch of conversations with all that belongs to them."""
        plans = list(self.plan(posts))
        conversations = Conversation.objects.bulk_create([self.conversation(p) for p in plans])
        rows = [
            self.post(conversation, plan, place)
            for conversation, plan in zip(conversations, plans, strict=True)
            for place in range(len(plan["authors"]))
        ]
        rows = Post.objects.bulk_create(rows)
        Sighting.objects.bulk_create(
            [
                Sighting(post=row, channel=self.channel, local_id=f"l{row.pk}", lane="home")
                for row in rows
            ]
        )
        Act.objects.bulk_create([act for row in rows for act in self.acts(row)])

    def plan(self, posts: int) -> Iterator[dict[str, Any]]:
        """Conversations until `posts` posts are planned: who speaks, when, and to whom."""
        while posts > 0:
            concerns_us = self.dice.random() < 0.1
            wished = self.dice.choices((1, 3, 8, 60), (50, 35, 13, 2))[0] if concerns_us else 1
            length = min(wished, posts)
            posts -= length
            authors = [self.somebody() for _ in range(length)]
            if concerns_us:
                authors = [self.us if n % 2 else author for n, author in enumerate(authors)]
            age = timedelta(days=self.dice.random() ** 2 * DAYS)
            yield {"concerns_us": concerns_us, "authors": authors, "start": self.now - age}

    def somebody(self) -> Identity:
        """Somebody; a few speak much more than the others."""
        return self.everybody[int(len(self.everybody) * self.dice.random() ** 3)]

    def conversation(self, plan: dict[str, Any]) -> Conversation:
        """The row of a conversation."""
        length = len(plan["authors"])
        turn = Conversation.Turn.DONE
        if plan["concerns_us"]:
            turn = Conversation.Turn.OURS if length % 2 else Conversation.Turn.THEIRS
            if self.dice.random() < 0.7:
                turn = Conversation.Turn.DONE
        is_waiting = turn == Conversation.Turn.OURS
        return Conversation(
            workspace=self.workspace,
            network=NETWORK,
            concerns_us=plan["concerns_us"],
            turn=turn,
            waiting_since=plan["start"] if is_waiting else None,
            opening=self.words(8),
            with_whom=plan["authors"][0].name,
            with_uid=plan["authors"][0].uid,
            post_count=length,
            first_post_at=plan["start"],
            last_post_at=plan["start"] + timedelta(minutes=length - 1),
        )

    def post(self, conversation: Conversation, plan: dict[str, Any], place: int) -> Post:
        """The row of a post."""
        self.number += 1
        author = plan["authors"][place]
        text = self.words(24)
        is_ours = author is self.us
        is_to_us = plan["concerns_us"] and not is_ours
        reason = Post.Reason.OURS if is_ours else Post.Reason.TO_US
        return Post(
            workspace=self.workspace,
            conversation=conversation,
            identity=author,
            network=NETWORK,
            uid=f"https://sea.example/posts/{self.number}",
            url=f"https://sea.example/posts/{self.number}",
            html=f"<p>{text}</p>",
            text=text,
            language="en",
            is_ours=is_ours,
            is_to_us=is_to_us,
            voice=self.voice if is_ours else None,
            reason=reason if plan["concerns_us"] else Post.Reason.NEIGHBOURHOOD,
            said_at=plan["start"] + timedelta(minutes=place),
        )

    def acts(self, post: Post) -> Iterator[Act]:
        """The acts of a post."""
        if not post.is_to_us:
            return
        linked = self.dice.random() < 0.05
        yield Act(
            workspace=self.workspace,
            identity=post.identity,
            kind=Act.Kind.LINK if linked else Act.Kind.MENTION,
            direction=Act.Direction.RECEIVED,
            at=post.said_at,
            uid=f"mention {post.uid}",
            post=post,
            channel=self.channel,
        )

    def make_contacts(self) -> None:
        """One contact per identity that has acts; every linking one is owed something."""
        latest: dict[int, Act] = {}
        owed: dict[int, Act] = {}
        for act in Act.objects.select_related("identity").order_by("at").iterator():
            latest[act.identity_id] = act
            if act.kind == Act.Kind.LINK:
                owed.setdefault(act.identity_id, act)
        Contact.objects.bulk_create(
            [
                Contact(
                    identity_id=pk,
                    workspace=self.workspace,
                    first_at=act.at,
                    last_received_at=act.at,
                    received_count=1,
                    owed_act=owed.get(pk),
                    owed_since=owed[pk].at if pk in owed else None,
                )
                for pk, act in latest.items()
            ],
            batch_size=BATCH,
        )
        in_touch = Person.objects.in_bulk([act.identity.person_id for act in latest.values()])
        for act in latest.values():
            in_touch[act.identity.person_id].last_contact_at = act.at
        Person.objects.bulk_update(in_touch.values(), ["last_contact_at"], batch_size=500)

    def words(self, count: int) -> str:
        """A few words that mean nothing."""
        return " ".join(self.dice.choices(WORDS, k=count)).capitalize() + "."


if __name__ == "__main__":
    fill(int(sys.argv[1]))

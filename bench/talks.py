"""Conversations, posts and what follows from them, for the invented town."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bench.rows import Table
from bench.words import Language
from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post, PostVersion, SearchEntry, Sighting
from resonanz.conversations.models.searching import SLOTS, first_key_at, span_of
from resonanz.conversations.search.entries import author_token, network_token
from resonanz.people.models import Person
from resonanz.relationships.models import Act, Contact
from resonanz.understanding.search_words import index_words
from resonanz.workspaces.models import Member

DAYS = 365
OURS = 1
CARD = {
    "url": "https://paper.example/tide",
    "title": "What the tide brought",
    "description": "A page about the harbour in the morning.",
    "provider": "The paper",
}
POLL: dict[str, Any] = {
    "choices": [{"text": "Bread", "votes": 12}, {"text": "Apples", "votes": 7}],
    "votes": 19,
}
PICTURE = "A boat between two bridges"
# What is found by what a post shows; its own words come before.
TOKENS_SHOWN = {
    "pictures": index_words([PICTURE], language="en"),
    "poll": index_words([choice["text"] for choice in POLL["choices"]], language="en"),
    "card": index_words([CARD["title"], CARD["description"], CARD["url"]], language="en"),
}
CONVERSATION = (
    *("id", "workspace_id", "network", "language", "concerns_us", "turn", "waiting_since"),
    *("assignee_id", "is_snoozed", "wakes_at", "is_direct", "opening", "with_whom", "with_uid"),
    *("post_count", "first_post_at", "last_post_at", "routed_at", "changed_at"),
)
POST = (
    *("id", "workspace_id", "conversation_id", "identity_id", "network", "uid", "url"),
    *("html", "text", "language", "audience", "pictures", "poll", "card", "answers_id"),
    *("answers_uid", "quotes_id", "quotes_uid", "is_ours", "is_to_us", "voice_id", "reason"),
    *("said_at", "edited_at"),
)
ACT = ("id", "workspace_id", "identity_id", "kind", "direction", "at", "uid", "post_id")


@dataclass
class Talk:
    """One conversation: its number, who speaks in turn, and what the team made of it."""

    number: int
    concerns_us: bool
    authors: list[int]
    start: datetime
    turn: str
    assignee: int | None = None
    is_snoozed: bool = False
    is_direct: bool = False
    posts: range = range(0)


class Talks:
    """Makes conversations, posts, sightings, search entries, acts and contacts in batches."""

    def __init__(
        self,
        owner: Member,
        channel: Channel,
        people: range,
        language: Language,
        dice: random.Random,
    ) -> None:
        """Take what the rows refer to."""
        self.workspace, self.channel, self.people = owner.workspace_id, channel, people
        self.voice = owner.voices.get().pk
        self.members = list(owner.workspace.members.order_by("pk").values_list("pk", flat=True))
        self.language, self.dice = language, dice
        self.now = timezone.now()
        self.number = self.talk_number = self.act_number = self.version_number = 0
        self.keys: set[int] = set()
        self.with_us: list[Talk] = []
        self.contacts: dict[int, dict[str, Any]] = {}

    def make(self, posts: int) -> None:
        """One batch of conversations with all that belongs to them."""
        talks = list(self._plan(posts))
        Table(Conversation, *CONVERSATION).write(self._conversation(talk) for talk in talks)
        rows = [row for talk in talks for row in self._posts(talk)]
        Table(Post, *POST).write(row for row, _tokens in rows)
        Table(Sighting, "post_id", "channel_id", "local_id", "lane").write(
            (row[0], self.channel.pk, f"l{row[0]}", "home") for row, _tokens in rows
        )
        Table(SearchEntry, "key", "post_id", "words").write(
            (self.key(row[0], row[-2]), row[0], self._stored(row, tokens)) for row, tokens in rows
        )
        Table(PostVersion, "post_id", "html", "text", "replaced_at").write(
            (row[0], "<p>As it was before.</p>", "As it was before.", row[-1])
            for row, _tokens in rows
            if row[-1] is not None
        )
        Table(Act, *ACT).write(act for row, _tokens in rows for act in self._acts(row))
        self.with_us += [talk for talk in talks if talk.concerns_us]

    def _plan(self, posts: int) -> Iterator[Talk]:
        """Conversations until `posts` posts are planned: who speaks, when, and to whom."""
        while posts > 0:
            concerns_us = self.dice.random() < 0.1
            wished = self.dice.choices((1, 3, 8, 60), (50, 35, 13, 2))[0] if concerns_us else 1
            length = min(wished, posts)
            posts -= length
            authors = [self.somebody() for _ in range(length)]
            if concerns_us:
                authors = [OURS if n % 2 else author for n, author in enumerate(authors)]
            # A post a minute, and the last of them lies behind us.
            age = timedelta(days=self.dice.random() ** 2 * DAYS, minutes=length)
            self.talk_number += 1
            talk = Talk(self.talk_number, concerns_us, authors, self.now - age, "done")
            talk.posts = range(self.number + 1, self.number + 1 + length)
            self.number += length
            if concerns_us:
                self._arrange(talk)
            yield talk

    def _arrange(self, talk: Talk) -> None:
        """Whose turn it is, who has it, and whether it is put aside."""
        if self.dice.random() < 0.3:
            odd = len(talk.authors) % 2
            talk.turn = Conversation.Turn.OURS if odd else Conversation.Turn.THEIRS
            talk.is_snoozed = self.dice.random() < 0.03
        if self.dice.random() < 0.4:
            talk.assignee = self.dice.choice(self.members)
        talk.is_direct = self.dice.random() < 0.02

    def somebody(self) -> int:
        """Somebody; a few speak much more than the others."""
        return self.people[int(len(self.people) * self.dice.random() ** 3)]

    def _conversation(self, talk: Talk) -> tuple[Any, ...]:
        last = talk.start + timedelta(minutes=len(talk.authors) - 1)
        is_waiting = talk.turn == Conversation.Turn.OURS
        who = talk.authors[0]
        return (
            *(talk.number, self.workspace, self.channel.network, self.tongue(talk.number)),
            *(talk.concerns_us, talk.turn, talk.start if is_waiting else None),
            *(talk.assignee, talk.is_snoozed),
            self.now + timedelta(days=3) if talk.is_snoozed else None,
            *(talk.is_direct, self.language.some(8), f"Guest{who}", f"guest{who}@sea.example"),
            *(len(talk.authors), talk.start, last, talk.start, last),
        )

    @staticmethod
    def tongue(number: int) -> str:
        """The language of a conversation; one of five hundred is Finnish."""
        if number % 500 == 7:
            return "fi"
        return "de" if number % 3 else "en"

    def _posts(self, talk: Talk) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """The rows of a conversation's posts, with the tokens by which they are found."""
        for place, (number, author) in enumerate(zip(talk.posts, talk.authors, strict=True)):
            text, tokens = self.language.text(self.tongue(talk.number))
            is_ours = author == OURS
            parent = number - 1 if place else None
            quoted = number - 2 if place > 1 and number % 25 == 0 else None
            reason = Post.Reason.OURS if is_ours else Post.Reason.TO_US
            at = talk.start + timedelta(minutes=place)
            pictures, poll, card = _pictures(number), _poll(number), _card(number)
            row = (
                *(number, self.workspace, talk.number, author, self.channel.network),
                *(post_uid(number), post_uid(number), f"<p>{text}</p>", text),
                self.tongue(talk.number),
                "direct" if talk.is_direct else "public",
                *(pictures, poll, card),
                *(parent, post_uid(parent) if parent else ""),
                *(quoted, post_uid(quoted) if quoted else ""),
                *(is_ours, talk.concerns_us and not is_ours, self.voice if is_ours else None),
                reason if talk.concerns_us else Post.Reason.NEIGHBOURHOOD,
                at,
                at + timedelta(minutes=9) if number % 100 == 3 else None,
            )
            shown = [
                TOKENS_SHOWN[name]
                for name, it in (("pictures", pictures), ("poll", poll), ("card", card))
                if it
            ]
            yield row, [*tokens, *(token for some in shown for token in some)]

    def key(self, number: int, at: datetime, *, of_notes: bool = False) -> int:
        """A key of the search that no other entry has."""
        span = span_of(self.workspace, of_notes=of_notes)
        key = first_key_at(span, at) + number % SLOTS
        while key in self.keys:
            key += 1
        self.keys.add(key)
        return key

    def _stored(self, row: tuple[Any, ...], tokens: list[str]) -> str:
        whole = [*tokens, network_token(self.channel.network), author_token(row[3])]
        return f" {' '.join(whole)} "

    def _acts(self, row: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        """What a post does between its author and us; sums it up for the contacts."""
        named = dict(zip(POST, row, strict=True))
        if not named["is_to_us"]:
            return
        self.act_number += 1
        linked = self.dice.random() < 0.05
        kind, at, author = Act.Kind.LINK if linked else Act.Kind.MENTION, row[-2], row[3]
        contact = self.contacts.setdefault(
            author, {"first": at, "last": at, "count": 0, "owed": None}
        )
        contact["first"], contact["last"] = min(contact["first"], at), max(contact["last"], at)
        contact["count"] += 1
        if linked and (contact["owed"] is None or at < contact["owed"][1]):
            contact["owed"] = (self.act_number, at)
        uid = f"{kind} {named['uid']}"
        received = Act.Direction.RECEIVED
        yield (self.act_number, self.workspace, author, kind, received, at, uid, row[0])

    def make_contacts(self) -> None:
        """One contact per account that has acts; every linking one is owed something."""
        given = ("identity_id", "workspace_id", "first_at", "last_received_at", "received_count")
        Table(Contact, *given, "owed_act_id", "owed_since").write(
            (author, self.workspace, known["first"], known["last"], known["count"], *owed)
            for author, known in self.contacts.items()
            for owed in [known["owed"] or (None, None)]
        )
        met = [
            Person(pk=author, last_contact_at=known["last"])
            for author, known in self.contacts.items()
        ]
        Person.objects.bulk_update(met, ["last_contact_at"], batch_size=400)


def _pictures(number: int) -> list[dict[str, Any]]:
    url = f"https://sea.example/pictures/{number}.jpg"
    shown = {"url": url, "description": PICTURE, "width": 800, "height": 600}
    return [shown] if number % 10 == 0 else []


def _poll(number: int) -> dict[str, Any]:
    return POLL if number % 100 == 1 else {}


def _card(number: int) -> dict[str, Any]:
    return CARD if number % 12 == 5 else {}


def post_uid(number: int) -> str:
    """What the network calls a post, and where it stands."""
    return f"https://sea.example/posts/{number}"

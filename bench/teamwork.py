"""What five people have done in the invented town: notes, moves, matters, answers, the trail."""

import random
from datetime import timedelta
from itertools import cycle
from uuid import UUID

from bench.rows import Table
from bench.talks import OURS, Talk, Talks, post_uid
from resonanz.channels.models import Channel
from resonanz.conversations.listing import Chosen
from resonanz.conversations.models import (
    Matter,
    MatterLink,
    Move,
    Note,
    NoteMention,
    Promise,
    Rule,
    SavedView,
    SearchEntry,
)
from resonanz.outbox.models import Delivery, Draft, Publication
from resonanz.understanding.search_words import index_words
from resonanz.workspaces.models import Fact, Member, TrailEntry

MATTERS, PROMISES, OPEN_DRAFTS, REFUSED = 400, 200, 20, 40
# One of so many talks with us has a note, and one a move; so many posts one line in the trail.
NOTED, MOVED, TRAILED = 12, 3, 20


class Team:
    """Works in the talks that concern us, in proportion to how many there are."""

    def __init__(self, owner: Member, channel: Channel, talks: Talks, dice: random.Random) -> None:
        """Take what the rows refer to."""
        self.owner, self.channel, self.talks, self.dice = owner, channel, talks, dice
        self.workspace, self.members = owner.workspace_id, talks.members

    def work(self) -> None:
        """Everything."""
        self._notes()
        self._moves()
        self._matters_and_promises()
        self._answers()
        self._arrangements()
        Table(TrailEntry, "workspace_id", "member_id", "verb", "subject", "at").write(
            (self.workspace, member, "workspace founded", "", self.talks.now - timedelta(minutes=n))
            for n, member in zip(
                range(self.talks.number // TRAILED), cycle(self.members), strict=False
            )
        )

    def _every(self, nth: int) -> list[Talk]:
        return self.talks.with_us[::nth]

    def _notes(self) -> None:
        text = "Ask at the bakery before we answer."
        words = f" {' '.join(index_words([text]))} "
        noted = list(enumerate(self._every(NOTED), start=1))
        Table(Note, "id", "conversation_id", "author_id", "text", "at").write(
            (n, talk.number, self.dice.choice(self.members), text, talk.start) for n, talk in noted
        )
        Table(SearchEntry, "key", "note_id", "words").write(
            (self.talks.key(n, talk.start, of_notes=True), n, words) for n, talk in noted
        )
        Table(NoteMention, "note_id", "member_id", "seen_at").write(
            (n, self.dice.choice(self.members), None if n % 40 == 0 else talk.start)
            for n, talk in noted
            if n % 4 == 0
        )

    def _moves(self) -> None:
        given = ("batch", "workspace_id", "conversation_id", "member_id", "verb", "at")
        verbs = (Move.Verb.ASSIGN, Move.Verb.DONE, Move.Verb.SNOOZE)
        Table(Move, *given).write(
            (
                UUID(int=talk.number),
                self.workspace,
                talk.number,
                self.dice.choice(self.members),
                self.dice.choice(verbs),
                talk.start,
            )
            for talk in self._every(MOVED)
        )

    def _matters_and_promises(self) -> None:
        now, talks = self.talks.now, self.talks.with_us
        given = ("id", "workspace_id", "title", "colleague_id", "created_by_id", "settled_at")
        Table(Matter, *given).write(
            (
                *(n, self.workspace, f"Matter {n}", self.dice.choice(self.members), self.owner.pk),
                now - timedelta(days=n) if n % 2 else None,
            )
            for n in range(1, MATTERS + 1)
        )
        links = {
            (n, talk.number): n
            for n in range(1, MATTERS + 1)
            for talk in self.dice.sample(talks, k=min(5, len(talks)))
        }
        Table(MatterLink, "matter_id", "conversation_id", "linked_by_id", "told_at").write(
            (matter, talk, self.owner.pk, now if matter % 4 == 1 else None)
            for matter, talk in links
        )
        Table(Promise, "workspace_id", "conversation_id", "voice_id", "what", "due_on").write(
            (
                *(self.workspace, self.dice.choice(talks).number, self.talks.voice),
                *("A cake.", now.date() + timedelta(days=n - PROMISES // 2)),
            )
            for n in range(PROMISES)
        )

    def _answers(self) -> None:
        """What we said went out through here; the last of it is refused or being written."""
        ours = [
            (post, post - 1, talk)
            for talk in self.talks.with_us
            for post, author in zip(talk.posts, talk.authors, strict=True)
            if author == OURS and post % 4 == 0
        ]
        texts = ("text", "language", "answering_uid")
        open_from = len(ours) - OPEN_DRAFTS
        Table(
            Draft, "id", "workspace_id", "author_id", "voice_id", "state", "updated_at", *texts
        ).write(
            (
                *(n, self.workspace, self.dice.choice(self.members), self.talks.voice),
                *(Draft.State.OPEN if n > open_from else Draft.State.SENT, talk.start),
                *("We are there from six.", "en", post_uid(parent)),
            )
            for n, (_post, parent, talk) in enumerate(ours, start=1)
        )
        sent = ours[: max(open_from, 0)]
        given = ("id", "draft_id", "workspace_id", "voice_id", "approved_by_id", "approved_at")
        Table(Publication, *given, "audience", *texts).write(
            (
                *(n, n, self.workspace, self.talks.voice, self.owner.pk, talk.start, "public"),
                *("We are there from six.", "en", post_uid(parent)),
            )
            for n, (_post, parent, talk) in enumerate(sent, start=1)
        )
        refused_from = len(sent) - REFUSED
        columns = ("publication_id", "channel_id", "key", "uid", "state", "created_at", "sent_at")
        Table(Delivery, *columns).write(
            (
                *(n, self.channel.pk, UUID(int=n), post_uid(post)),
                Delivery.State.REFUSED if n > refused_from else Delivery.State.SENT,
                *(talk.start, talk.start),
            )
            for n, (post, _parent, talk) in enumerate(sent, start=1)
        )

    def _arrangements(self) -> None:
        """Rules, views and facts, as many as a team has."""
        for n in range(8):
            Rule.objects.create(
                workspace=self.owner.workspace,
                position=n,
                name=f"Rule {n}",
                words="harbour\nbread",
                assignee_id=self.members[n % len(self.members)],
            )
            SavedView.objects.create(
                workspace=self.owner.workspace,
                name=f"View {n}",
                query=Chosen(turn="all", language="fi").query().removeprefix("?"),
                position=n,
            )
            Fact.objects.create(workspace=self.owner.workspace, title=f"Fact {n}", text="From 6.")

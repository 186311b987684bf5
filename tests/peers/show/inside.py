"""Looks into the house on show, and brings about what no page can: a script in its environment.

`python inside.py facts` prints what the table of pages asks for, as JSON; `python inside.py
trouble` sends two answers that were kept, of which one is refused, and one unsure.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from resonanz.channels.jobs import READ  # noqa: E402
from resonanz.channels.models import Channel, Lane, ListImport  # noqa: E402
from resonanz.conversations.matters import open_matter  # noqa: E402
from resonanz.conversations.models import (  # noqa: E402
    Conversation,
    Joining,
    Note,
    Post,
    Promise,
    Rule,
)
from resonanz.letters.stopping import stop_token  # noqa: E402
from resonanz.mentions.models import ReceivedMention, SentMention  # noqa: E402
from resonanz.outbox.actions import approve_and_send  # noqa: E402
from resonanz.outbox.models import Delivery, Draft, OnItsWay  # noqa: E402
from resonanz.outbox.outcome import note_trouble_on_way  # noqa: E402
from resonanz.people.models import Person  # noqa: E402
from resonanz.switchboard.shapes import Standing  # noqa: E402
from resonanz.switchboard.trouble import Refused, Unsure  # noqa: E402
from resonanz.workspaces.membership import invite  # noqa: E402
from resonanz.workspaces.models import Fact, Member, Workspace  # noqa: E402

REASON = "Validation failed: Text contains a blocked word"


def progress() -> dict[str, Any]:
    """How far the worker has come."""
    lanes = Lane.objects.filter(kind__in=READ, channel__state=Channel.State.OK)
    return {
        "unread": lanes.filter(last_ok_at=None).count(),
        "on_their_way": Delivery.objects.to_do().count(),
        "posts": Post.objects.count(),
    }


def talks() -> dict[str, Any]:
    """The conversations that wait for us, the longest wait first, with room to be answered."""
    waiting = Conversation.objects.inbox().filter(turn=Conversation.Turn.OURS)
    return {"talks": list(waiting.order_by("waiting_since").values_list("pk", flat=True))}


@transaction.atomic
def trouble() -> dict[str, Any]:
    """Send the two answers that were kept last: one is refused, and of the other nobody knows.

    In one transaction, so that the worker does not see them while they still wait.
    """
    unsure, refused = (
        approve_and_send(draft=draft, member=draft.author).deliveries.get()
        for draft in Draft.objects.open().exclude(answering_uid="").order_by("-pk")[:2]
    )
    note_trouble_on_way(row=refused, trouble=Refused(REASON))
    note_trouble_on_way(row=unsure, trouble=Unsure("The line broke after the text was sent."))
    tomorrow = timezone.now() + timedelta(days=1)
    Delivery.objects.filter(pk=unsure.pk).update(due_at=tomorrow, nudged_at=tomorrow, attempts=1)
    return {}


def commented() -> dict[str, Any]:
    """The talk below our article, and how many comments in it wait for approval."""
    comment = Post.objects.filter(kind=Post.Kind.COMMENT, is_ours=False).earliest("pk")
    held = Post.objects.filter(standing=Standing.HELD)
    return {"talk": comment.conversation_id, "held": held.count()}


def channels() -> dict[str, Any]:
    """The channels of each network, in the order in which they were connected."""
    found: dict[str, list[int]] = {}
    for pk, network in Channel.objects.order_by("pk").values_list("pk", "network"):
        found.setdefault(network, []).append(pk)
    return found


def links() -> dict[str, Any]:
    """Links to our site and of ours, one of each kind that the pages show."""
    channel = Channel.objects.exclude(endpoint=None).get()
    states = ReceivedMention.State
    for number, (state, kind, name) in enumerate(
        [
            (states.KEPT, ReceivedMention.Kind.REPLY, "Marta Feld"),
            (states.WAITING, "", ""),
            (states.REFUSED, "", ""),
        ]
    ):
        ReceivedMention.objects.create(
            workspace=channel.workspace,
            channel=channel,
            way=ReceivedMention.Way.WEBMENTION,
            source=f"https://garten.example/notizen/{number}",
            source_host="garten.example",
            target=f"{channel.address}roggen",
            digest=str(number),
            state=state,
            kind=kind,
            by_name=name,
            reason="The page does not link to ours." if state == states.REFUSED else "",
            due_at=timezone.now() + timedelta(days=1),
        )
    for number, sent in enumerate(SentMention.State):
        SentMention.objects.create(
            workspace=channel.workspace,
            channel=channel,
            source=f"{channel.address}roggen",
            target=f"https://muehle.example/{number}",
            digest=str(number),
            state=sent,
            told_at=timezone.now() if sent == SentMention.State.TOLD else None,
            trouble_code="refused" if sent == SentMention.State.REFUSED else "",
            due_at=timezone.now() + timedelta(days=1),
        )
    return {}


def gone() -> dict[str, Any]:
    """The channels that are no longer there."""
    lost = Channel.objects.filter(state=Channel.State.GONE)
    return {"gone": list(lost.values_list("pk", flat=True))}


def facts() -> dict[str, Any]:
    """What stands in the curly brackets of the table of pages."""
    waiting = Conversation.objects.inbox().filter(turn=Conversation.Turn.OURS)
    talk = waiting.order_by("-post_count", "waiting_since").first()
    sent = Delivery.objects.filter(state=OnItsWay.State.SENT).exclude(publication__answering={})
    refused = Delivery.objects.filter(state=OnItsWay.State.REFUSED)
    drafts = Draft.objects.open()
    noted = Post.objects.filter(noted_by__isnull=False, is_ours=False).earliest("pk")
    assert talk is not None
    return {
        "talk": talk.pk,
        "person": first(Person.objects.exclude(note="")),
        "moved": first(Person.objects.filter(identities__moved_to_uid__gt="")),
        "asking": first(Person.objects.filter(identities__bio__contains="#nobot")),
        "answered": talk_of(sent.first()),
        "refused": talk_of(refused.first()),
        **more_than_words(),
        "note": first(Note.objects.all()),
        "noted": noted.pk,
        "noted_talk": noted.conversation_id,
        "joined": Joining.objects.open().values_list("conversation_id", flat=True).first(),
        "held": commented()["talk"],
        "rule": first(Rule.objects.all()),
        "matter": _matter(),
        "promised": Promise.objects.values_list("conversation_id", flat=True).first(),
        "article_draft": first(drafts.filter(is_article=True)),
        "draft": first(drafts.filter(answering_uid="")),
        "answer_draft": first(drafts.exclude(answering_uid="")),
        "standing": first(sent),
        "fact": _fact(),
        "member": first(Member.objects.all()),
        "invitation": _invitation(),
        "town": first(Channel.objects.filter(network="pretend")),
        "domain": first(Channel.objects.exclude(endpoint=None)),
        "paused": first(Channel.objects.filter(state=Channel.State.PAUSED)),
        "gone": first(Channel.objects.filter(state=Channel.State.GONE)),
        "list": first(ListImport.objects.all()),
        "stop": stop_token(Member.objects.earliest("pk"), "wants_digest"),
    }


def _matter() -> int:
    """A matter of the member's that a talk belongs to; open, so that it can be settled."""
    member, talk = Member.objects.earliest("pk"), Conversation.objects.inbox().earliest("pk")
    link = open_matter(conversation=talk, title="Rye", kind="product", colleague=member, by=member)
    return link.matter_id


def more_than_words() -> dict[str, Any]:
    """Talks with pictures, a poll, a quote, half of a talk; a post, and somebody's account."""
    theirs = Post.objects.filter(is_ours=False, gone_at=None)
    talks = theirs.order_by("pk").values_list("conversation_id", flat=True)
    spoken = theirs.filter(is_to_us=True).order_by("pk")
    return {
        "pictured": talks.exclude(pictures=[]).first(),
        "polled": talks.exclude(poll={}).first(),
        "quoting": talks.exclude(quotes=None).first(),
        "parted": first(Conversation.objects.filter(may_be_incomplete=True)),
        "post": first(theirs.exclude(edited_at=None)) or first(spoken),
        "account": spoken.values_list("identity_id", flat=True).first(),
    }


def _invitation() -> str:
    """The secret of an invitation that waits."""
    owner = Member.objects.earliest("pk")
    return invite(member=owner, role=Member.Role.COLLEAGUE, name="Bob", language=owner.language)[1]


def _fact() -> int:
    """A plain fact that stands beside the box."""
    found, _ = Fact.objects.get_or_create(
        workspace=Workspace.objects.earliest("pk"),
        title="Öffnungszeiten",
        defaults={"text": "Montag bis Samstag von 6 bis 18 Uhr."},
    )
    return found.pk


def first(rows: QuerySet[Any]) -> int | None:
    """The id of the first row, None where there is none."""
    return rows.order_by("pk").values_list("pk", flat=True).first()


def talk_of(delivery: Delivery | None) -> int | None:
    """The conversation to which a delivery belongs."""
    if delivery is None:
        return None
    answered = Post.objects.filter(uid=delivery.publication.answering_uid).first()
    return answered.conversation_id if answered else None


QUESTIONS: dict[str, Callable[[], dict[str, Any]]] = {
    question.__name__: question
    for question in (progress, talks, commented, trouble, channels, links, gone, facts)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(QUESTIONS[sys.argv[1]]()))

"""What mentions keep about a person: that her page linked to ours."""

from django.db.models import QuerySet

from resonanz.conversations.models import Post
from resonanz.mentions.models import ReceivedMention, SentMention
from resonanz.people.models import Person
from resonanz.people.privacy import KEPT_ABOUT, TO_ERASE, Keeping


def received_from(person: Person) -> "QuerySet[ReceivedMention]":
    """Links to us on pages that she wrote."""
    return ReceivedMention.objects.filter(
        workspace=person.workspace_id, by_uid__in=person.identities.values("uid")
    )


def sent_to(person: Person) -> "QuerySet[SentMention]":
    """Links of ours to pages that she wrote."""
    posts = Post.objects.filter(identity__person=person).exclude(url="")
    return SentMention.objects.filter(workspace=person.workspace_id, target__in=posts.values("url"))


def erase_mentions(person: Person) -> None:
    """Forget which of her pages linked to ours, and which of ours to hers."""
    sent_to(person).delete()
    received_from(person).delete()


SENT = ("source", "target", "state", "way", "told_at")
RECEIVED = ("source", "target", "state", "kind", "by_name", "title", "asked_at")


def register() -> None:
    """Tell of the tables of this room."""
    KEPT_ABOUT.add(30, Keeping(ReceivedMention, received_from, RECEIVED))
    KEPT_ABOUT.add(30, Keeping(SentMention, sent_to, SENT))
    TO_ERASE.add(15, erase_mentions)

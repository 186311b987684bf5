"""What our own texts keep about a person: whom they answer, and her name in them."""

import json

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from resonanz.outbox.models import Delivery, Draft, Gesture, OnItsWay, Publication
from resonanz.people.models import Person
from resonanz.people.privacy import KEPT_ABOUT, TO_ERASE, Keeping, without_handles


def _names(person: Person) -> Q:
    """Texts that answer somebody under one of her names, or that name her."""
    found = Q(pk__in=[])
    for uid, handle in person.identities.values_list("uid", "handle"):
        # SQLite keeps JSON with \\u escapes, PostgreSQL without.
        escaped = json.dumps(uid)[1:-1]
        found |= Q(told__contains=uid) | Q(told__contains=escaped) | Q(text__contains=handle)
    return found


def drafts_to(person: Person) -> "QuerySet[Draft]":
    """Drafts to a person."""
    told = Draft.objects.annotate(told=Cast("answering", CharField()))
    return told.filter(_names(person), workspace_id=person.workspace_id)


def publications_to(person: Person) -> "QuerySet[Publication]":
    """What we said to a person."""
    told = Publication.objects.annotate(told=Cast("answering", CharField()))
    return told.filter(_names(person), workspace_id=person.workspace_id)


def deliveries_to(person: Person) -> "QuerySet[Delivery]":
    """What we said to a person, on its way."""
    return Delivery.objects.filter(publication__in=publications_to(person).values("pk"))


def gestures_to(person: Person) -> "QuerySet[Gesture]":
    """Follows; likes and shares are found by the posts, in the room above."""
    uids = person.identities.values("uid")
    return Gesture.objects.filter(workspace_id=person.workspace_id, target_uid__in=uids)


def erase_words_to(person: Person) -> None:
    """Take a person's name out of our texts. What has not gone out to her goes nowhere.

    A text whose addressee is forgotten must not be sent: nobody would be left to whom it is
    narrowed.
    """
    publications = list(publications_to(person))
    Delivery.objects.filter(
        publication__in=publications, state__in=OnItsWay.State.still_to_do()
    ).update(state=OnItsWay.State.WITHDRAWN)
    drafts_to(person).filter(publication=None).delete()
    ours: list[Draft | Publication] = [*publications, *drafts_to(person)]
    for text in ours:
        text.text = without_handles(text.text, person)
        text.answering, text.answering_uid = {}, ""
        text.save(update_fields=["text", "answering", "answering_uid"])
    gestures_to(person).delete()


TEXT = ("text", "warning", "language", "audience", "answering")


def register() -> None:
    """Tell of the tables of this room."""
    KEPT_ABOUT.add(30, Keeping(Draft, drafts_to, (*TEXT, "created_at", "state")))
    KEPT_ABOUT.add(31, Keeping(Publication, publications_to, (*TEXT, "approved_at")))
    KEPT_ABOUT.add(32, Keeping(Delivery, deliveries_to, ("url", "state", "sent_at")))
    KEPT_ABOUT.add(33, Keeping(Gesture, gestures_to, ("kind", "target_uid", "sent_at")))
    TO_ERASE.add(30, erase_words_to)

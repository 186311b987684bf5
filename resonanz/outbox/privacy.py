"""What our own texts keep about a person: whom they answer, and her name in them."""

import json

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    OnItsWay,
    Publication,
    Shielding,
    Upload,
)
from resonanz.people.models import Person
from resonanz.people.privacy import (
    KEPT_ABOUT,
    TO_ERASE,
    Keeping,
    telling_names,
    without_handles,
)


def _names(person: Person) -> Q:
    """Texts that answer somebody under one of her names, or that name her."""
    found = Q(pk__in=[])
    for uid in person.identities.values_list("uid", flat=True):
        # SQLite keeps JSON with \\u escapes, PostgreSQL without.
        escaped = json.dumps(uid)[1:-1]
        found |= Q(told__contains=uid) | Q(told__contains=escaped)
    for name in telling_names(person):
        found |= Q(text__contains=name) | Q(title__contains=name)
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


def uploads_for(person: Person) -> "QuerySet[Upload]":
    """Pictures that we showed to a person, with our descriptions."""
    return Upload.objects.filter(draft__in=drafts_to(person).values("pk"))


def amendments_to(person: Person) -> "QuerySet[Amendment]":
    """Changes of what we said to a person."""
    return Amendment.objects.filter(delivery__in=deliveries_to(person).values("pk"))


def shieldings_from(person: Person) -> "QuerySet[Shielding]":
    """How we keep a person away from us at the networks."""
    return Shielding.objects.filter(identity__person=person)


def erase_words_to(person: Person) -> None:
    """Take a person's name out of our texts. What has not gone out to her goes nowhere.

    A text whose addressee is forgotten must not be sent: nobody would be left to whom it is
    narrowed. What was to be deleted at the network is still deleted there.
    """
    publications = list(publications_to(person))
    _take_out_of_changes(person)
    Delivery.objects.filter(
        publication__in=publications, state__in=OnItsWay.State.still_to_do()
    ).update(state=OnItsWay.State.WITHDRAWN)
    drafts_to(person).filter(publication=None).delete()
    ours: list[Draft | Publication] = [*publications, *drafts_to(person)]
    for text in ours:
        text.text = without_handles(text.text, person)
        if isinstance(text, Publication):
            text.parts = [without_handles(part, person) for part in text.parts]
        text.title = without_handles(text.title, person)
        text.answering, text.answering_uid = {}, ""
        text.save()
    gestures_to(person).delete()
    shieldings_from(person).delete()


def _take_out_of_changes(person: Person) -> None:
    changes = amendments_to(person)
    changes.filter(kind=Amendment.Kind.EDIT, state__in=OnItsWay.State.still_to_do()).update(
        state=OnItsWay.State.WITHDRAWN
    )
    for change in changes:
        change.text = without_handles(change.text, person)
        change.save(update_fields=["text"])
    for upload in uploads_for(person):
        upload.description = without_handles(upload.description, person)
        upload.save(update_fields=["description"])


TEXT = ("title", "text", "warning", "language", "audience", "answering")


def register() -> None:
    """Tell of the tables of this room."""
    KEPT_ABOUT.add(30, Keeping(Draft, drafts_to, (*TEXT, "created_at", "state")))
    KEPT_ABOUT.add(31, Keeping(Publication, publications_to, (*TEXT, "approved_at")))
    KEPT_ABOUT.add(32, Keeping(Delivery, deliveries_to, ("url", "state", "sent_at")))
    KEPT_ABOUT.add(33, Keeping(Gesture, gestures_to, ("kind", "target_uid", "sent_at")))
    KEPT_ABOUT.add(34, Keeping(Upload, uploads_for, ("file_name", "description", "created_at")))
    KEPT_ABOUT.add(
        35, Keeping(Amendment, amendments_to, ("kind", "text", "warning", "state", "sent_at"))
    )
    KEPT_ABOUT.add(36, Keeping(Shielding, shieldings_from, ("kind", "reason", "state", "sent_at")))
    TO_ERASE.add(30, erase_words_to)

"""What is kept about a person, and how it is erased: each room tells its part here.

KEPT_ABOUT.add(20, Keeping(Post, posts_by, ("text", "said_at")))
TO_ERASE.add(20, erase_posts)       # erase_posts(person: Person) -> None

A test walks every table of the house: each is told of here, or listed there with the reason
why it holds nothing about anybody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from resonanz.people.by_hand import is_by_hand
from resonanz.people.models import Honouring, Identity, Joining, KnownAs, NameWord, Person
from resonanz.pictures.actions import copies_of, erase_copies
from resonanz.pictures.models import PictureCopy
from resonanz.plumbing.panels import Place

ERASED_NAME = "@…"


@dataclass(frozen=True)
class Keeping:
    """What one table keeps about a person: which of its rows, and which of their columns.

    `rows` gives a queryset of `model`; columns may follow relations (`channel__handle`).
    """

    model: type[Model]
    rows: Callable[[Person], "QuerySet[Any]"]
    columns: tuple[str, ...]


KEPT_ABOUT: Place[Keeping] = Place("what is kept about a person")
# Rooms stand here top to bottom: what looks up to nobody goes last.
TO_ERASE: Place[Callable[[Person], None]] = Place("what to erase")


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept about a person: rows by table, as plain values.

    Tables without a row are left out; a table that is told of twice holds both.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for keeping in KEPT_ABOUT:
        rows = list(keeping.rows(person).order_by("pk").values(*keeping.columns))
        if rows:
            found.setdefault(keeping.model._meta.label_lower, []).extend(rows)
    return found


@transaction.atomic
def erase_person(person: Person) -> None:
    """Erase a person with everything that is kept about her, all or nothing.

    What we said ourselves stays, without her name. What others said about her stays theirs.
    """
    for erase in TO_ERASE:
        erase(person)


def telling_names(person: Person) -> list[str]:
    """The handles of a person, and names that nobody else is likely to mean.

    By these she is looked for in texts. What was noted by hand knows only a name: "Anna" would
    find every Anna, and Susanna too, so only names of several words are taken.
    """
    accounts = person.identities.values_list("network", "handle")
    return [
        handle
        for network, handle in accounts
        if handle.strip() and (not is_by_hand(network) or " " in handle.strip())
    ]


def without_handles(text: str, person: Person) -> str:
    """A text of ours with the handles of a person made unreadable."""
    for handle in telling_names(person):
        text = text.replace(handle, ERASED_NAME)
    return text


def copies_of_faces(person: Person) -> "QuerySet[PictureCopy]":
    """Our copies of her pictures of herself."""
    faces = person.identities.exclude(avatar_url="").values_list("avatar_url", flat=True)
    return copies_of(workspace=person.workspace, urls=faces)


def _erase_persons(person: Person) -> None:
    faces = list(person.identities.values_list("avatar_url", flat=True))
    erase_copies(workspace=person.workspace, urls=faces)
    person.delete()


KEPT_OF_AN_ACCOUNT = (
    "network",
    "uid",
    "handle",
    "name",
    "url",
    "bio",
    "is_bot",
    "is_indexable",
    "is_locked",
    "wishes",
    "moved_to",
    "blocks_us",
    "follows_us",
    "met_at",
    "met_how",
    "met_url",
    "seen_at",
    "avatar_url",
    "muted_at",
    "muted_by__name",
    "blocked_at",
    "blocked_by__name",
)


def register() -> None:
    """Tell of the tables of this room."""
    KEPT_ABOUT.add(
        90,
        Keeping(
            Person,
            # With those who were joined with her: what was noted about them is about her.
            lambda person: Person.objects.filter(Q(pk=person.pk) | Q(joined_into=person)),
            ("name", "note", "created_at", "last_contact_at"),
        ),
    )
    KEPT_ABOUT.add(
        91,
        Keeping(
            Identity,
            lambda person: Identity.objects.filter(person=person),
            KEPT_OF_AN_ACCOUNT,
        ),
    )
    KEPT_ABOUT.add(
        92,
        Keeping(
            KnownAs,
            lambda person: KnownAs.objects.filter(identity__person=person),
            ("channel__handle", "local_id", "follows_us_at", "followed_at"),
        ),
    )
    KEPT_ABOUT.add(94, Keeping(PictureCopy, copies_of_faces, ("url", "created_at")))
    KEPT_ABOUT.add(
        93, Keeping(NameWord, lambda person: NameWord.objects.filter(person=person), ("word",))
    )
    for order, keeping in enumerate(_of_wishes_and_joinings(), start=95):
        KEPT_ABOUT.add(order, keeping)
    TO_ERASE.add(90, _erase_persons)


def _of_wishes_and_joinings() -> Iterator[Keeping]:
    yield Keeping(
        Honouring,
        lambda person: Honouring.objects.filter(identity__person=person),
        ("due_at",),
    )
    yield Keeping(
        Joining,
        lambda person: Joining.objects.filter(Q(person=person) | Q(other=person)),
        ("other__name", "note_before", "at", "member__name", "parted_at"),
    )

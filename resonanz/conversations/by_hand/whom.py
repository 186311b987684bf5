"""Whom a note is about: people we know, found by the beginnings of their names, or somebody new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.shown import face_of
from resonanz.people.models import Person
from resonanz.people.named import people_named
from resonanz.people.names import words_of
from resonanz.plumbing.row_ids import row_id
from resonanz.workspaces.models import Workspace

PEOPLE_SHOWN = 5
POSTS_LOOKED_AT = 30
NEW = "new"


@dataclass(frozen=True)
class Somebody:
    """A person to choose, told apart from others of the same name by what stands beside it."""

    pk: int
    name: str
    seed: str
    face: str
    beside: str

    @property
    def value(self) -> str:
        """What the form sends for her."""
        return str(self.pk)


def somebody(person: Person) -> Somebody:
    """A person as she is offered. Her accounts have to be prefetched."""
    accounts = list(person.identities.all())
    shown = next((one for one in accounts if one.avatar_url), None)
    handles = [one.handle for one in accounts if one.handle != person.name]
    return Somebody(
        pk=person.pk,
        name=person.name,
        seed=accounts[0].uid if accounts else str(person.pk),
        face=face_of(shown) if shown else "",
        beside=", ".join(handles[:2]),
    )


def people_called(workspace: Workspace, name: str) -> list[Person]:
    """A few people whose names begin with what was typed."""
    words = words_of(name)
    return people_named(workspace, words, most=PEOPLE_SHOWN) if words else []


def person_told(workspace: Workspace, told: str) -> Person | None:
    """The person whom a form or an address names by her id; None where it names none of ours."""
    found = Person.objects.filter(workspace=workspace, pk=row_id(told))
    return found.prefetch_related("identities").first() if row_id(told) else None


def people_in(conversation: Conversation) -> list[Person]:
    """Who spoke in a conversation last, besides ourselves."""
    posts = conversation.posts.filter(is_ours=False, gone_at=None)
    latest = posts.order_by("-said_at", "-pk").values_list("identity__person", flat=True)
    ids = list(dict.fromkeys(latest[:POSTS_LOOKED_AT]))[:PEOPLE_SHOWN]
    return in_order(ids, Person.objects.filter(pk__in=ids).prefetch_related("identities"))


def in_order(ids: Sequence[int], people: Iterable[Person]) -> list[Person]:
    """The people in the order of these ids."""
    by_id = {one.pk: one for one in people}
    return [by_id[pk] for pk in ids if pk in by_id]


def last_place(workspace: Workspace, member_id: int) -> str:
    """Where this member noted something last, as a network; "" where she never did."""
    noted = Post.objects.filter(workspace=workspace, noted_by=member_id, is_ours=False)
    return noted.order_by("-pk").values_list("network", flat=True).first() or ""

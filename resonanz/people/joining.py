"""Two persons who are one: joined by a human with a reason, and parted again.

Nobody is joined automatically: joining wrongly is worse than not joining. An account that says
where it has moved is a reason to ask a human.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.people.actions import make_findable
from resonanz.people.models import Identity, Joining, Person
from resonanz.plumbing.panels import Place
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member

MOVES_SHOWN = 10

# Called in the transaction that joins or parts, for each person who has other accounts now.
ACCOUNTS_CHANGED: Place[Callable[[Person], None]] = Place("accounts of a person changed")


class CannotJoin(Exception):
    """The two are one already, or one of them is ourselves."""


@transaction.atomic
def join_persons(*, person: Person, other: Person, member: Member) -> Joining:
    """All accounts of `other` belong to `person` from now on. Doing it twice joins once.

    Raises `CannotJoin`.
    """
    ids = sorted({person.pk, other.pk})
    locked = Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    person, other = locked[person.pk], locked[other.pk]
    _check(person, other)
    moved = list(other.identities.order_by("pk").values_list("pk", flat=True))
    joining = Joining.objects.create(
        workspace_id=person.workspace_id,
        person=person,
        other=other,
        identities=moved,
        note_before=person.note,
        member=member,
    )
    Identity.objects.filter(pk__in=moved).update(person=person)
    other.joined_into = person
    other.save(update_fields=["joined_into"])
    person.note = _both_notes(person.note, other.note)
    person.last_contact_at = max(
        filter(None, (person.last_contact_at, other.last_contact_at)), default=None
    )
    person.save(update_fields=["note", "last_contact_at"])
    _note(joining, member, "persons joined")
    _bring_up((person, other))
    return joining


def _check(person: Person, other: Person) -> None:
    is_over = person.joined_into_id is not None or other.joined_into_id is not None
    are_ours = Identity.objects.filter(person__in=(person, other), is_ours=True).exists()
    if person.pk == other.pk or person.workspace_id != other.workspace_id or is_over or are_ours:
        raise CannotJoin


@transaction.atomic
def part_persons(*, joining: Joining, member: Member) -> Joining:
    """Take a joining back. Doing it twice changes nothing.

    A note that was changed since stays as it is. Where the two were joined with a third
    meanwhile, the accounts come back from there.
    """
    joining = (
        Joining.objects.select_for_update().select_related("person", "other").get(pk=joining.pk)
    )
    if joining.parted_at is not None:
        return joining
    person, other = joining.person, joining.other
    holder = _holder_of(other)
    Identity.objects.filter(pk__in=joining.identities, person=holder).update(person=other)
    other.joined_into = None
    other.save(update_fields=["joined_into"])
    if person.note == _both_notes(joining.note_before, other.note):
        person.note = joining.note_before
        person.save(update_fields=["note"])
    joining.parted_at = timezone.now()
    joining.save(update_fields=["parted_at"])
    _note(joining, member, "persons parted")
    _bring_up({one.pk: one for one in (person, holder, other)}.values())
    return joining


def _holder_of(person: Person) -> Person:
    """Who has the accounts of a person now: she herself, or with whom she was joined in the end."""
    while person.joined_into is not None:
        person = person.joined_into
    return person


def _both_notes(first: str, second: str) -> str:
    if not second or second in first:
        return first
    return f"{first}\n\n{second}" if first else second


def _note(joining: Joining, member: Member, verb: str) -> None:
    note_in_trail(
        workspace=joining.workspace,
        member=member,
        verb=verb,
        subject=f"{joining.other_id} → {joining.person_id}",
    )


def _bring_up(people: Iterable[Person]) -> None:
    for person in people:
        if person.identities.exists():
            make_findable(person)
        else:
            person.name_words.all().delete()
        for panel in ACCOUNTS_CHANGED:
            panel(person)


@dataclass(frozen=True)
class Moved:
    """An account that says where it has gone, beside the account there, where we know it.

    `is_from_here` says that the page is that of whoever moved away.
    """

    identity: Identity
    target: Identity | None
    is_from_here: bool

    @property
    def other(self) -> Person | None:
        """The person whom joining would concern besides the one whose page it is."""
        if self.is_from_here:
            return self.target.person if self.target else None
        return self.identity.person


def moves_of(person: Person, accounts: Collection[Identity]) -> list[Moved]:
    """Where accounts of a person have moved to, and which others say they have moved to her.

    Only the account that moved away can say so: its owner signed in there. Nobody can claim
    somebody else's account by it. One question.
    """
    here = {(one.network, one.uid): one for one in accounts}
    gone = [one for one in accounts if one.moved_to_uid]
    known = _concerned(person, accounts, gone)
    there = {(one.network, one.uid): one for one in known}
    came = [
        one
        for one in known
        if one.person_id != person.pk and (one.network, one.moved_to_uid) in here
    ]
    return [
        *(Moved(one, there.get((one.network, one.moved_to_uid)), True) for one in gone),
        *(
            Moved(one, here[one.network, one.moved_to_uid], False)
            for one in came
            if not one.is_ours
        ),
    ]


def _concerned(
    person: Person, accounts: Collection[Identity], gone: Collection[Identity]
) -> list[Identity]:
    """The accounts to which some of hers moved, and a few of those that moved to hers."""
    rows = Identity.objects.filter(workspace=person.workspace_id).select_related("person")
    # Said twice, because only then SQLite sees that the index of those who moved will do.
    found = rows.exclude(moved_to_uid="").filter(
        moved_to_uid__in=[one.uid for one in accounts if not one.is_ours]
    )
    if gone:
        networks, uids = {one.network for one in gone}, [one.moved_to_uid for one in gone]
        found = rows.filter(network__in=networks, uid__in=uids).union(found, all=True)
    # No order is asked for: SQLite would walk all accounts in that order instead.
    some = {one.pk: one for one in found[: MOVES_SHOWN + len(gone)]}
    return [some[pk] for pk in sorted(some)]


def joinings_of(person: Person) -> list[Joining]:
    """The joinings by which accounts came to this person, the latest first."""
    mine = Person.objects.filter(Q(pk=person.pk) | Q(joined_into=person))
    rows = Joining.objects.filter(person__in=mine.values("pk"), parted_at=None)
    return list(rows.select_related("other", "member").order_by("-pk"))

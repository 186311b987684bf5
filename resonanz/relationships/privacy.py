"""What the ledger keeps about a person."""

from django.db.models import QuerySet

from resonanz.people.models import Person
from resonanz.people.privacy import KEPT_ABOUT, TO_ERASE, Keeping
from resonanz.relationships.models import Act, Contact


def acts_of(person: Person) -> "QuerySet[Act]":
    """What passed between her and us."""
    return Act.objects.filter(identity__person=person)


def contacts_of(person: Person) -> "QuerySet[Contact]":
    """The same, summed up."""
    return Contact.objects.filter(identity__person=person)


def erase_ledger(person: Person) -> None:
    """Erase what passed between her and us."""
    contacts_of(person).delete()
    acts_of(person).delete()


def register() -> None:
    """Tell of the tables of this room."""
    KEPT_ABOUT.add(10, Keeping(Act, acts_of, ("kind", "direction", "at", "uid")))
    KEPT_ABOUT.add(
        11,
        Keeping(
            Contact,
            contacts_of,
            (
                "first_at",
                "last_received_at",
                "last_given_at",
                "received_count",
                "given_count",
                "owed_since",
                "settled_at",
            ),
        ),
    )
    TO_ERASE.add(10, erase_ledger)
